import * as vscode from 'vscode';
import type { CaptureTarget, Scope } from '../../app/appModel';
import type { Capture } from '../../app/captureModel';
import type { Disposable } from '../../base/disposable';
import type { CaptureStartOptions } from '../../core/captureOptions';
import type { OutputLog } from '../outputLog';
import { CapturePanel, type CapturePanelOptions } from './capturePanel';
import type { OfferRemedy } from './captureRemedy';

export interface CapturePanelsOptions {
  readonly extensionUri: vscode.Uri;
  readonly log: OutputLog;
  /** Proposes `startOptions`, or what the settings say. */
  makeCapture(target: CaptureTarget, startOptions?: CaptureStartOptions): Capture;
  /** Shows an endpoint in the sidebar. */
  revealEndpoint(scope: Scope, endpointId: string): Promise<void>;
  /** The button beside an error of a capture. */
  readonly offerRemedy: OfferRemedy;
  /** A panel of this scope has become the one that is worked in. */
  onFocus(scope: Scope): void;
}

/** One end of traffic that is captured at both: where, and what of it. */
export interface PairedCapture {
  readonly target: CaptureTarget;
  readonly filter: string;
}

/** What is known of a capture that ran before a reload. */
export interface RememberedRun {
  readonly startOptions: CaptureStartOptions | undefined;
  readonly hadPackets: boolean;
}

/** The capture panels of this window: one for each instance and endpoint. */
export class CapturePanels implements Disposable {
  readonly #panels = new Map<string, CapturePanel>();

  constructor(private readonly options: CapturePanelsOptions) {}

  /** Opens the panel, or brings the one that is open to the front. */
  open(target: CaptureTarget, column: vscode.ViewColumn = vscode.ViewColumn.Beside): CapturePanel {
    return this.#openTarget(target, column);
  }

  /** Takes over a panel that the editor has kept over a reload. */
  restore(target: CaptureTarget, panel: vscode.WebviewPanel, remembered: RememberedRun): CapturePanel {
    return this.#openTarget(target, panel, remembered);
  }

  #openTarget(target: CaptureTarget, at: CapturePanelOptions['at'], remembered?: RememberedRun): CapturePanel {
    const { scope, instanceId, instanceName, endpointId } = target;
    const key = [scope.id, instanceId, endpointId ?? ''].join('/');
    const { makeCapture, revealEndpoint, onFocus } = this.options;
    return this.#open(key, at, () => ({
      capture: makeCapture(target, remembered?.startOptions),
      origin: { kind: 'instance', scopeId: scope.id, scopeLabel: scope.label, instanceId, instanceName, endpointId },
      hadPackets: remembered?.hadPackets,
      revealEndpoint: endpointId => revealEndpoint(target.scope, endpointId),
      onFocus: () => onFocus(target.scope),
    }));
  }

  /** Opens a panel for each beside what is worked in, side by side, and starts both. */
  startPair(pair: readonly PairedCapture[]): void {
    const { viewColumn, tabs } = vscode.window.tabGroups.activeTabGroup;
    const first = tabs.length === 0 ? viewColumn : viewColumn + 1;
    pair.forEach(({ target, filter }, index) => {
      const { capture } = this.open(target, Math.min(first + index, vscode.ViewColumn.Nine));
      // What goes wrong is in its status, which the page shows.
      void capture.start({ ...capture.status.startOptions, filter });
    });
  }

  /** The panel that is open on an instance, of whatever endpoint; else a new one. */
  openOn(target: CaptureTarget): CapturePanel {
    const prefix = `${target.scope.id}/${target.instanceId}/`;
    const open = [...this.#panels].find(([key]) => key.startsWith(prefix))?.[1];
    open?.reveal();
    return open ?? this.open(target);
  }

  /** Shows a capture that was read from a file; one file has one panel. */
  openFile(
    uri: string,
    capture: Capture,
    at: vscode.ViewColumn | vscode.WebviewPanel = vscode.ViewColumn.Beside,
  ): CapturePanel {
    const nowhere = { revealEndpoint: () => Promise.resolve(), onFocus: () => undefined };
    return this.#open(uri, at, () => ({ capture, origin: { kind: 'file', uri }, ...nowhere }));
  }

  /** The capture in the panel that is worked in; the only one where there is but one. */
  get active(): Capture | undefined {
    const panels = [...this.#panels.values()];
    const panel = panels.find(({ isActive }) => isActive) ?? (panels.length === 1 ? panels[0] : undefined);
    return panel?.capture;
  }

  #open(
    key: string,
    at: CapturePanelOptions['at'],
    make: () => Omit<CapturePanelOptions, 'extensionUri' | 'log' | 'offerRemedy' | 'at'>,
  ): CapturePanel {
    const open = this.#panels.get(key);
    if (open) {
      open.reveal();
      if (typeof at !== 'number') at.dispose();
      return open;
    }
    const { extensionUri, log, offerRemedy } = this.options;
    const panel = new CapturePanel({ ...make(), at, extensionUri, log, offerRemedy });
    this.#panels.set(key, panel);
    panel.onDidDispose(() => this.#panels.delete(key));
    return panel;
  }

  dispose(): void {
    for (const panel of this.#panels.values()) panel.dispose();
  }
}
