import { formatIpv4, ipv4 } from '../../core/ipv4';
import { concatBytes, readUint16, readUint32, writeUint16, writeUint32 } from './bytes';
import { finishChecksum, sumWords } from './checksum';

/** IANA protocol numbers that we read. */
export const IpProtocolNumber = { icmp: 1, tcp: 6, udp: 17, icmp6: 58 } as const;

export const IPV4_HEADER_BYTES = 20;

/** RFC 791 §3.1, without options: nothing here sends them, and a decoder skips them. */
export interface Ipv4Header {
  readonly source: string;
  readonly destination: string;
  readonly protocol: number;
  readonly timeToLive: number;
  readonly identification: number;
  readonly typeOfService?: number;
  readonly dontFragment?: boolean;
  readonly moreFragments?: boolean;
  /** A multiple of 8. */
  readonly fragmentOffsetBytes?: number;
}

export interface Ipv4Packet extends Required<Ipv4Header> {
  readonly headerBytes: number;
  /** As the header claims; the capture may hold less. */
  readonly totalBytes: number;
  readonly isChecksumRight: boolean;
  /** What of the packet's content is there; link-layer padding is cut off. */
  readonly payload: Uint8Array;
}

/** A packet with the right length and checksum. Throws a RangeError for addresses of another form. */
export function encodeIpv4Packet(header: Ipv4Header, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(IPV4_HEADER_BYTES);
  bytes[0] = 0x45;
  bytes[1] = header.typeOfService ?? 0;
  writeUint16(bytes, 2, IPV4_HEADER_BYTES + payload.length);
  writeUint16(bytes, 4, header.identification);
  const flags = (header.dontFragment ? 0x4000 : 0) | (header.moreFragments ? 0x2000 : 0);
  writeUint16(bytes, 6, flags | ((header.fragmentOffsetBytes ?? 0) >>> 3));
  bytes[8] = header.timeToLive;
  bytes[9] = header.protocol;
  writeUint32(bytes, 12, ipv4(header.source));
  writeUint32(bytes, 16, ipv4(header.destination));
  writeUint16(bytes, 10, finishChecksum(sumWords(bytes)));
  return concatBytes(bytes, payload);
}

/** Undefined when the header is cut, is not version 4, or claims a length that cannot be. */
export function decodeIpv4Packet(bytes: Uint8Array): Ipv4Packet | undefined {
  if (bytes.length < IPV4_HEADER_BYTES) return undefined;
  const first = bytes[0] as number;
  const headerBytes = (first & 15) * 4;
  const totalBytes = readUint16(bytes, 2);
  if (first >> 4 !== 4 || headerBytes < IPV4_HEADER_BYTES) return undefined;
  if (bytes.length < headerBytes || totalBytes < headerBytes) return undefined;
  const fragment = readUint16(bytes, 6);
  return {
    source: formatIpv4(readUint32(bytes, 12)),
    destination: formatIpv4(readUint32(bytes, 16)),
    protocol: bytes[9] as number,
    timeToLive: bytes[8] as number,
    identification: readUint16(bytes, 4),
    typeOfService: bytes[1] as number,
    dontFragment: (fragment & 0x4000) !== 0,
    moreFragments: (fragment & 0x2000) !== 0,
    fragmentOffsetBytes: (fragment & 0x1fff) * 8,
    headerBytes,
    totalBytes,
    isChecksumRight: finishChecksum(sumWords(bytes.subarray(0, headerBytes))) === 0,
    payload: bytes.subarray(headerBytes, Math.max(headerBytes, Math.min(totalBytes, bytes.length))),
  };
}
