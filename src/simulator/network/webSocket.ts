/** WebSocket (RFC 6455) over a byte stream, both ends: frames are whole messages, nothing is compressed. */
import type { ChannelClose, ChannelMessage, ChannelTransport } from '../../core/ports/wire';
import { concatBytes } from '../../packet/headers/bytes';
import type { Chance } from '../chance';
import type { ByteReader } from './stream/byteReader';
import type { ByteStream } from './stream/byteStream';

const Opcode = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

const finalFrame = 0x80;
const masked = 0x80;
const frameLimitBytes = 16 * 1024 * 1024;
const lostLink: ChannelClose = { code: 1006, reason: '' };
const noStatus = 1005;
/** What may not be sent (RFC 6455 §7.4.1). */
const unsendable: readonly number[] = [noStatus, 1006, 1015];

/** A message, or what closed the link. */
export type WebSocketEvent =
  | { readonly kind: 'message'; readonly message: ChannelMessage }
  | { readonly kind: 'close'; readonly close: ChannelClose };

interface Frame {
  readonly opcode: number;
  readonly payload: Uint8Array;
}

/** One end of a link whose handshake is done. */
export class WebSocketEnd {
  readonly #stream: ByteStream;
  readonly #reader: ByteReader;
  readonly #masks: Chance | undefined;
  #hasSentClose = false;

  /** `masks`: where a client has its masks from; a server has none. */
  constructor(stream: ByteStream, reader: ByteReader, masks: Chance | undefined) {
    this.#stream = stream;
    this.#reader = reader;
    this.#masks = masks;
  }

  send(message: ChannelMessage): void {
    if (typeof message === 'string') this.#write(Opcode.text, new TextEncoder().encode(message));
    else this.#write(Opcode.binary, message);
  }

  close(code: number, reason: string): void {
    if (this.#hasSentClose) return;
    const text = new TextEncoder().encode(reason);
    const payload = unsendable.includes(code) ? [] : [code >> 8, code & 0xff, ...text];
    this.#write(Opcode.close, Uint8Array.from(payload));
    this.#hasSentClose = true;
    this.#stream.close();
  }

  /** What comes next; pings are answered meanwhile. Never rejects: a link that breaks is lost. */
  async next(): Promise<WebSocketEvent> {
    try {
      for (;;) {
        const frame = await readFrame(this.#reader);
        if (!frame) return { kind: 'close', close: lostLink };
        const event = this.#take(frame);
        if (event) return event;
      }
    } catch {
      return { kind: 'close', close: lostLink };
    }
  }

  #take({ opcode, payload }: Frame): WebSocketEvent | undefined {
    if (opcode === Opcode.ping) this.#write(Opcode.pong, payload);
    if (opcode === Opcode.text) return { kind: 'message', message: new TextDecoder().decode(payload) };
    if (opcode === Opcode.binary || opcode === Opcode.continuation) return { kind: 'message', message: payload };
    if (opcode !== Opcode.close) return undefined;
    const code = payload.length < 2 ? noStatus : ((payload[0] as number) << 8) | (payload[1] as number);
    const close = { code, reason: new TextDecoder().decode(payload.subarray(2)) };
    this.close(close.code, '');
    return { kind: 'close', close };
  }

  #write(opcode: number, payload: Uint8Array): void {
    if (!this.#hasSentClose) this.#stream.write(encodeFrame(opcode, payload, this.#masks?.bytes(4)));
  }
}

/** RFC 6455 §5.2. */
function encodeFrame(opcode: number, payload: Uint8Array, mask: Uint8Array | undefined): Uint8Array {
  const maskBit = mask ? masked : 0;
  const head =
    payload.length < 126
      ? [finalFrame | opcode, maskBit | payload.length]
      : payload.length < 65_536
        ? [finalFrame | opcode, maskBit | 126, payload.length >> 8, payload.length & 0xff]
        : [finalFrame | opcode, maskBit | 127, ...lengthBytes(payload.length)];
  return concatBytes(Uint8Array.from(head), mask ?? new Uint8Array(), mask ? withMask(payload, mask) : payload);
}

function lengthBytes(length: number): readonly number[] {
  return Array.from({ length: 8 }, (_, index) => Math.floor(length / 256 ** (7 - index)) % 256);
}

function withMask(payload: Uint8Array, mask: Uint8Array): Uint8Array {
  return payload.map((byte, index) => byte ^ (mask[index % 4] as number));
}

async function readFrame(reader: ByteReader): Promise<Frame | undefined> {
  const head = await reader.exactly(2);
  if (!head) return undefined;
  const [first = 0, second = 0] = head;
  const short = second & 0x7f;
  const extra = short < 126 ? 0 : short === 126 ? 2 : 8;
  const length = extra === 0 ? short : numberIn(await demand(reader, extra));
  if (length > frameLimitBytes) return undefined;
  const mask = second & masked ? await demand(reader, 4) : undefined;
  const payload = await demand(reader, length);
  return { opcode: first & 0x0f, payload: mask ? withMask(payload, mask) : payload };
}

function numberIn(bytes: Uint8Array): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

/** Throws a RangeError when the stream ends before. */
async function demand(reader: ByteReader, length: number): Promise<Uint8Array> {
  if (length === 0) return new Uint8Array();
  const bytes = await reader.exactly(length);
  if (!bytes) throw new RangeError('The stream ended inside a frame');
  return bytes;
}

/** Lets a channel go on over a link until one of them closes; resolves then. */
export async function joinWebSocket(socket: WebSocketEnd, channel: ChannelTransport): Promise<void> {
  channel.onMessage = message => socket.send(message);
  channel.onClose = ({ code, reason }) => socket.close(code, reason);
  for (;;) {
    const event = await socket.next();
    if (event.kind === 'close') return channel.close(event.close.code, event.close.reason);
    channel.send(event.message);
  }
}

const handshakeGuid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** The header that proves that a server understood a client's key (RFC 6455 §4.2.2). */
export function acceptOf(key: string, sha1: (bytes: Uint8Array) => Uint8Array): string {
  const digest = sha1(new TextEncoder().encode(key + handshakeGuid));
  return btoa(String.fromCharCode(...digest));
}
