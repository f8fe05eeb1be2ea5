import * as vscode from 'vscode';
import type { Capture } from '../../app/captureModel';
import { DisposableStore } from '../../base/disposable';
import type { CaptureMessage, CaptureRequest, CaptureState } from '../../protocol/capture';
import { describeError } from '../../words/errors';
import { t } from '../../words/translation';
import type { OutputLog } from '../outputLog';
import { captureHtml, captureResources } from './captureHtml';
import type { CaptureOrigin } from './captureOrigin';
import { CaptureRemedy, type OfferRemedy } from './captureRemedy';
import { parseCaptureRequest } from './captureRequests';
import { captureLabels, captureName, captureState } from './captureState';
import { saveCapture } from './saveCapture';

export interface CapturePanelOptions {
  readonly capture: Capture;
  readonly origin: CaptureOrigin;
  /** The column where it opens, once open it stays where it was moved to; or the panel that the editor has kept over a reload. */
  readonly at: vscode.ViewColumn | vscode.WebviewPanel;
  /** There were packets before the reload. */
  readonly hadPackets?: boolean | undefined;
  readonly extensionUri: vscode.Uri;
  readonly log: OutputLog;
  /** Shows an endpoint of the capture's scope in the sidebar. */
  revealEndpoint(endpointId: string): Promise<void>;
  /** The button beside an error of the capture. */
  offerRemedy: OfferRemedy;
  /** The panel has become the one that is worked in. */
  onFocus(): void;
}

/** One capture and its page. Nothing is sent while the page is hidden; shown again, it gets one snapshot. Closing it ends the session. */
export class CapturePanel {
  readonly #owned = new DisposableStore();
  readonly #panel: vscode.WebviewPanel;
  readonly #remedy: CaptureRemedy;
  #isListening = false;

  constructor(private readonly options: CapturePanelOptions) {
    const { capture, extensionUri } = options;
    const title = t('Capture: {0}', captureName(capture.status));
    const webviewOptions = { enableScripts: true, localResourceRoots: [captureResources(extensionUri)] };
    this.#panel = typeof options.at === 'number' ? newPanel(title, options.at, webviewOptions) : options.at;
    this.#panel.webview.options = webviewOptions;
    const icon = (theme: string) => vscode.Uri.joinPath(extensionUri, 'media', 'icons', `capture-${theme}.svg`);
    this.#panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.#owned.add(capture);
    this.#owned.add(this.#panel.onDidDispose(() => this.#owned.dispose()));
    this.#owned.add(this.#panel.onDidChangeViewState(() => this.#onViewState()));
    this.#owned.add(this.#panel.webview.onDidReceiveMessage(message => this.#onMessage(message)));
    this.#remedy = new CaptureRemedy(capture, options.offerRemedy, () => this.#sendState());
    this.#owned.add(capture.onDidChange(() => this.#onChange()));
    this.#owned.add(capture.onRows(rows => this.#send({ kind: 'rows', ...rows })));
    this.#owned.add(capture.onRaw(text => this.#send({ kind: 'raw', text, missingBytes: 0, reset: false })));
    this.#owned.add(capture.onReset(() => this.#sendAll()));
    this.#panel.webview.html = captureHtml(this.#panel.webview, extensionUri, captureLabels(), title, options.origin);
  }

  readonly onDidDispose: vscode.Event<void> = (listener, thisArgs, disposables) =>
    this.#panel.onDidDispose(listener, thisArgs, disposables);

  /** It is the panel that is worked in. */
  get isActive(): boolean {
    return this.#panel.active;
  }

  get capture(): Capture {
    return this.options.capture;
  }

  reveal(): void {
    this.#panel.reveal(undefined, true);
  }

  dispose(): void {
    this.#panel.dispose();
  }

  /** A hidden page is thrown away by the editor; the next one announces itself. */
  #onViewState(): void {
    if (!this.#panel.visible) this.#isListening = false;
    if (this.#panel.active) this.options.onFocus();
  }

  #onMessage(message: unknown): void {
    const request = parseCaptureRequest(message);
    if (!request) {
      this.options.log.warn('The capture page sent something that is no request.');
      return;
    }
    this.#answer(request).then(
      value => this.#post({ kind: 'done', id: request.id, value: value instanceof ArrayBuffer ? value : undefined }),
      error => this.#post({ kind: 'refused', id: request.id, message: describeError(error).sentence }),
    );
  }

  async #answer({ call, argument }: CaptureRequest): Promise<unknown> {
    const { capture } = this.options;
    switch (call) {
      case 'ready':
        return this.#begin();
      case 'start':
        return capture.start(argument);
      case 'stop':
        return capture.stop();
      case 'clear':
        return capture.clear();
      case 'save':
        await saveCapture(capture);
        return;
      case 'refreshNetwork':
        return capture.refreshNetwork();
      case 'remedy':
        return this.#remedy.apply();
      case 'flows':
        return this.#sendFlows(argument === 'all');
      case 'openEndpoint':
        return this.options.revealEndpoint(argument);
      case 'copy':
        return vscode.env.clipboard.writeText(argument);
      case 'packetBytes':
        return capture.packetBytes(argument);
    }
  }

  #begin(): void {
    this.#isListening = true;
    this.#sendAll();
  }

  #sendAll(): void {
    const { capture } = this.options;
    this.#sendState();
    this.#send({ kind: 'snapshot', ...capture.snapshot() });
    this.#send({ kind: 'raw', ...capture.rawText(), reset: true });
  }

  #onChange(): void {
    this.#remedy.follow();
    this.#sendState();
  }

  #sendFlows(isAnew: boolean): void {
    const news = this.options.capture.takeFlows(isAnew);
    if (news.changed.length > 0) this.#send({ kind: 'flows', ...news });
  }

  #sendState(): void {
    this.#send({ kind: 'state', state: this.#state() });
  }

  #state(): CaptureState {
    const state = captureState(this.options.capture.status, this.#remedy.words);
    const isEmptied = this.options.hadPackets && state.phase === 'idle';
    return isEmptied
      ? { ...state, message: t('The window was loaded anew, and the capture ended with it. Start it again.') }
      : state;
  }

  #send(message: CaptureMessage): void {
    if (this.#isListening) this.#post(message);
  }

  /** A call may outlive its panel: there is then nobody to answer. */
  #post(message: CaptureMessage): void {
    if (!this.#owned.isDisposed) void this.#panel.webview.postMessage(message);
  }
}

function newPanel(title: string, viewColumn: vscode.ViewColumn, options: vscode.WebviewOptions): vscode.WebviewPanel {
  return vscode.window.createWebviewPanel('vpcLabs.capture', title, { viewColumn, preserveFocus: true }, options);
}
