import { ipv6Bytes } from './addressBytes';
import { formatIpv6 } from './addressText';
import { concatBytes, readUint16, readUint32, writeUint16, writeUint32 } from './bytes';
import { type Ipv6Extension, type Ipv6Fragment, walkIpv6Extensions } from './ipv6Extensions';

export const IPV6_HEADER_BYTES = 40;

/** RFC 8200 §3. */
export interface Ipv6Header {
  readonly source: string;
  readonly destination: string;
  /** Number of the protocol behind the extension headers, as in IPv4. */
  readonly protocol: number;
  readonly hopLimit: number;
  /** 0 to 255. */
  readonly trafficClass?: number;
  /** 20 bits. */
  readonly flowLabel?: number;
  /** In their order on the wire. */
  readonly extensions?: readonly Ipv6Extension[];
}

export interface Ipv6Packet extends Required<Ipv6Header> {
  readonly fragment: Ipv6Fragment | undefined;
  /** Of the fixed header and the extensions. */
  readonly headerBytes: number;
  /** As the header claims, itself included; the capture may hold less. */
  readonly totalBytes: number;
  /** What of the content is there; link-layer padding is cut off. */
  readonly payload: Uint8Array;
}

/** A packet with the right length. Throws a RangeError for addresses of another form. */
export function encodeIpv6Packet(header: Ipv6Header, payload: Uint8Array): Uint8Array {
  const extensions = header.extensions ?? [];
  const numbers = [...extensions.map(({ number }) => number), header.protocol];
  const content = concatBytes(
    ...extensions.flatMap(({ rest }, index) => [Uint8Array.of(numbers[index + 1] as number), rest]),
    payload,
  );
  const bytes = new Uint8Array(IPV6_HEADER_BYTES);
  writeUint32(bytes, 0, (0x6000_0000 | ((header.trafficClass ?? 0) << 20) | (header.flowLabel ?? 0)) >>> 0);
  writeUint16(bytes, 4, content.length);
  bytes[6] = numbers[0] as number;
  bytes[7] = header.hopLimit;
  bytes.set(ipv6Bytes(header.source), 8);
  bytes.set(ipv6Bytes(header.destination), 24);
  return concatBytes(bytes, content);
}

/** Undefined when a header is cut, or it is not version 6. */
export function decodeIpv6Packet(bytes: Uint8Array): Ipv6Packet | undefined {
  if (bytes.length < IPV6_HEADER_BYTES || (bytes[0] as number) >> 4 !== 6) return undefined;
  const totalBytes = IPV6_HEADER_BYTES + readUint16(bytes, 4);
  const content = bytes.subarray(IPV6_HEADER_BYTES, totalBytes);
  const walk = walkIpv6Extensions(bytes[6] as number, content);
  if (!walk) return undefined;
  const word = readUint32(bytes, 0);
  return {
    source: formatIpv6(bytes, 8),
    destination: formatIpv6(bytes, 24),
    protocol: walk.protocol,
    hopLimit: bytes[7] as number,
    trafficClass: (word >>> 20) & 0xff,
    flowLabel: word & 0xf_ffff,
    extensions: walk.extensions,
    fragment: walk.fragment,
    headerBytes: IPV6_HEADER_BYTES + walk.offset,
    totalBytes,
    payload: content.subarray(walk.offset),
  };
}
