import { addressBytes } from './addressBytes';
import { concatBytes, readUint16, readUint32, writeUint16, writeUint32 } from './bytes';
import { finishChecksum, pseudoHeaderSum, sumWords } from './checksum';
import { IpProtocolNumber } from './ipv4';
import { decodeTcpOptions, encodeTcpOptions, type TcpOption } from './tcpOptions';

export const TCP_HEADER_BYTES = 20;

/** RFC 9293 §3.1. `flags` are those of `TcpFlag` in packetColumns. */
export interface TcpSegment {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly acknowledgment: number;
  readonly flags: number;
  /** As in the header, before scaling. */
  readonly window: number;
  readonly urgentPointer?: number;
  readonly options: readonly TcpOption[];
  readonly payload: Uint8Array;
}

export interface DecodedTcpSegment extends TcpSegment {
  readonly urgentPointer: number;
  readonly headerBytes: number;
}

/** A segment with the right checksum for the two addresses. */
export function encodeTcp(segment: TcpSegment, source: string, destination: string): Uint8Array {
  const options = encodeTcpOptions(segment.options);
  const header = new Uint8Array(TCP_HEADER_BYTES);
  writeUint16(header, 0, segment.sourcePort);
  writeUint16(header, 2, segment.destinationPort);
  writeUint32(header, 4, segment.sequence);
  writeUint32(header, 8, segment.acknowledgment);
  header[12] = ((TCP_HEADER_BYTES + options.length) / 4) << 4;
  header[13] = segment.flags;
  writeUint16(header, 14, segment.window);
  writeUint16(header, 18, segment.urgentPointer ?? 0);
  const bytes = concatBytes(header, options, segment.payload);
  writeUint16(bytes, 16, transportChecksum(bytes, source, destination, IpProtocolNumber.tcp));
  return bytes;
}

/** Undefined when the header is cut or contradicts itself. */
export function decodeTcp(bytes: Uint8Array): DecodedTcpSegment | undefined {
  if (bytes.length < TCP_HEADER_BYTES) return undefined;
  const headerBytes = ((bytes[12] as number) >> 4) * 4;
  if (headerBytes < TCP_HEADER_BYTES || bytes.length < headerBytes) return undefined;
  const options = decodeTcpOptions(bytes.subarray(TCP_HEADER_BYTES, headerBytes));
  if (!options) return undefined;
  return {
    sourcePort: readUint16(bytes, 0),
    destinationPort: readUint16(bytes, 2),
    sequence: readUint32(bytes, 4),
    acknowledgment: readUint32(bytes, 8),
    flags: bytes[13] as number,
    window: readUint16(bytes, 14),
    urgentPointer: readUint16(bytes, 18),
    options,
    headerBytes,
    payload: bytes.subarray(headerBytes),
  };
}

/**
 * Checksum of TCP, UDP or ICMPv6 bytes whose checksum field is zero, between two addresses of one family; of bytes with a right checksum it
 * is zero.
 */
export function transportChecksum(bytes: Uint8Array, source: string, destination: string, protocol: number): number {
  const pseudoHeader = pseudoHeaderSum(addressBytes(source), addressBytes(destination), protocol, bytes.length);
  return finishChecksum(sumWords(bytes, pseudoHeader));
}
