import type { ChannelClose, ChannelMessage } from './wire';

/**
 * The hearing half of a `ChannelTransport`: keeps what arrives before somebody listens, delivers in order, closes once and is
 * silent afterwards. A transport extends it and calls `deliver` and `deliverClose`.
 */
export class ChannelEnd {
  #listener: ((message: ChannelMessage) => void) | undefined;
  #closeListener: ((close: ChannelClose) => void) | undefined;
  #early: ChannelMessage[] = [];
  #close: ChannelClose | undefined;

  get onMessage(): ((message: ChannelMessage) => void) | undefined {
    return this.#listener;
  }

  set onMessage(listener: ((message: ChannelMessage) => void) | undefined) {
    this.#listener = listener;
    if (!listener) return;
    const early = this.#early;
    this.#early = [];
    for (const message of early) listener(message);
  }

  get onClose(): ((close: ChannelClose) => void) | undefined {
    return this.#closeListener;
  }

  set onClose(listener: ((close: ChannelClose) => void) | undefined) {
    this.#closeListener = listener;
    if (listener && this.#close) listener(this.#close);
  }

  get isClosed(): boolean {
    return this.#close !== undefined;
  }

  protected deliver(message: ChannelMessage): void {
    if (this.#close) return;
    if (this.#listener) this.#listener(message);
    else this.#early.push(message);
  }

  protected deliverClose(close: ChannelClose): void {
    if (this.#close) return;
    this.#close = close;
    this.#closeListener?.(close);
  }
}
