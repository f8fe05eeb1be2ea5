/** SSH's connection protocol (RFC 4254), both ends: channels over one transport, each with its windows. */
import { AsyncQueue, type Deferred, deferred } from '../../../base/async';
import type { ByteStream } from '../../network/stream/byteStream';
import { nextWake, WaitQueue } from '../kernel/waitQueue';
import type { SshTransport } from './sshTransport';
import { flag, Message, message, SshReader, text, uint32 } from './sshWire';

const windowBytes = 2 * 1024 * 1024;
const packetBytes = 32_768;
const channelLimit = 64;
/** A program that writes faster than the other end reads is held up beyond this. */
const waitingLimitBytes = 256 * 1024;

/** Decides about a channel that the other end wants; undefined refuses it. */
export type OnChannelOpen = (kind: string, details: SshReader) => Promise<((channel: SshChannel) => void) | undefined>;
/** Whether a request on a channel is granted. */
export type OnRequest = (kind: string, details: SshReader) => Promise<boolean> | boolean;

export class SshConnection {
  readonly #transport: SshTransport;
  readonly #onOpen: OnChannelOpen;
  readonly #channels = new Map<number, SshChannel>();
  readonly #opening = new Map<number, Deferred<SshChannel | undefined>>();
  #nextNumber = 0;
  #isOver = false;

  constructor(transport: SshTransport, onOpen: OnChannelOpen) {
    this.#transport = transport;
    this.#onOpen = onOpen;
  }

  /** Undefined when the other end refuses. */
  openChannel(kind: string, ...details: readonly Uint8Array[]): Promise<SshChannel | undefined> {
    if (this.#isOver) return Promise.resolve(undefined);
    const number = this.#nextNumber++;
    const opening = deferred<SshChannel | undefined>();
    this.#opening.set(number, opening);
    this.#transport.send(
      message(Message.channelOpen, text(kind), uint32(number), uint32(windowBytes), uint32(packetBytes), ...details),
    );
    return opening.promise;
  }

  /** Serves the connection until it ends; rejects with the transport's errors. */
  async serve(): Promise<void> {
    try {
      for (let payload = await this.#transport.receive(); payload; payload = await this.#transport.receive())
        await this.#dispatch(payload);
    } finally {
      this.#isOver = true;
      for (const channel of this.#channels.values()) channel.lose();
      for (const opening of this.#opening.values()) opening.resolve(undefined);
    }
  }

  async #dispatch(payload: Uint8Array): Promise<void> {
    const reader = new SshReader(payload.subarray(1));
    switch (payload[0]) {
      case Message.globalRequest:
        reader.text();
        if (reader.flag()) this.#transport.send(message(Message.requestFailure));
        return;
      case Message.channelOpen:
        return this.#opened(reader);
      case Message.channelOpenConfirmation:
        return this.#confirmed(reader);
      case Message.channelOpenFailure: {
        const number = reader.uint32();
        this.#opening.get(number)?.resolve(undefined);
        this.#opening.delete(number);
        return;
      }
      default:
        if ((payload[0] as number) >= Message.channelWindowAdjust && (payload[0] as number) <= Message.channelFailure)
          this.#channels.get(reader.uint32())?.receive(payload[0] as number, reader);
        else this.#transport.send(message(Message.unimplemented, uint32(0)));
    }
  }

  async #opened(reader: SshReader): Promise<void> {
    const kind = reader.text();
    const peerNumber = reader.uint32();
    const peerWindow = reader.uint32();
    const peerPacket = reader.uint32();
    const begin = this.#channels.size < channelLimit ? await this.#onOpen(kind, reader) : undefined;
    if (!begin) {
      this.#transport.send(
        message(Message.channelOpenFailure, uint32(peerNumber), uint32(1), text('open failed'), text('')),
      );
      return;
    }
    const channel = this.#add(this.#nextNumber++, peerNumber, peerWindow, peerPacket);
    this.#transport.send(
      message(
        Message.channelOpenConfirmation,
        uint32(peerNumber),
        uint32(channel.number),
        uint32(windowBytes),
        uint32(packetBytes),
      ),
    );
    begin(channel);
  }

  #confirmed(reader: SshReader): void {
    const number = reader.uint32();
    const channel = this.#add(number, reader.uint32(), reader.uint32(), reader.uint32());
    this.#opening.get(number)?.resolve(channel);
    this.#opening.delete(number);
  }

  #add(number: number, peerNumber: number, peerWindow: number, peerPacket: number): SshChannel {
    const channel = new SshChannel(number, peerNumber, peerWindow, peerPacket, this.#transport, () =>
      this.#channels.delete(number),
    );
    this.#channels.set(number, channel);
    return channel;
  }
}

export class SshChannel implements ByteStream {
  onRequest: OnRequest = () => false;
  readonly errors = new AsyncQueue<Uint8Array>();
  readonly closed: Promise<void>;
  readonly #closing = deferred<void>();
  readonly #data = new AsyncQueue<Uint8Array>();
  readonly #replies: Deferred<boolean>[] = [];
  readonly #waiting: Uint8Array[] = [];
  readonly #flushed = new WaitQueue();
  #consumed = 0;
  #hasSentClose = false;
  #wantsEof = false;
  #isLost = false;

  constructor(
    readonly number: number,
    private readonly peerNumber: number,
    private peerWindow: number,
    private readonly peerPacket: number,
    private readonly transport: SshTransport,
    private readonly forget: () => void,
  ) {
    this.closed = this.#closing.promise;
  }

  /** Next bytes; undefined when the other end has no more. */
  async read(): Promise<Uint8Array | undefined> {
    const next = await this.#data.next();
    if (next.done) return undefined;
    this.#consume(next.value.length);
    return next.value;
  }

  write(bytes: Uint8Array): void {
    if (this.#hasSentClose || this.#isLost || bytes.length === 0) return;
    this.#waiting.push(bytes);
    this.#flush();
  }

  /** Writes, and waits while too much of what was written has found no room at the other end. */
  async writePatiently(bytes: Uint8Array): Promise<void> {
    this.write(bytes);
    while (!this.#isLost && this.#waiting.reduce((sum, part) => sum + part.length, 0) > waitingLimitBytes)
      await nextWake(this.#flushed);
  }

  writeError(bytes: Uint8Array): void {
    if (!this.#hasSentClose && !this.#isLost)
      this.transport.send(message(Message.channelExtendedData, uint32(this.peerNumber), uint32(1), text(bytes)));
  }

  /** No more data from this end. */
  finish(): void {
    this.#wantsEof = true;
    this.#flush();
  }

  request(kind: string, ...details: readonly Uint8Array[]): Promise<boolean> {
    if (this.#isLost) return Promise.resolve(false);
    const reply = deferred<boolean>();
    this.#replies.push(reply);
    this.transport.send(message(Message.channelRequest, uint32(this.peerNumber), text(kind), flag(true), ...details));
    return reply.promise;
  }

  /** A request that wants no answer. */
  notify(kind: string, ...details: readonly Uint8Array[]): void {
    if (!this.#isLost)
      this.transport.send(
        message(Message.channelRequest, uint32(this.peerNumber), text(kind), flag(false), ...details),
      );
  }

  close(): void {
    if (this.#hasSentClose || this.#isLost) return;
    this.#hasSentClose = true;
    this.transport.send(message(Message.channelClose, uint32(this.peerNumber)));
  }

  /** The connection is gone. */
  lose(): void {
    this.#isLost = true;
    this.#flushed.wake();
    this.#data.end();
    this.errors.end();
    for (const reply of this.#replies.splice(0)) reply.resolve(false);
    this.#closing.resolve();
  }

  receive(type: number, reader: SshReader): void {
    switch (type) {
      case Message.channelWindowAdjust:
        this.peerWindow += reader.uint32();
        this.#flush();
        return;
      case Message.channelData:
        this.#data.push(reader.bytesField().slice());
        return;
      case Message.channelExtendedData: {
        reader.uint32();
        const bytes = reader.bytesField().slice();
        this.#consume(bytes.length);
        this.errors.push(bytes);
        return;
      }
      case Message.channelEof:
        this.#data.end();
        return;
      case Message.channelClose:
        this.close();
        this.lose();
        this.forget();
        return;
      case Message.channelRequest:
        void this.#answer(reader);
        return;
      default:
        this.#replies.shift()?.resolve(type === Message.channelSuccess);
    }
  }

  async #answer(reader: SshReader): Promise<void> {
    const kind = reader.text();
    const wantsReply = reader.flag();
    const isGranted = await this.onRequest(kind, reader);
    if (wantsReply && !this.#isLost)
      this.transport.send(
        message(isGranted ? Message.channelSuccess : Message.channelFailure, uint32(this.peerNumber)),
      );
  }

  #consume(lengthBytes: number): void {
    this.#consumed += lengthBytes;
    if (this.#consumed < windowBytes / 2 || this.#isLost) return;
    this.transport.send(message(Message.channelWindowAdjust, uint32(this.peerNumber), uint32(this.#consumed)));
    this.#consumed = 0;
  }

  #flush(): void {
    while (this.#waiting.length > 0 && this.peerWindow > 0) {
      const first = this.#waiting.shift() as Uint8Array;
      const part = first.subarray(0, Math.min(this.peerWindow, this.peerPacket));
      if (part.length < first.length) this.#waiting.unshift(first.subarray(part.length));
      this.peerWindow -= part.length;
      this.transport.send(message(Message.channelData, uint32(this.peerNumber), text(part)));
    }
    this.#flushed.wake();
    if (this.#wantsEof && this.#waiting.length === 0) {
      this.#wantsEof = false;
      this.transport.send(message(Message.channelEof, uint32(this.peerNumber)));
    }
  }
}
