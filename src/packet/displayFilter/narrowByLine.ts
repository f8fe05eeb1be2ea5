/** Questions that only the line can answer. */
import { containsIpv6, type Ipv6Range, parseIpv6 } from '../../core/ipv6';
import { formatIpv6 } from '../headers/addressText';
import { ABSENT_PORT, type PacketColumns } from '../packetColumns';
import type { DisplaySide } from './displayTerm';
import type { Narrow } from './narrowRows';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** ASCII's capitals as small letters, other bytes as they are. */
const small = Uint8Array.from({ length: 256 }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code));

/**
 * The text stands in the line, ASCII letters of either case. Runs of rows that are still wanted are searched as one block of bytes by
 * Horspool's method (R. N. Horspool, "Practical fast searching in strings", 1980), so that a row without a hit costs nothing of its own.
 */
export function narrowByText(text: string, invert: number): Narrow {
  const needle = encoder.encode(text).map(code => small[code] as number);
  const find = findBytes(needle);
  const hit = 1 ^ invert;
  return ({ text: bytes, lineEnd }, from, to, keep) => {
    const startOf = (row: number) => (row === 0 ? 0 : (lineEnd[row - 1] as number));
    for (let row = from; row < to; ) {
      const runStart = row;
      while (row < to && keep[row - from] === 1) row++;
      if (row === runStart) {
        row++;
        continue;
      }
      keep.fill(invert, runStart - from, row - from);
      let at = startOf(runStart);
      let within = runStart;
      while (within < row) {
        at = find(bytes, at, lineEnd[row - 1] as number);
        if (at < 0) break;
        while ((lineEnd[within] as number) <= at && within < row - 1) within++;
        if (at + needle.length <= (lineEnd[within] as number)) keep[within - from] = hit;
        // The next line begins here; a hit across the border is none.
        at = at + needle.length <= (lineEnd[within] as number) ? (lineEnd[within++] as number) : at + 1;
      }
    }
  };
}

/** Searches `bytes` from `start` to `end`; gives the place, or -1. */
function findBytes(needle: Uint8Array): (bytes: Uint8Array, start: number, end: number) => number {
  const length = needle.length;
  const last = length - 1;
  const shifts = new Int32Array(256).fill(length);
  for (let index = 0; index < last; index++) shifts[needle[index] as number] = last - index;
  for (let code = 65; code <= 90; code++) shifts[code] = shifts[code + 32] as number;
  return (bytes, start, end) => {
    for (let at = start; at + length <= end; at += shifts[bytes[at + last] as number] as number) {
      let index = last;
      while (index >= 0 && small[bytes[at + index] as number] === needle[index]) index--;
      if (index < 0) return at;
    }
    return -1;
  };
}

/** IPv6 addresses stand in the line only: `IP6 fd00::1.443 > fd00::2.1024: `, in the form of RFC 5952. */
export function narrowByAddress6(
  range: Ipv6Range,
  port: number | undefined,
  side: DisplaySide,
  invert: number,
): Narrow {
  const only = range.prefixLength === 128 ? formatIpv6(range.first) : undefined;
  const lies = (address: string) => {
    if (only !== undefined) return address === only;
    const bytes = parseIpv6(address);
    return bytes !== undefined && containsIpv6(range, bytes);
  };
  const isThere = (printed: string, itsPort: number) =>
    (port === undefined || port === itsPort) &&
    lies(itsPort === ABSENT_PORT ? printed : printed.slice(0, printed.lastIndexOf('.')));
  return (columns, from, to, keep) => {
    for (let row = from, at = 0; row < to; row++, at++) {
      if (keep[at] === 0) continue;
      const [source, destination] = columns.family[row] === 6 ? placesAt(columns, row) : ['', ''];
      const isHit =
        (side !== 'destination' && isThere(source, columns.sourcePort[row] as number)) ||
        (side !== 'source' && isThere(destination, columns.destinationPort[row] as number));
      keep[at] = Number(isHit) ^ invert;
    }
  };
}

/** Both places as printed, each with its port if it has one. */
function placesAt({ text, lineEnd, infoStart }: PacketColumns, row: number): readonly [string, string] {
  const start = row === 0 ? 0 : (lineEnd[row - 1] as number);
  const head = decoder.decode(text.subarray(start, start + (infoStart[row] as number)));
  const [, source = '', destination = ''] = /(\S+) > (\S+): ?$/.exec(head) ?? [];
  return [source, destination];
}
