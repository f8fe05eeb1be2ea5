/**
 * The record layer of the TLS-like streams: records as RFC 8446 §5 lays them out, so that a capture of them reads as TLS 1.3. Their content
 * is masked, not encrypted: keys follow from what goes over the wire in clear. That hides text from a reader of packets, which is all that a
 * simulated network needs; it keeps no secret.
 */
import { concatBytes, readUint16 } from '../../../packet/headers/bytes';
import { type ByteReader, StreamError } from './byteReader';
import type { ByteStream } from './byteStream';

export const ContentType = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const;

export interface TlsRecord {
  readonly type: number;
  readonly content: Uint8Array;
}

const headerBytes = 5;
const tagBytes = 16;
const plaintextLimitBytes = 16_384;
const recordLimitBytes = plaintextLimitBytes + 256;

/** A record in clear. `version` 0x0301 for a first ClientHello, else 0x0303 (RFC 8446 §5.1). */
export function plainRecord(type: number, content: Uint8Array, version = 0x0303): Uint8Array {
  const header = Uint8Array.of(type, version >>> 8, version & 255, content.length >>> 8, content.length & 255);
  return concatBytes(header, content);
}

/** Undefined at the end of the stream. Rejects with StreamError for what is no TLS record. */
export async function readRecord(reader: ByteReader): Promise<TlsRecord | undefined> {
  const header = await reader.exactly(headerBytes);
  if (!header) return undefined;
  const type = header[0] as number;
  const lengthBytes = readUint16(header, 3);
  const isTls = type >= ContentType.changeCipherSpec && type <= ContentType.applicationData && header[1] === 3;
  if (!isTls || lengthBytes > recordLimitBytes) throw new StreamError('malformed');
  const content = lengthBytes > 0 ? await reader.exactly(lengthBytes) : new Uint8Array(0);
  if (!content) throw new StreamError('ended');
  return { type, content };
}

/** One direction of a stream after the hellos: masks and unmasks its records in their order. */
export class RecordMask {
  readonly #key: Uint32Array;
  #records = 0;

  constructor(clientRandom: Uint8Array, serverRandom: Uint8Array, direction: 'client' | 'server') {
    this.#key = new Uint32Array(4).fill(direction === 'client' ? 0x9e3779b9 : 0x7f4a7c15);
    [...clientRandom, ...serverRandom].forEach((byte, index) => {
      const word = index % 4;
      this.#key[word] =
        Math.imul((this.#key[word] as number) ^ byte, 0x01000193) ^ ((this.#key[word] as number) >>> 15);
    });
  }

  /** One record, its content and inner type masked, with room for the tag of an AEAD (RFC 8446 §5.2). */
  seal(type: number, content: Uint8Array): Uint8Array {
    const inner = concatBytes(content, Uint8Array.of(type), new Uint8Array(tagBytes));
    this.#apply(inner);
    return plainRecord(ContentType.applicationData, inner);
  }

  /** Content in records of at most 16 KiB. */
  sealAll(type: number, content: Uint8Array): Uint8Array {
    const records: Uint8Array[] = [];
    for (let offset = 0; offset < content.length; offset += plaintextLimitBytes) {
      records.push(this.seal(type, content.subarray(offset, offset + plaintextLimitBytes)));
    }
    return concatBytes(...records);
  }

  /** Throws a StreamError when the record was not made by the other end's mask. */
  open(record: TlsRecord): TlsRecord {
    const inner = record.content.slice();
    this.#apply(inner);
    const end = inner.length - tagBytes - 1;
    if (record.type !== ContentType.applicationData || end < 0) throw new StreamError('malformed');
    if (inner.subarray(end + 1).some(byte => byte !== 0)) throw new StreamError('malformed');
    return { type: inner[end] as number, content: inner.subarray(0, end) };
  }

  /** xorshift128 (Marsaglia 2003) over key and record number. */
  #apply(bytes: Uint8Array): void {
    let [x, y, z, w] = this.#key as unknown as [number, number, number, number];
    w ^= Math.imul(++this.#records, 0x85ebca6b);
    for (let offset = -16; offset < bytes.length; offset++) {
      const mixed = x ^ (x << 11);
      x = y;
      y = z;
      z = w;
      w = w ^ (w >>> 19) ^ mixed ^ (mixed >>> 8);
      if (offset >= 0) bytes[offset] = (bytes[offset] as number) ^ (w & 255);
    }
  }
}

/** The stream that programs see once both ends share their masks. */
export class MaskedStream implements ByteStream {
  readonly #connection: ByteStream;
  readonly #reader: ByteReader;
  readonly #outgoing: RecordMask;
  readonly #incoming: RecordMask;
  #isClosed = false;

  constructor(connection: ByteStream, reader: ByteReader, masks: { outgoing: RecordMask; incoming: RecordMask }) {
    this.#connection = connection;
    this.#reader = reader;
    this.#outgoing = masks.outgoing;
    this.#incoming = masks.incoming;
  }

  write(bytes: Uint8Array): void {
    if (!this.#isClosed && bytes.length > 0)
      this.#connection.write(this.#outgoing.sealAll(ContentType.applicationData, bytes));
  }

  async read(): Promise<Uint8Array | undefined> {
    for (;;) {
      const record = await readRecord(this.#reader);
      if (!record) return undefined;
      const { type, content } = this.#incoming.open(record);
      if (type === ContentType.applicationData) return content;
      if (type === ContentType.alert) return undefined;
    }
  }

  /** Says close_notify (RFC 8446 §6.1), then finishes the connection. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#connection.write(this.#outgoing.seal(ContentType.alert, Uint8Array.of(1, 0)));
    this.#connection.close();
  }
}
