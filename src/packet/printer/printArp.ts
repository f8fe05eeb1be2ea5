import { formatHex16 } from '../headers/addressText';
import type { Dissection } from './dissection';
import { etherTypeName } from './etherTypeNames';
import { hexDump } from './hexDump';
import { linkAddress } from './linkAddress';

const operations: Readonly<Record<number, string>> = {
  1: 'Request',
  2: 'Reply',
  3: 'Reverse Request',
  4: 'Reverse Reply',
  8: 'Inverse Request',
  9: 'Inverse Reply',
  10: 'NACK Reply',
};

/** tcpdump's text for the ARP packet (RFC 826) at `offset`; `length` includes padding. */
export function printArp(packet: Dissection, offset: number, length: number): void {
  packet.protocol = 'arp';
  packet.uint16(offset + 6);
  const [hardwareBytes, addressBytes] = [packet.uint8(offset + 4), packet.uint8(offset + 5)];
  // Addresses of the lengths that the header claims, two of each kind.
  packet.look(offset, 8 + 2 * hardwareBytes + 2 * addressBytes);
  if (!packet.showsLinkLevel) packet.print('ARP, ');
  const protocolType = packet.uint16(offset + 2);
  const isUsual = protocolType === 0x0800 && hardwareBytes === 6 && addressBytes === 4;
  if (!isUsual || packet.verbosity > 0) {
    const protocol = etherTypeName(protocolType) ?? `Unknown Protocol (0x${formatHex16(protocolType)})`;
    packet.print(`Ethernet (len ${hardwareBytes}), ${protocol} (len ${addressBytes})`);
  }
  if (isUsual) printOperation(packet, offset, length);
  else packet.print(`, length ${length}`);
}

function printOperation(packet: Dissection, offset: number, length: number): void {
  const operation = packet.uint16(offset + 6);
  packet.print(`${packet.verbosity > 0 ? ', ' : ''}${operations[operation] ?? `Unknown (${operation})`} `);
  const known = describe(packet, offset, operation);
  if (known) packet.print(`${known}, length ${length}`);
  else packet.print(hexDump(packet.bytes.subarray(offset, packet.end)));
}

function describe(packet: Dissection, offset: number, operation: number): string | undefined {
  const senderMac = linkAddress(packet, offset + 8);
  const targetMac = linkAddress(packet, offset + 18);
  switch (operation) {
    case 1:
      return `who-has ${packet.host(offset + 24)}${knownTarget(packet, offset + 18)} tell ${packet.host(offset + 14)}`;
    case 2:
      return `${packet.host(offset + 14)} is-at ${senderMac}`;
    case 3:
    case 8:
      return `who-is ${targetMac} tell ${senderMac}`;
    case 4:
      return `${targetMac} at ${packet.host(offset + 24)}`;
    case 9:
      return `${senderMac} at ${packet.host(offset + 14)}`;
    default:
      return undefined;
  }
}

/** A request normally leaves the hardware address that it asks for empty. */
function knownTarget(packet: Dissection, offset: number): string {
  const isEmpty = packet.bytes.subarray(offset, offset + 6).every(byte => byte === 0);
  return isEmpty ? '' : ` (${linkAddress(packet, offset)})`;
}
