import type { CallName, CaptureCalls, CaptureMessage, CapturePush, CaptureRequest } from '../../src/protocol/capture';
import type { StateApi } from './pageMemory';

interface VsCodeApi extends StateApi {
  postMessage(message: CaptureRequest): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

interface PendingCall {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The page's end of the conversation: calls that end in a value or an error, pushes handed to one listener. */
export class HostLink {
  readonly #api = acquireVsCodeApi();
  readonly #pending = new Map<number, PendingCall>();
  #lastId = 0;

  constructor(onPush: (push: CapturePush) => void) {
    window.addEventListener('message', event => {
      const message = event.data as CaptureMessage;
      if (message.kind === 'done') this.#settle(message.id, call => call.resolve(message.value));
      else if (message.kind === 'refused') this.#settle(message.id, call => call.reject(new Error(message.message)));
      else onPush(message);
    });
  }

  getState(): unknown {
    return this.#api.getState();
  }

  setState(state: unknown): void {
    this.#api.setState(state);
  }

  call<Name extends CallName>(
    call: Name,
    ...argument: Parameters<CaptureCalls[Name]>
  ): Promise<Awaited<ReturnType<CaptureCalls[Name]>>> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      // The host answers each call with what `CaptureCalls` says.
      this.#pending.set(id, { resolve: resolve as PendingCall['resolve'], reject });
      this.#api.postMessage({ kind: 'call', id, call, argument: argument[0] } as CaptureRequest);
    });
  }

  #settle(id: number, how: (call: PendingCall) => void): void {
    const call = this.#pending.get(id);
    this.#pending.delete(id);
    if (call) how(call);
  }
}
