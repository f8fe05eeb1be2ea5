import { COLON, DOT, SPACE } from './bytesText';
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
  let at = start;
  while (at < end && bytes[at] !== SPACE) at++;
  if (at === start || at + 3 >= end || bytes[at + 1] !== GREATER || bytes[at + 2] !== SPACE) return -1;
  const sourceEnd = at;
  const destinationStart = at + 3;
  at = destinationStart;
  while (at < end && bytes[at] !== SPACE && !(bytes[at] === COLON && (at + 1 === end || bytes[at + 1] === SPACE))) at++;
  if (at === end || at === destinationStart || bytes[at] === SPACE) return -1;
  fields.sourceStart = start;
  fields.sourceEnd = sourceEnd;
  fields.sourcePortEnd = sourceEnd;
  fields.destinationStart = destinationStart;
  fields.destinationEnd = at;
  fields.destinationPortEnd = at;
  if (!isIpv6) readDigits(bytes, fields);
  return at + 1 < end ? at + 2 : at + 1;
}

/** What {@link readDotted} saw besides the address: the port or -1, and where the address ends. */
let dottedPort = -1;
let dottedEnd = 0;

function readDigits(bytes: Uint8Array, fields: PacketFields): void {
  const source = readDotted(bytes, fields.sourceStart, fields.sourceEnd);
  if (source >= 0) {
    fields.isSourceKnown = true;
    fields.source = source;
    fields.sourceEnd = dottedEnd;
    if (dottedPort >= 0) fields.sourcePort = dottedPort;
  }
  const destination = readDotted(bytes, fields.destinationStart, fields.destinationEnd);
  if (destination >= 0) {
    fields.isDestinationKnown = true;
    fields.destination = destination;
    fields.destinationEnd = dottedEnd;
    if (dottedPort >= 0) fields.destinationPort = dottedPort;
  }
}

/** The address in `a.b.c.d` or `a.b.c.d.port`, or -1 for any other text. */
function readDotted(bytes: Uint8Array, start: number, end: number): number {
  let address = 0;
  let part = 0;
  let digits = 0;
  let parts = 0;
  dottedPort = -1;
  dottedEnd = end;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte >= 0x30 && byte <= 0x39) {
      part = part * 10 + byte - 0x30;
      if (++digits > 5) return -1;
    } else if (byte === DOT && digits > 0 && part <= 255 && parts < 4) {
      address = address * 256 + part;
      parts++;
      part = 0;
      digits = 0;
      if (parts === 4) dottedEnd = at;
    } else return -1;
  }
  if (digits === 0) return -1;
  if (parts === 3) return part <= 255 ? address * 256 + part : -1;
  if (parts !== 4 || part > 65_535) return -1;
  dottedPort = part;
  return address;
}
