/** IPv6 addresses as RFC 5952 writes them, hardware addresses with colons. */
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
