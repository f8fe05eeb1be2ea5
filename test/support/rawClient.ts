import type { ChannelClose, ChannelTransport } from '../../src/core/ports/wire';
import { encodeFrame, type Frame, MessageType, PayloadType, readFrame } from '../../src/ssm/frameCodec';
import { encodeAcknowledgement } from '../../src/ssm/payloads/acknowledge';
import { sha256 } from './ssmVectors';

const ID = '01234567-89ab-4def-9edc-ba9876543210';

/** A client played by hand: it does only what the test tells it to. */
export class RawClient {
  readonly frames: Frame[] = [];
  close: ChannelClose | undefined;
  /** Whether output is acknowledged as it comes. */
  isAcknowledging = true;
  #number = 0;

  constructor(readonly transport: ChannelTransport) {
    transport.onMessage = message => {
      if (typeof message === 'string') throw new Error('the service sends no text');
      const reading = readFrame(message);
      if (!reading.ok) throw new Error(reading.fault);
      this.frames.push(reading.frame);
      if (this.isAcknowledging && reading.frame.messageType === MessageType.output) this.acknowledge(reading.frame);
    };
    transport.onClose = close => {
      this.close = close;
    };
  }

  /** The small JavaScript clients send only these three; the official one also its id and version. */
  open(token: string, more: Readonly<Record<string, string>> = {}): void {
    this.transport.send(JSON.stringify({ MessageSchemaVersion: '1.0', RequestId: ID, TokenValue: token, ...more }));
  }

  type(text: string, number = this.#number++): void {
    this.send(MessageType.input, PayloadType.output, new TextEncoder().encode(text), number);
  }

  resize(columns: number, rows: number): void {
    const payload = new TextEncoder().encode(JSON.stringify({ cols: columns, rows }));
    this.send(MessageType.input, PayloadType.size, payload, this.#number++);
  }

  acknowledge(frame: Frame): void {
    this.send(MessageType.acknowledge, PayloadType.none, encodeAcknowledgement(frame), 0);
  }

  send(messageType: string, payloadType: number, payload: Uint8Array, number: number): void {
    const sequenceNumber = BigInt(number);
    const rest = { schemaVersion: 1, createdMs: 1n, flags: 0n, messageId: ID };
    this.transport.send(encodeFrame({ messageType, payloadType, payload, sequenceNumber, ...rest }, sha256));
  }

  ofType(messageType: string): readonly Frame[] {
    return this.frames.filter(frame => frame.messageType === messageType);
  }

  get output(): readonly Frame[] {
    return this.ofType(MessageType.output);
  }

  get text(): string {
    const decoder = new TextDecoder();
    return this.output.map(frame => decoder.decode(frame.payload, { stream: true })).join('');
  }
}
