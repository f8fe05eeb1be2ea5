import { ascii, COLON, COMMA, decimal, digitsEnd, findText, isDigit, spells } from './bytesText';
import type { PacketFields } from './packetFields';

const CLOSE = 0x5d;
const CHECKSUM = ascii(', cksum 0x');
const CLOSE_PARENTHESIS = ascii(')');
const SEQUENCE = ascii(', seq ');
const LENGTH = ascii(', length ');
const OPTIONS = ascii(', options [');
const OPTIONS_END = ascii('], length ');

/** Bit of each flag's letter, as `Flags [S.]` prints them; 0 for other letters. */
const bitOfLetter = new Uint8Array(256);
for (const [letter, bit] of Object.entries({ F: 1, S: 2, R: 4, P: 8, '.': 16, U: 32, E: 64, W: 128 })) {
  bitOfLetter[letter.charCodeAt(0)] = bit;
}

/**
 * Reads `Flags [P.], seq 1:518, ack 1, win 491, options […], length 517`; `at` is behind the opening bracket. The length is the width of
 * the sequence numbers, so that a line that ends with it need not be walked; others are, item by item, so that a payload that is printed
 * behind the length cannot pass for it. Where options that tcpdump does not understand end the line early, the width alone is left.
 */
export function readTcp(bytes: Uint8Array, start: number, end: number, fields: PacketFields): void {
  let at = start;
  let flags = 0;
  // `none` holds no letter of a flag.
  while (at < end && bytes[at] !== CLOSE) flags |= bitOfLetter[bytes[at++] as number] as number;
  fields.tcpFlags = flags;
  at = skipChecksum(bytes, at + 1, end);
  let width = 0;
  let hasWidth = false;
  if (spells(bytes, at, end, SEQUENCE)) {
    const first = at + SEQUENCE.length;
    at = digitsEnd(bytes, first, end);
    const sequence = decimal(bytes, first, at);
    fields.sequence = sequence;
    if (bytes[at] === COLON) {
      const second = at + 1;
      at = digitsEnd(bytes, second, end);
      hasWidth = at > second && at < end;
      width = (decimal(bytes, second, at) - sequence) >>> 0;
    }
  }
  if (endsWithLength(bytes, at, end, width)) fields.length = width;
  else if (!walkToLength(bytes, at, end, fields) && hasWidth) fields.length = width;
}

/** Behind `, cksum 0x4ff0 (correct)`, which `-v` shows. */
function skipChecksum(bytes: Uint8Array, at: number, end: number): number {
  if (!spells(bytes, at, end, CHECKSUM)) return at;
  const close = findText(bytes, at, end, CLOSE_PARENTHESIS);
  return close < 0 ? at : close + 1;
}

/** Whether the line's last words are `length` and the number. */
function endsWithLength(bytes: Uint8Array, from: number, end: number, length: number): boolean {
  let at = end - 1;
  let rest = length;
  do {
    if (at <= from || bytes[at] !== 0x30 + (rest % 10)) return false;
    rest = Math.floor(rest / 10);
    at--;
  } while (rest > 0);
  return at - LENGTH.length >= from && spells(bytes, at + 1 - LENGTH.length, end, LENGTH);
}

/** Whether a length was found. */
function walkToLength(bytes: Uint8Array, start: number, end: number, fields: PacketFields): boolean {
  let at = start;
  while (at < end && bytes[at] === COMMA) {
    if (spells(bytes, at, end, LENGTH)) {
      const numberEnd = digitsEnd(bytes, at + LENGTH.length, end);
      if (numberEnd === at + LENGTH.length) return false;
      fields.length = decimal(bytes, at + LENGTH.length, numberEnd);
      return true;
    }
    if (spells(bytes, at, end, OPTIONS)) {
      at = findText(bytes, at + OPTIONS.length, end, OPTIONS_END) + 1;
      if (at === 0) return false;
      continue;
    }
    at++;
    while (at < end && bytes[at] !== COMMA) at++;
  }
  return false;
}

/** Reads `tcp 517` of `-q`; `at` is behind the blank. */
export function readQuietTcp(bytes: Uint8Array, at: number, end: number, fields: PacketFields): void {
  if (!isDigit(bytes[at])) return;
  fields.length = decimal(bytes, at, digitsEnd(bytes, at, end)) >>> 0;
}
