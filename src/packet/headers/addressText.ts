/** IPv6 addresses as RFC 5952 writes them, hardware addresses with colons. */
import { parseIpv4 } from '../../core/ipv4';
import { readUint16 } from './bytes';

/** RFC 5952 §4: lower case, no leading zeros, the longest run of two or more zero groups as `::`, the first one in a tie. */
export function formatIpv6(bytes: Uint8Array, offset = 0): string {
  const groups = Array.from({ length: 8 }, (_, index) => readUint16(bytes, offset + index * 2));
  let bestStart = -1;
  let bestLength = 1;
  for (let start = 0; start < 8; start++) {
    let end = start;
    while (end < 8 && groups[end] === 0) end++;
    if (end - start > bestLength) {
      bestStart = start;
      bestLength = end - start;
    }
  }
  const text = (from: number, to: number) =>
    groups
      .slice(from, to)
      .map(group => group.toString(16))
      .join(':');
  return bestStart < 0 ? text(0, 8) : `${text(0, bestStart)}::${text(bestStart + bestLength, 8)}`;
}

/** Sixteen bytes for IPv6 text, which may end in a dotted IPv4 address; undefined for other text. */
export function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const before = ipv6Groups(halves[0] as string, halves.length === 1);
  const after = halves.length === 2 ? ipv6Groups(halves[1] as string, true) : [];
  if (!before || !after) return undefined;
  const missing = 8 - before.length - after.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const bytes = new Uint8Array(16);
  [...before, ...Array<number>(missing).fill(0), ...after].forEach((group, index) => {
    bytes[index * 2] = group >> 8;
    bytes[index * 2 + 1] = group & 255;
  });
  return bytes;
}

function ipv6Groups(text: string, isEnd: boolean): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const dotted = isEnd && index === parts.length - 1 ? parseIpv4(part) : undefined;
    if (dotted !== undefined) groups.push(dotted >>> 16, dotted & 0xffff);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

/** `02:0a:…` for six bytes. */
export function formatMac(bytes: Uint8Array, offset = 0): string {
  return Array.from(bytes.subarray(offset, offset + 6), byte => byte.toString(16).padStart(2, '0')).join(':');
}

/** Six bytes for `02:0a:…`; one digit a part is allowed. Undefined for other text. */
export function parseMac(text: string): Uint8Array | undefined {
  if (!/^[0-9a-fA-F]{1,2}(?::[0-9a-fA-F]{1,2}){5}$/.test(text)) return undefined;
  return Uint8Array.from(text.split(':'), part => Number.parseInt(part, 16));
}

/** Two lower-case hexadecimal digits a byte. */
export function formatHex(bytes: Uint8Array): string {
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('');
}

/** Four lower-case hexadecimal digits. */
export const formatHex16 = (number: number): string => number.toString(16).padStart(4, '0');
