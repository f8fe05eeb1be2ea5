/** Ethernet's header and tags, and the one that stands in its place when capturing on `any`. */
import { formatHex16 } from '../headers/addressText';
import { type FrameOrigin, SLL2_HEADER_BYTES } from '../headers/cookedFrame';
import { ETHERNET_HEADER_BYTES, EtherType, VLAN_TAG_BYTES } from '../headers/ethernet';
import type { Dissection } from './dissection';
import { etherTypeName } from './etherTypeNames';
import { linkAddress } from './linkAddress';

/** What the link header leads to: its type and where it begins; undefined when a VLAN tag is cut. */
export interface LinkPayload {
  readonly etherType: number;
  readonly offset: number;
}

const TYPE_AT = ETHERNET_HEADER_BYTES - 2;

/** `aa:… > bb:…, ethertype IPv4 (0x0800), length 74: ` and VLAN tags, as `-e` shows them; with `-q` types by their names alone. */
export function printEthernet(packet: Dissection, length: number): LinkPayload | undefined {
  if (packet.showsLinkLevel) printAddresses(packet);
  let separator = `, length ${length}: `;
  return walkTags(packet, (etherType, tag) => {
    if (!packet.showsLinkLevel) return;
    packet.print(typeText(packet, etherType) + separator + (tag ?? ''));
    separator = ', ';
  });
}

/** The header of a packet that is not read further, where `-e` has not shown it. */
export function printUnreadHeader(packet: Dissection, etherType: number, length: number): void {
  printAddresses(packet);
  packet.print(`${typeText(packet, etherType)}, length ${length}: `);
}

function printAddresses(packet: Dissection): void {
  packet.print(`${linkAddress(packet, 6)} > ${linkAddress(packet, 0)}, `);
}

const directionWords = { in: 'In ', out: 'Out' };

/** `enX0  Out `, and with `-e` what is left of Ethernet's header. */
export function printCooked(packet: Dissection, frame: FrameOrigin, length: number): LinkPayload | undefined {
  packet.print(`${(frame.interfaceName ?? '').padEnd(5)} ${directionWords[frame.direction ?? 'in']} `);
  if (packet.showsLinkLevel) {
    packet.print(`ifindex ${frame.interfaceIndex ?? 0} ${linkAddress(packet, 6)} `);
    const cookedBytes = length - ETHERNET_HEADER_BYTES + SLL2_HEADER_BYTES;
    if (!packet.isQuiet) packet.print(`${typeText(packet, packet.uint16(TYPE_AT))}, length ${cookedBytes}: `);
  }
  return walkTags(packet, (etherType, tag) => {
    if (packet.showsLinkLevel && tag !== undefined) packet.print(tag);
    else if (packet.showsLinkLevel && !packet.isQuiet && packet.uint16(TYPE_AT) !== etherType)
      packet.print(`${typeText(packet, etherType)}, `);
  });
}

const tagTypes: ReadonlySet<number> = new Set([EtherType.vlan, EtherType.providerVlan, 0x9100, 0x9200]);

/** Tells of each type on the way, with the text of its tag when it is a VLAN's. */
function walkTags(
  packet: Dissection,
  onType: (etherType: number, tag: string | undefined) => void,
): LinkPayload | undefined {
  let etherType = packet.uint16(TYPE_AT);
  let offset = ETHERNET_HEADER_BYTES;
  while (tagTypes.has(etherType)) {
    if (!packet.has(offset, VLAN_TAG_BYTES)) {
      packet.protocol = 'vlan';
      packet.printCut();
      return undefined;
    }
    onType(etherType, tagText(packet.uint16(offset)));
    etherType = packet.uint16(offset + 2);
    offset += VLAN_TAG_BYTES;
  }
  onType(etherType, undefined);
  return { etherType, offset };
}

function tagText(control: number): string {
  return `vlan ${control & 0xfff}, p ${control >> 13}${control & 0x1000 ? ', DEI' : ''}, `;
}

function typeText(packet: Dissection, type: number): string {
  const name = etherTypeName(type);
  if (packet.isQuiet) return name ?? `Unknown Ethertype (0x${formatHex16(type)})`;
  return `ethertype ${name ?? 'Unknown'} (0x${formatHex16(type)})`;
}
