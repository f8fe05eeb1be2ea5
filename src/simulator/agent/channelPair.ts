import { ChannelEnd } from '../../core/ports/channelEnd';
import type { ChannelMessage, ChannelTransport } from '../../core/ports/wire';

/** A link in memory. */
export interface ChannelPair {
  readonly client: ChannelTransport;
  readonly service: ChannelTransport;
  /** From now on nothing passes, pings included, and neither end is told. */
  stall(): void;
}

/** Two ends of one link in memory: what one sends the other hears, in order, in a later microtask. */
export function createChannelPair(): ChannelPair {
  const client = new PairedEnd();
  const service = new PairedEnd();
  client.other = service;
  service.other = client;
  return {
    client,
    service,
    stall() {
      client.isStalled = true;
      service.isStalled = true;
    },
  };
}

const NORMAL_CLOSURE = 1000;
/** For what comes thousands of times a second: Node makes more of each `queueMicrotask`, and keeps both in one order. */
const later = Promise.resolve();

class PairedEnd extends ChannelEnd implements ChannelTransport {
  other!: PairedEnd;
  isStalled = false;
  #isClosing = false;

  send(message: ChannelMessage): void {
    if (this.#isClosing || this.isClosed) return;
    const owned = typeof message === 'string' ? message : message.slice();
    void later.then(() => {
      if (!this.isStalled) this.other.deliver(owned);
    });
  }

  ping(): Promise<void> {
    if (this.isStalled) return new Promise(() => {});
    return this.isClosed || this.#isClosing ? Promise.reject(new Error('the channel is closed')) : Promise.resolve();
  }

  close(code = NORMAL_CLOSURE, reason = ''): void {
    if (this.#isClosing || this.isClosed) return;
    this.#isClosing = true;
    queueMicrotask(() => {
      if (!this.isStalled) this.other.deliverClose({ code, reason });
      this.deliverClose({ code, reason });
    });
  }
}
