/** The data types of SSH's messages (RFC 4251 §5). */
import { concatBytes, readUint32, writeUint32 } from '../../../packet/headers/bytes';
import { decodeText, encodeText } from '../kernel/text';

/** What the other end sent is no SSH, or breaks its rules. */
export class SshError extends Error {}

/** The other end closed the connection: before it had named its version, or among the packets. */
export class SshClosed extends SshError {
  constructor(readonly during: 'identification' | 'packets') {
    super('the connection ended');
  }
}

export function uint32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  writeUint32(bytes, 0, value >>> 0);
  return bytes;
}

/** A length and that many bytes. */
export function text(value: string | Uint8Array): Uint8Array {
  const bytes = typeof value === 'string' ? encodeText(value) : value;
  return concatBytes(uint32(bytes.length), bytes);
}

export function flag(value: boolean): Uint8Array {
  return Uint8Array.of(value ? 1 : 0);
}

/** An unsigned big-endian number as `mpint`: no leading zeros, but one where the first bit would look like a sign. */
export function mpint(number: Uint8Array): Uint8Array {
  let start = 0;
  while (start < number.length && number[start] === 0) start++;
  const digits = number.subarray(start);
  const needsSign = digits.length > 0 && ((digits[0] as number) & 0x80) !== 0;
  return text(needsSign ? concatBytes(Uint8Array.of(0), digits) : digits);
}

export function message(type: number, ...parts: readonly Uint8Array[]): Uint8Array {
  return concatBytes(Uint8Array.of(type), ...parts);
}

/** Reads the fields of a message in their order. Throws {@link SshError} past its end. */
export class SshReader {
  #offset = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.#offset >= this.bytes.length;
  }

  byte(): number {
    return this.take(1)[0] as number;
  }

  flag(): boolean {
    return this.byte() !== 0;
  }

  uint32(): number {
    return readUint32(this.take(4), 0);
  }

  bytesField(): Uint8Array {
    return this.take(this.uint32());
  }

  text(): string {
    return decodeText(this.bytesField());
  }

  names(): readonly string[] {
    const list = this.text();
    return list === '' ? [] : list.split(',');
  }

  take(length: number): Uint8Array {
    const end = this.#offset + length;
    if (end > this.bytes.length) throw new SshError('a message ends inside');
    const part = this.bytes.subarray(this.#offset, end);
    this.#offset = end;
    return part;
  }
}

/** Message numbers (RFC 4250 §4.1.2, RFC 8308). */
export const Message = {
  disconnect: 1,
  ignore: 2,
  unimplemented: 3,
  debug: 4,
  serviceRequest: 5,
  serviceAccept: 6,
  extensionInfo: 7,
  keyExchangeInit: 20,
  newKeys: 21,
  ecdhInit: 30,
  ecdhReply: 31,
  userauthRequest: 50,
  userauthFailure: 51,
  userauthSuccess: 52,
  userauthBanner: 53,
  userauthKeyOk: 60,
  globalRequest: 80,
  requestSuccess: 81,
  requestFailure: 82,
  channelOpen: 90,
  channelOpenConfirmation: 91,
  channelOpenFailure: 92,
  channelWindowAdjust: 93,
  channelData: 94,
  channelExtendedData: 95,
  channelEof: 96,
  channelClose: 97,
  channelRequest: 98,
  channelSuccess: 99,
  channelFailure: 100,
} as const;
