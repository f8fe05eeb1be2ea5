import { formatHex, formatHex16 } from '../headers/addressText';
import { IPV6_HEADER_BYTES } from '../headers/ipv6';
import { FRAGMENT_HEADER_BYTES } from '../headers/ipv6Extensions';
import { CutShort, type Dissection } from './dissection';

/** Prints a header of options (RFC 8200 §4.2) and says where it ends; undefined when it is cut. */
export function printHopOptions(packet: Dissection, offset: number, title: string): number | undefined {
  packet.protocol = title === 'HBH ' ? 'hbhopt' : 'dstopt';
  const headerBytes = (packet.uint8(offset + 1) + 1) * 8;
  packet.need(offset, headerBytes);
  packet.print(title);
  if (packet.verbosity > 0) printOptions(packet, offset + 2, offset + headerBytes);
  return offset + headerBytes;
}

const PAD1 = 0;
const PADN = 1;
const ROUTER_ALERT = 5;

function printOptions(packet: Dissection, start: number, end: number): void {
  for (let at = start; at < end; ) {
    const kind = packet.uint8(at);
    const optionBytes = kind === PAD1 ? 1 : at + 1 < end ? packet.uint8(at + 1) + 2 : end;
    if (at + optionBytes > end) throw new CutShort(false);
    packet.print(optionText(packet, kind, at, optionBytes));
    at += optionBytes;
  }
  packet.print(' ');
}

function optionText(packet: Dissection, kind: number, at: number, optionBytes: number): string {
  switch (kind) {
    case PAD1:
      return '(pad1)';
    case PADN:
      return '(padn)';
    case ROUTER_ALERT:
      return optionBytes === 4
        ? `(rtalert: 0x${formatHex16(packet.uint16(at + 2))}) `
        : `(rtalert: invalid len ${optionBytes - 2})`;
    default:
      return `(opt_type 0x${formatHex(Uint8Array.of(kind))}: len=${optionBytes - 2})`;
  }
}

/**
 * Prints a fragment's place in its packet and says where the header ends; undefined for later fragments, which are not read further, and
 * when nothing behind it was captured.
 */
export function printFragment(packet: Dissection, offset: number, ip: number): number | undefined {
  packet.protocol = 'frag6';
  const fragmentOffset = packet.uint16(offset + 2) & 0xfff8;
  const contentBytes = IPV6_HEADER_BYTES + packet.uint16(ip + 4) - (offset + FRAGMENT_HEADER_BYTES - ip);
  const identification =
    packet.verbosity > 0
      ? `0x${packet
          .uint32(offset + 4)
          .toString(16)
          .padStart(8, '0')}:`
      : '';
  packet.print(`frag (${identification}${fragmentOffset}|${contentBytes})`);
  if (fragmentOffset > 0) return undefined;
  packet.print(' ');
  return packet.end <= offset + FRAGMENT_HEADER_BYTES ? undefined : offset + FRAGMENT_HEADER_BYTES;
}
