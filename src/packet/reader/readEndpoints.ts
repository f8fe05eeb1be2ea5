import { COLON, DOT, SPACE, wordEnd } from './bytesText';
import type { PacketFields } from './packetFields';

const GREATER = 0x3e;

/**
 * Reads `source > destination:` and says where the text after it begins (one blank skipped), or -1 when that is not what stands there.
 * Addresses and ports in digits are read here; what is written in names waits for `readNames`, which needs the protocol.
 */
export function readEndpoints(
  bytes: Uint8Array,
  start: number,
  end: number,
  isIpv6: boolean,
  fields: PacketFields,
): number {
  const sourceEnd = isIpv6 ? -1 : readDotted(bytes, start, end);
  const gap = sourceEnd < 0 || bytes[sourceEnd] !== SPACE ? wordEnd(bytes, start, end) : sourceEnd;
  if (gap === start || gap + 3 >= end || bytes[gap + 1] !== GREATER || bytes[gap + 2] !== SPACE) return -1;
  fields.sourceStart = start;
  fields.sourceEnd = gap;
  fields.sourcePortEnd = gap;
  if (gap === sourceEnd) {
    fields.isSourceKnown = true;
    fields.source = dotted[ADDRESS] as number;
    fields.sourcePort = dotted[PORT] as number;
    fields.sourceEnd = dotted[ADDRESS_END] as number;
  }
  return readDestination(bytes, gap + 3, end, isIpv6, fields);
}

function readDestination(bytes: Uint8Array, start: number, end: number, isIpv6: boolean, fields: PacketFields): number {
  let at = isIpv6 ? -1 : readDotted(bytes, start, end);
  const isDotted = at >= 0 && isColonHere(bytes, at, end);
  if (!isDotted) {
    at = start;
    while (at < end && bytes[at] !== SPACE && !isColonHere(bytes, at, end)) at++;
    if (at === end || at === start || bytes[at] === SPACE) return -1;
  }
  fields.destinationStart = start;
  fields.destinationEnd = at;
  fields.destinationPortEnd = at;
  if (isDotted) {
    fields.isDestinationKnown = true;
    fields.destination = dotted[ADDRESS] as number;
    fields.destinationPort = dotted[PORT] as number;
    fields.destinationEnd = dotted[ADDRESS_END] as number;
  }
  return at + 1 < end ? at + 2 : at + 1;
}

/** The colon that ends the addresses is followed by a blank or the line's end; those inside an IPv6 address are not. */
function isColonHere(bytes: Uint8Array, at: number, end: number): boolean {
  return bytes[at] === COLON && (at + 1 >= end || bytes[at + 1] === SPACE);
}

/** What {@link readDotted} saw: the address, its port (0 without one), and where the address ends. */
const dotted = new Uint32Array(3);
const ADDRESS = 0;
const PORT = 1;
const ADDRESS_END = 2;

/** Reads `a.b.c.d` or `a.b.c.d.port` into `dotted` and says where it ends, at the first other octet; -1 for any other text. */
function readDotted(bytes: Uint8Array, start: number, end: number): number {
  let address = 0;
  let part = 0;
  let digits = 0;
  let parts = 0;
  let at = start;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte >= 0x30 && byte <= 0x39) {
      part = part * 10 + byte - 0x30;
      if (++digits > 5) return -1;
    } else if (byte === DOT) {
      if (digits === 0 || part > 255 || parts === 4) return -1;
      address = (address << 8) | part;
      parts++;
      part = 0;
      digits = 0;
      if (parts === 4) dotted[ADDRESS_END] = at;
    } else break;
  }
  if (digits === 0) return -1;
  if (parts === 3 && part <= 255) {
    dotted[ADDRESS] = (address << 8) | part;
    dotted[PORT] = 0;
    dotted[ADDRESS_END] = at;
    return at;
  }
  if (parts !== 4 || part > 65_535) return -1;
  dotted[ADDRESS] = address;
  dotted[PORT] = part;
  return at;
}
