import { readUint16, writeUint32 } from './bytes';

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

/** Sum of the pseudo header that TCP (RFC 9293 §3.1) and UDP (RFC 768) put in front of themselves. */
export function pseudoHeaderSum(source: number, destination: number, protocol: number, length: number): number {
  const addresses = new Uint8Array(8);
  writeUint32(addresses, 0, source);
  writeUint32(addresses, 4, destination);
  return sumWords(addresses, protocol + length);
}
