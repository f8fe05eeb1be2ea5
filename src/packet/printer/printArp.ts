import { formatHex, formatHex16 } from '../headers/addressText';
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

/** Where the addresses stand, by the lengths that the header claims for them. */
interface Fields {
  readonly operation: number;
  readonly hardwareBytes: number;
  readonly isIpv4: boolean;
  /** What is said in an address's place when it is none of IPv4. */
  readonly excuse: string;
  readonly at: {
    readonly senderMac: number;
    readonly sender: number;
    readonly targetMac: number;
    readonly target: number;
  };
}

/** tcpdump's text for the ARP packet (RFC 826) at `offset`; `length` includes padding. */
export function printArp(packet: Dissection, offset: number, length: number): void {
  packet.protocol = 'arp';
  const operation = packet.uint16(offset + 6);
  const [hardwareBytes, addressBytes] = [packet.uint8(offset + 4), packet.uint8(offset + 5)];
  // Addresses of the lengths that the header claims, two of each kind.
  packet.look(offset, 8 + 2 * hardwareBytes + 2 * addressBytes);
  if (!packet.showsLinkLevel) packet.print('ARP, ');
  const protocolType = packet.uint16(offset + 2);
  const isIpv4 = protocolType === 0x0800 && addressBytes === 4;
  const isUsual = isIpv4 && hardwareBytes > 0;
  if (!isUsual || packet.verbosity > 0) {
    const protocol = etherTypeName(protocolType) ?? `Unknown Protocol (0x${formatHex16(protocolType)})`;
    packet.print(`Ethernet (len ${hardwareBytes}), ${protocol} (len ${addressBytes})`);
  }
  if (!isUsual && packet.verbosity === 0) {
    packet.print(`, length ${length}`);
    return;
  }
  const senderMac = offset + 8;
  const sender = senderMac + hardwareBytes;
  const targetMac = sender + addressBytes;
  const at = { senderMac, sender, targetMac, target: targetMac + hardwareBytes };
  const excuse = protocolType === 0x0800 ? '<wrong len>' : '<wrong proto type>';
  printOperation(packet, offset, length, { operation, hardwareBytes, isIpv4, excuse, at });
}

function printOperation(packet: Dissection, offset: number, length: number, fields: Fields): void {
  const { operation } = fields;
  packet.print(`${packet.verbosity > 0 ? ', ' : ''}${operations[operation] ?? `Unknown (${operation})`} `);
  const known = describe(packet, fields);
  if (known) packet.print(`${known}, length ${length}`);
  else packet.print(hexDump(packet.bytes.subarray(offset, packet.end)));
}

function describe(packet: Dissection, fields: Fields): string | undefined {
  const { operation, at, hardwareBytes } = fields;
  const host = (offset: number) => (fields.isIpv4 ? packet.host(offset) : fields.excuse);
  const mac = (offset: number) => hardwareAddress(packet, offset, hardwareBytes);
  switch (operation) {
    case 1:
      return `who-has ${host(at.target)}${knownTarget(packet, fields)} tell ${host(at.sender)}`;
    case 2:
      return `${host(at.sender)} is-at ${mac(at.senderMac)}`;
    case 3:
    case 8:
      return `who-is ${mac(at.targetMac)} tell ${mac(at.senderMac)}`;
    case 4:
      return `${mac(at.targetMac)} at ${host(at.target)}`;
    case 9:
      return `${mac(at.senderMac)} at ${host(at.sender)}`;
    default:
      return undefined;
  }
}

function hardwareAddress(packet: Dissection, offset: number, length: number): string {
  if (length === 6) return linkAddress(packet, offset);
  if (length === 0) return '<empty>';
  return (formatHex(packet.bytes.subarray(offset, offset + length)).match(/../g) ?? []).join(':');
}

/** A request normally leaves the hardware address that it asks for empty. */
function knownTarget(packet: Dissection, { at, hardwareBytes }: Fields): string {
  const isEmpty = packet.bytes.subarray(at.targetMac, at.targetMac + hardwareBytes).every(byte => byte === 0);
  return isEmpty ? '' : ` (${hardwareAddress(packet, at.targetMac, hardwareBytes)})`;
}
