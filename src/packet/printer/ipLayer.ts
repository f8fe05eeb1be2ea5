import { formatHex } from '../headers/addressText';
import { finishChecksum, pseudoHeaderSum, sumWords } from '../headers/checksum';
import type { PortProtocol } from '../serviceNames';
import type { Dissection } from './dissection';

/** The IP packet that a transport's header stands in. */
export interface IpLayer {
  readonly version: 4 | 6;
  /** Where it begins. */
  readonly offset: number;
  readonly isFragment: boolean;
  /** The first header names the transport; behind extension headers the addresses were printed before. */
  readonly isDirect: boolean;
}

/** Names or numbers of both hosts. */
export function hostsOf(packet: Dissection, ip: IpLayer): readonly [string, string] {
  return ip.version === 4
    ? [packet.host(ip.offset + 12), packet.host(ip.offset + 16)]
    : [packet.host6(ip.offset + 8), packet.host6(ip.offset + 24)];
}

/** Both addresses in hexadecimal digits: they compare like the addresses. */
export function addressKeys(packet: Dissection, ip: IpLayer): readonly [string, string] {
  const [start, length] = ip.version === 4 ? [ip.offset + 12, 4] : [ip.offset + 8, 16];
  return [
    formatHex(packet.bytes.subarray(start, start + length)),
    formatHex(packet.bytes.subarray(start + length, start + 2 * length)),
  ];
}

/** `10.0.0.1.38482 > 10.0.0.2.https: `, or the ports alone where the addresses stand already. */
export function printEndpoints(
  packet: Dissection,
  ip: IpLayer,
  sourcePort: number,
  destinationPort: number,
  protocol: PortProtocol,
): void {
  const ports = [packet.port(sourcePort, protocol), packet.port(destinationPort, protocol)] as const;
  if (!ip.isDirect) {
    packet.print(`${ports[0]} > ${ports[1]}: `);
    return;
  }
  const hosts = hostsOf(packet, ip);
  packet.print(`${hosts[0]}.${ports[0]} > ${hosts[1]}.${ports[1]}: `);
}

/**
 * What the checksum of `length` bytes at `offset` adds up to, their own checksum included: zero when it is right. Undefined when not all were
 * captured.
 */
export function transportSum(
  packet: Dissection,
  ip: IpLayer,
  offset: number,
  length: number,
  protocol: number,
): number | undefined {
  if (!packet.has(offset, length)) return undefined;
  const at = (from: number, bytes: number) => packet.bytes.subarray(from, from + bytes);
  const isIpv4 = ip.version === 4;
  const source = isIpv4 ? at(ip.offset + 12, 4) : at(ip.offset + 8, 16);
  const destination = isIpv4 ? at(finalDestination(packet, ip.offset), 4) : at(ip.offset + 24, 16);
  return finishChecksum(sumWords(at(offset, length), pseudoHeaderSum(source, destination, protocol, length)));
}

/** The checksum that should have stood there, given the one that did and what all added up to. */
export function rightChecksum(written: number, sum: number): number {
  const added = written + sum;
  return (added & 0xffff) + (added >>> 16);
}

const LOOSE_SOURCE_ROUTE = 131;
const STRICT_SOURCE_ROUTE = 137;

/** Where the address stands that counts for checksums: the last one of a source route (RFC 791 §3.1), else the header's. */
function finalDestination(packet: Dissection, ip: number): number {
  const end = ip + ((packet.bytes[ip] as number) & 15) * 4;
  for (let at = ip + 20; at < end; ) {
    const kind = packet.bytes[at] as number;
    if (kind === 0) break;
    const length = kind === 1 ? 1 : (packet.bytes[at + 1] as number);
    if (length < (kind === 1 ? 1 : 2) || at + length > end) break;
    if ((kind === LOOSE_SOURCE_ROUTE || kind === STRICT_SOURCE_ROUTE) && length >= 7) return at + length - 4;
    at += length;
  }
  return ip + 16;
}
