import { ChannelEnd } from '../../src/core/ports/channelEnd';
import type { ChannelMessage, ChannelTransport } from '../../src/core/ports/wire';
import { MessageType, readFrame } from '../../src/ssm/frameCodec';

/** What becomes of one message: itself, several, none. `number` counts the messages of its direction from 0. */
export type Fault = (message: ChannelMessage, number: number) => readonly ChannelMessage[];

export const noFault: Fault = message => [message];

/** A channel with switchable faults between a client and the service. */
export class FaultyChannel extends ChannelEnd implements ChannelTransport {
  incoming: Fault;
  outgoing: Fault;
  #received = 0;
  #sent = 0;
  #isStalled = false;

  constructor(
    readonly inner: ChannelTransport,
    faults: { readonly incoming?: Fault; readonly outgoing?: Fault } = {},
  ) {
    super();
    this.incoming = faults.incoming ?? noFault;
    this.outgoing = faults.outgoing ?? noFault;
    inner.onMessage = message => {
      if (this.#isStalled) return;
      for (const result of this.incoming(message, this.#received++)) this.deliver(result);
    };
    inner.onClose = close => {
      if (!this.#isStalled) this.deliverClose(close);
    };
  }

  send(message: ChannelMessage): void {
    if (this.#isStalled || this.isClosed) return;
    for (const result of this.outgoing(message, this.#sent++)) this.inner.send(result);
  }

  ping(): Promise<void> {
    return this.#isStalled ? new Promise(() => {}) : this.inner.ping();
  }

  close(code?: number, reason?: string): void {
    this.inner.close(code, reason);
  }

  /** Puts a message of the test's making in front of the client. */
  inject(message: ChannelMessage): void {
    this.deliver(message);
  }

  /** Nothing passes any more, and nobody is told. */
  stall(): void {
    this.#isStalled = true;
  }

  /** Both ends lose the link. */
  cut(code = 1006, reason = ''): void {
    this.inner.close(code, reason);
  }
}

/** Whether a message is a stream frame of the agent. */
export function isOutput(message: ChannelMessage): message is Uint8Array {
  return messageTypeOf(message) === MessageType.output;
}

export function messageTypeOf(message: ChannelMessage): string | undefined {
  const reading = typeof message === 'string' ? undefined : readFrame(message);
  return reading?.ok ? reading.frame.messageType : undefined;
}
