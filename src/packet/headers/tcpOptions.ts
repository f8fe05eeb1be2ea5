/** TCP's options in the order in which they stand in the header: tcpdump prints that order, padding included. */
import { readUint16, readUint32, writeUint16, writeUint32 } from './bytes';

/** RFC 9293 §3.2, RFC 7323 (scale, timestamps), RFC 2018 (selective acknowledgement). */
export type TcpOption =
  | { readonly kind: 'endOfOptions' }
  | { readonly kind: 'noOperation' }
  | { readonly kind: 'maximumSegmentSize'; readonly bytes: number }
  | { readonly kind: 'windowScale'; readonly shift: number }
  | { readonly kind: 'selectiveAckPermitted' }
  | { readonly kind: 'selectiveAck'; readonly blocks: readonly { readonly left: number; readonly right: number }[] }
  | { readonly kind: 'timestamps'; readonly value: number; readonly echo: number }
  | { readonly kind: 'other'; readonly number: number; readonly data: Uint8Array };

const END = 0;
const NOP = 1;
const MSS = 2;
const SCALE = 3;
const SACK_PERMITTED = 4;
const SACK = 5;
const TIMESTAMPS = 8;

/** Padded with zeros (end of options) to a whole number of 32-bit words. Throws a RangeError past 40 bytes. */
export function encodeTcpOptions(options: readonly TcpOption[]): Uint8Array {
  const bytes: number[] = options.flatMap(option => [...encodeOption(option)]);
  while (bytes.length % 4 !== 0) bytes.push(END);
  if (bytes.length > 40) throw new RangeError(`TCP options take ${bytes.length} bytes, 40 is the most`);
  return Uint8Array.from(bytes);
}

/** Undefined when an option runs past the end or has an impossible length. Padding after the end of options is dropped. */
export function decodeTcpOptions(bytes: Uint8Array): TcpOption[] | undefined {
  const options: TcpOption[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const number = bytes[offset] as number;
    if (number === END) return options;
    if (number === NOP) {
      options.push({ kind: 'noOperation' });
      offset++;
      continue;
    }
    const length = bytes[offset + 1] ?? 0;
    if (length < 2 || offset + length > bytes.length) return undefined;
    options.push(decodeOption(number, bytes.subarray(offset + 2, offset + length)));
    offset += length;
  }
  return options;
}

function encodeOption(option: TcpOption): Uint8Array {
  switch (option.kind) {
    case 'endOfOptions':
      return Uint8Array.of(END);
    case 'noOperation':
      return Uint8Array.of(NOP);
    case 'maximumSegmentSize':
      return Uint8Array.of(MSS, 4, option.bytes >>> 8, option.bytes);
    case 'windowScale':
      return Uint8Array.of(SCALE, 3, option.shift);
    case 'selectiveAckPermitted':
      return Uint8Array.of(SACK_PERMITTED, 2);
    case 'selectiveAck':
      return encodeWords(
        SACK,
        option.blocks.flatMap(({ left, right }) => [left, right]),
      );
    case 'timestamps':
      return encodeWords(TIMESTAMPS, [option.value, option.echo]);
    case 'other':
      return Uint8Array.of(option.number, option.data.length + 2, ...option.data);
  }
}

function encodeWords(number: number, words: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(2 + words.length * 4);
  writeUint16(bytes, 0, (number << 8) | bytes.length);
  words.forEach((word, index) => {
    writeUint32(bytes, 2 + index * 4, word);
  });
  return bytes;
}

function decodeOption(number: number, data: Uint8Array): TcpOption {
  if (number === MSS && data.length === 2) return { kind: 'maximumSegmentSize', bytes: readUint16(data, 0) };
  if (number === SCALE && data.length === 1) return { kind: 'windowScale', shift: data[0] as number };
  if (number === SACK_PERMITTED && data.length === 0) return { kind: 'selectiveAckPermitted' };
  if (number === TIMESTAMPS && data.length === 8) {
    return { kind: 'timestamps', value: readUint32(data, 0), echo: readUint32(data, 4) };
  }
  if (number === SACK && data.length > 0 && data.length % 8 === 0) {
    const blocks = Array.from({ length: data.length / 8 }, (_, index) => ({
      left: readUint32(data, index * 8),
      right: readUint32(data, index * 8 + 4),
    }));
    return { kind: 'selectiveAck', blocks };
  }
  return { kind: 'other', number, data };
}
