/** Single frames for tests, between two hosts of one subnet. */
import { type ArpPacket, encodeArp } from '../../src/packet/headers/arp';
import { concatBytes } from '../../src/packet/headers/bytes';
import { encodeEthernet } from '../../src/packet/headers/ethernet';
import { encodeIpv4Packet, type Ipv4Header } from '../../src/packet/headers/ipv4';
import { encodeTcp, type TcpSegment } from '../../src/packet/headers/tcp';
import { encodeUdp } from '../../src/packet/headers/udp';

export const CLIENT = '172.31.37.141';
export const SERVER = '172.31.36.107';
export const RESOLVER = '172.31.0.2';

export const clientMac = '0a:11:22:33:44:55';
export const serverMac = '0a:66:77:88:99:aa';
export const text = (value: string) => new TextEncoder().encode(value);

export function ethernet(payload: Uint8Array, etherType = 0x0800): Uint8Array {
  return encodeEthernet({ destination: serverMac, source: clientMac, etherType }, payload);
}

export function ip(
  source: string,
  destination: string,
  protocol: number,
  payload: Uint8Array,
  more: Partial<Ipv4Header> = {},
): Uint8Array {
  const header = { source, destination, protocol, timeToLive: 64, identification: 7, dontFragment: true, ...more };
  return ethernet(encodeIpv4Packet(header, payload));
}

/** A segment to port 443 with changes. */
export function segment(changes: Partial<TcpSegment>): TcpSegment {
  return {
    sourcePort: 38482,
    destinationPort: 443,
    sequence: 1000,
    acknowledgment: 0,
    flags: 0x10,
    window: 491,
    options: [],
    payload: new Uint8Array(0),
    ...changes,
  };
}

export function tcp(source: string, destination: string, changes: Partial<TcpSegment>): Uint8Array {
  return ip(source, destination, 6, encodeTcp(segment(changes), source, destination));
}

export function udp(
  source: string,
  destination: string,
  sourcePort: number,
  destinationPort: number,
  payload: Uint8Array,
): Uint8Array {
  return ip(source, destination, 17, encodeUdp({ sourcePort, destinationPort, payload }, source, destination));
}

/** Who has 172.31.32.1, with changes and octets of padding. */
export function arp(changes: Partial<ArpPacket>, paddingBytes = 0): Uint8Array {
  const packet = {
    operation: 1,
    senderMac: clientMac,
    senderAddress: CLIENT,
    targetMac: '00:00:00:00:00:00',
    targetAddress: '172.31.32.1',
    ...changes,
  };
  return ethernet(concatBytes(encodeArp(packet), new Uint8Array(paddingBytes)), 0x0806);
}
