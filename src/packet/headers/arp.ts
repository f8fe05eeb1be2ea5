import { formatIpv4, ipv4 } from '../../core/ipv4';
import { macBytes } from './addressBytes';
import { formatMac } from './addressText';
import { readUint16, readUint32, writeUint16, writeUint32 } from './bytes';

export const ArpOperation = { request: 1, reply: 2 } as const;

export const ARP_BYTES = 28;

/** RFC 826 for IPv4 over Ethernet. */
export interface ArpPacket {
  readonly operation: number;
  readonly senderMac: string;
  readonly senderAddress: string;
  readonly targetMac: string;
  readonly targetAddress: string;
}

/** Throws a RangeError for addresses of another form. */
export function encodeArp(packet: ArpPacket): Uint8Array {
  const bytes = new Uint8Array(ARP_BYTES);
  writeUint16(bytes, 0, 1);
  writeUint16(bytes, 2, 0x0800);
  bytes[4] = 6;
  bytes[5] = 4;
  writeUint16(bytes, 6, packet.operation);
  bytes.set(macBytes(packet.senderMac), 8);
  writeUint32(bytes, 14, ipv4(packet.senderAddress));
  bytes.set(macBytes(packet.targetMac), 18);
  writeUint32(bytes, 24, ipv4(packet.targetAddress));
  return bytes;
}

/** Undefined when cut, or for other hardware and protocols. */
export function decodeArp(bytes: Uint8Array): ArpPacket | undefined {
  if (bytes.length < ARP_BYTES || readUint32(bytes, 0) !== 0x1_0800 || readUint16(bytes, 4) !== 0x0604)
    return undefined;
  return {
    operation: readUint16(bytes, 6),
    senderMac: formatMac(bytes, 8),
    senderAddress: formatIpv4(readUint32(bytes, 14)),
    targetMac: formatMac(bytes, 18),
    targetAddress: formatIpv4(readUint32(bytes, 24)),
  };
}
