import { concatBytes, readUint16, readUint32, writeUint16, writeUint32 } from './bytes';
import { finishChecksum, sumWords } from './checksum';

/** RFC 792. */
export const IcmpType = { echoReply: 0, unreachable: 3, redirect: 5, echoRequest: 8, timeExceeded: 11 } as const;

/** Codes of "destination unreachable": RFC 792, RFC 1812 §5.2.7.1. */
export const UnreachableCode = {
  network: 0,
  host: 1,
  protocol: 2,
  port: 3,
  fragmentationNeeded: 4,
  prohibited: 13,
} as const;

export const ICMP_HEADER_BYTES = 8;

export interface IcmpMessage {
  readonly type: number;
  readonly code: number;
  /** Bytes 4 to 7: for echo identifier and sequence, for others by type, mostly unused. */
  readonly rest: number;
  readonly payload: Uint8Array;
}

export interface IcmpEcho {
  readonly type: typeof IcmpType.echoRequest | typeof IcmpType.echoReply;
  readonly identifier: number;
  readonly sequence: number;
  readonly payload: Uint8Array;
}

/** A message with the right checksum. */
export function encodeIcmp(message: IcmpMessage): Uint8Array {
  const header = new Uint8Array(ICMP_HEADER_BYTES);
  header[0] = message.type;
  header[1] = message.code;
  writeUint32(header, 4, message.rest);
  const bytes = concatBytes(header, message.payload);
  writeUint16(bytes, 2, finishChecksum(sumWords(bytes)));
  return bytes;
}

/** Undefined when the header is cut. */
export function decodeIcmp(bytes: Uint8Array): IcmpMessage | undefined {
  if (bytes.length < ICMP_HEADER_BYTES) return undefined;
  return {
    type: bytes[0] as number,
    code: bytes[1] as number,
    rest: readUint32(bytes, 4),
    payload: bytes.subarray(ICMP_HEADER_BYTES),
  };
}

export function encodeIcmpEcho(echo: IcmpEcho): Uint8Array {
  const rest = ((echo.identifier << 16) | echo.sequence) >>> 0;
  return encodeIcmp({ type: echo.type, code: 0, rest, payload: echo.payload });
}

/** The echo request or reply that the bytes hold; undefined for anything else. */
export function decodeIcmpEcho(bytes: Uint8Array): IcmpEcho | undefined {
  const message = decodeIcmp(bytes);
  const type = message?.type;
  if (!message || (type !== IcmpType.echoRequest && type !== IcmpType.echoReply)) return undefined;
  return { type, identifier: readUint16(bytes, 4), sequence: readUint16(bytes, 6), payload: message.payload };
}
