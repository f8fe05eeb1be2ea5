import { ascii, COMMA, decimal, digitsEnd, findText, isDigit, spells } from './bytesText';
import type { PacketFields } from './packetFields';

const CLOSE = 0x5d;
const SEQ = ascii(' seq ');
const LENGTH = ascii(' length ');
const OPTIONS = ascii(' options [');
const OPTIONS_END = ascii('], length ');

/** Bit of each flag's letter, as `Flags [S.]` prints them; 0 for other letters. */
const bitOfLetter = new Uint8Array(256);
for (const [letter, bit] of Object.entries({ F: 1, S: 2, R: 4, P: 8, '.': 16, U: 32, E: 64, W: 128 })) {
  bitOfLetter[letter.charCodeAt(0)] = bit;
}

/**
 * Reads `Flags [P.], seq 1:518, ack 1, win 491, options […], length 517`; `at` is behind the opening bracket. Items are walked in their
 * order, so that a payload that is printed behind the length cannot pass for it.
 */
export function readTcp(bytes: Uint8Array, start: number, end: number, fields: PacketFields): void {
  let at = start;
  let flags = 0;
  while (at < end && bytes[at] !== CLOSE) flags |= bitOfLetter[bytes[at++] as number] as number;
  // `none` holds no letter of a flag.
  fields.tcpFlags = flags;
  at++;
  while (at < end && bytes[at] === COMMA) {
    at++;
    const letter = bytes[at + 1];
    if (letter === 0x73 && spells(bytes, at, end, SEQ)) {
      const numberEnd = digitsEnd(bytes, at + 5, end);
      fields.sequence = decimal(bytes, at + 5, numberEnd) >>> 0;
      at = numberEnd;
    } else if (letter === 0x6c && spells(bytes, at, end, LENGTH)) {
      const numberEnd = digitsEnd(bytes, at + 8, end);
      if (numberEnd > at + 8) fields.length = decimal(bytes, at + 8, numberEnd);
      return;
    } else if (letter === 0x6f && spells(bytes, at, end, OPTIONS)) {
      const close = findText(bytes, at + 10, end, OPTIONS_END);
      if (close < 0) return;
      at = close + 1;
      continue;
    }
    while (at < end && bytes[at] !== COMMA) at++;
  }
}

/** Reads `tcp 517` of `-q`; `at` is behind the blank. */
export function readQuietTcp(bytes: Uint8Array, at: number, end: number, fields: PacketFields): void {
  if (!isDigit(bytes[at])) return;
  fields.length = decimal(bytes, at, digitsEnd(bytes, at, end)) >>> 0;
}
