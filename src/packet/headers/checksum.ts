import { readUint16 } from './bytes';

/** Sum of 16-bit words for {@link finishChecksum}; an odd last byte counts as the high half of a word (RFC 1071 §4.1). */
export function sumWords(bytes: Uint8Array, start = 0): number {
  let sum = start;
  for (let offset = 0; offset < bytes.length; offset += 2) sum += readUint16(bytes, offset);
  return sum;
}

/** Folds the carries in and inverts: the Internet checksum of RFC 1071. */
export function finishChecksum(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded & 0xffff) + Math.floor(folded / 0x10000);
  return ~folded & 0xffff;
}

/**
 * Sum of the pseudo header that TCP (RFC 9293 §3.1), UDP (RFC 768) and ICMPv6 (RFC 4443 §2.3) put in front of themselves, over the bytes of
 * two addresses of one family. Its fields add up alike in both families (RFC 8200 §8.1).
 */
export function pseudoHeaderSum(
  source: Uint8Array,
  destination: Uint8Array,
  protocol: number,
  lengthBytes: number,
): number {
  return sumWords(source, sumWords(destination, protocol + (lengthBytes >>> 16) + (lengthBytes & 0xffff)));
}
