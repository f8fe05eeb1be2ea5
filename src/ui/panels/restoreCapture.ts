import type * as vscode from 'vscode';
import type { Scope, ScopeStore } from '../../app/appModel';
import { asLabError } from '../../app/asLabError';
import { errorLine } from '../../words/errors';
import { t } from '../../words/translation';
import { captureMessageHtml } from './captureHtml';
import { type CaptureOrigin, rememberedCapture } from './captureOrigin';
import type { CapturePanels } from './capturePanels';

export interface RestoringOptions {
  readonly scopes: ScopeStore;
  readonly panels: CapturePanels;
  /** Reads a capture file anew and shows it in the panel. */
  readFile(uri: string, panel: vscode.WebviewPanel): Promise<void>;
}

/** The practice cloud takes a few seconds to start. */
const SCOPE_WAIT_MS = 60_000;

/**
 * Fills a panel that the editor has kept over a reload of its window. A file is read anew. What ran on an instance has ended with the window:
 * the panel stands ready to start it again. Where that cannot be, the panel says why.
 */
export async function restoreCapture(
  panel: vscode.WebviewPanel,
  pageState: unknown,
  options: RestoringOptions,
): Promise<void> {
  try {
    await restore(panel, pageState, options);
  } catch (caught) {
    say(panel, errorLine(asLabError(caught)));
  }
}

async function restore(
  panel: vscode.WebviewPanel,
  pageState: unknown,
  { scopes, panels, readFile }: RestoringOptions,
): Promise<void> {
  const remembered = rememberedCapture(pageState);
  if (!remembered) {
    say(panel, t('Nothing is known any more of what this panel has shown.'));
    return;
  }
  const { origin, startOptions, firstTimeMicros } = remembered;
  if (origin.kind === 'file') return readFile(origin.uri, panel);
  const scope = await scopeOf(origin, scopes);
  if (!scope) {
    say(panel, t('The scope {0}, which this capture belongs to, is no longer there.', origin.scopeLabel));
    return;
  }
  const { instanceId, instanceName, endpointId } = origin;
  const target = { scope, instanceId, ...(instanceName && { instanceName }), ...(endpointId && { endpointId }) };
  panels.restore(target, panel, {
    startOptions: startOptions && { interfaceName: undefined, ...startOptions },
    hadPackets: firstTimeMicros !== undefined,
  });
}

/** A scope of the practice cloud comes back a while after the window. */
function scopeOf(
  { scopeId }: Extract<CaptureOrigin, { kind: 'instance' }>,
  scopes: ScopeStore,
): Promise<Scope | undefined> {
  return new Promise(resolve => {
    const settle = (scope: Scope | undefined) => {
      listening.dispose();
      clearTimeout(alarm);
      resolve(scope);
    };
    const alarm = setTimeout(() => settle(undefined), SCOPE_WAIT_MS);
    const look = () => {
      const scope = scopes.find(scopeId);
      if (scope) settle(scope);
    };
    const listening = scopes.onDidChange(look);
    look();
  });
}

function say(panel: vscode.WebviewPanel, sentence: string): void {
  panel.webview.html = captureMessageHtml(sentence);
}
