import { ChannelEnd } from '../../core/ports/channelEnd';
import type { ChannelMessage, ChannelTransport } from '../../core/ports/wire';

/** Two ends of one link in memory: what one sends the other hears, in order, in a later microtask. */
export function createChannelPair(): { readonly client: ChannelTransport; readonly service: ChannelTransport } {
  const client = new PairedEnd();
  const service = new PairedEnd();
  client.other = service;
  service.other = client;
  return { client, service };
}

const NORMAL_CLOSURE = 1000;

class PairedEnd extends ChannelEnd implements ChannelTransport {
  other!: PairedEnd;
  #isClosing = false;

  send(message: ChannelMessage): void {
    if (this.#isClosing || this.isClosed) return;
    const owned = typeof message === 'string' ? message : message.slice();
    queueMicrotask(() => this.other.deliver(owned));
  }

  ping(): Promise<void> {
    return this.isClosed || this.#isClosing ? Promise.reject(new Error('the channel is closed')) : Promise.resolve();
  }

  close(code = NORMAL_CLOSURE, reason = ''): void {
    if (this.#isClosing || this.isClosed) return;
    this.#isClosing = true;
    queueMicrotask(() => {
      this.other.deliverClose({ code, reason });
      this.deliverClose({ code, reason });
    });
  }
}
