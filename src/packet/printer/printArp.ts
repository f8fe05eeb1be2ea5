import { formatMac } from '../headers/addressText';
import { ARP_BYTES } from '../headers/arp';
import type { Dissection } from './dissection';
import { hexDump } from './hexDump';
import { linkAddress } from './linkAddress';

/** tcpdump's text for the ARP packet (RFC 826) at `offset`; `length` includes padding. */
export function printArp(packet: Dissection, offset: number, length: number): void {
  packet.protocol = 'arp';
  packet.need(offset, ARP_BYTES);
  // Addresses of the lengths that the header claims, two of each kind.
  packet.need(offset, 8 + 2 * packet.uint8(offset + 4) + 2 * packet.uint8(offset + 5));
  if (!packet.showsLinkLevel) packet.print('ARP, ');
  const operation = packet.uint16(offset + 6);
  const known = describe(packet, offset, operation);
  if (known) packet.print(`${known}, length ${length}`);
  else
    packet.print(
      `${operation === 10 ? 'NACK Reply' : `Unknown (${operation})`} ${hexDump(packet.bytes.subarray(offset))}`,
    );
}

function describe(packet: Dissection, offset: number, operation: number): string | undefined {
  const protocolType = packet.uint16(offset + 2);
  if (protocolType !== 0x0800 || packet.uint8(offset + 4) !== 6 || packet.uint8(offset + 5) !== 4) {
    const protocol = protocolType === 0x0800 ? 'IPv4' : `Unknown Protocol (0x${hex4(protocolType)})`;
    return `Ethernet (len ${packet.uint8(offset + 4)}), ${protocol} (len ${packet.uint8(offset + 5)})`;
  }
  const senderMac = linkAddress(packet, offset + 8);
  const targetMac = linkAddress(packet, offset + 18);
  switch (operation) {
    case 1:
      return `Request who-has ${packet.host(offset + 24)}${knownTarget(packet, offset + 18)} tell ${packet.host(offset + 14)}`;
    case 2:
      return `Reply ${packet.host(offset + 14)} is-at ${senderMac}`;
    case 3:
      return `Reverse Request who-is ${targetMac} tell ${senderMac}`;
    case 4:
      return `Reverse Reply ${targetMac} at ${packet.host(offset + 24)}`;
    case 8:
      return `Inverse Request who-is ${targetMac} tell ${senderMac}`;
    case 9:
      return `Inverse Reply ${senderMac} at ${packet.host(offset + 14)}`;
    default:
      return undefined;
  }
}

/** A request normally leaves the hardware address that it asks for empty. */
function knownTarget(packet: Dissection, offset: number): string {
  return formatMac(packet.bytes, offset) === '00:00:00:00:00:00' ? '' : ` (${linkAddress(packet, offset)})`;
}

const hex4 = (number: number) => number.toString(16).padStart(4, '0');
