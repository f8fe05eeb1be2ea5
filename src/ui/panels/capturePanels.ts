import type * as vscode from 'vscode';
import type { CaptureTarget, Scope } from '../../app/appModel';
import type { Capture } from '../../app/captureModel';
import type { Disposable } from '../../base/disposable';
import type { OutputLog } from '../outputLog';
import { CapturePanel } from './capturePanel';

export interface CapturePanelsOptions {
  readonly extensionUri: vscode.Uri;
  readonly log: OutputLog;
  makeCapture(target: CaptureTarget): Capture;
  /** Shows an endpoint in the sidebar. */
  revealEndpoint(scope: Scope, endpointId: string): Promise<void>;
  /** A panel of this scope has become the one that is worked in. */
  onFocus(scope: Scope): void;
}

/** The capture panels of this window: one for each instance and endpoint. */
export class CapturePanels implements Disposable {
  readonly #panels = new Map<string, CapturePanel>();

  constructor(private readonly options: CapturePanelsOptions) {}

  /** Opens the panel, or brings the one that is open to the front. */
  open(target: CaptureTarget): CapturePanel {
    const key = [target.scope.id, target.instanceId, target.endpointId ?? ''].join('/');
    const open = this.#panels.get(key);
    if (open) {
      open.reveal();
      return open;
    }
    const { extensionUri, log, makeCapture, revealEndpoint, onFocus } = this.options;
    const panel = new CapturePanel({
      capture: makeCapture(target),
      extensionUri,
      log,
      revealEndpoint: endpointId => revealEndpoint(target.scope, endpointId),
      onFocus: () => onFocus(target.scope),
    });
    this.#panels.set(key, panel);
    panel.onDidDispose(() => this.#panels.delete(key));
    return panel;
  }

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
  }
}
