/** Looking at ASCII text in bytes without making strings. */

export const SPACE = 0x20;
export const DOT = 0x2e;
export const COLON = 0x3a;
export const COMMA = 0x2c;

export const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Whether the bytes from `at` spell `text`, which is ASCII. */
export function spells(bytes: Uint8Array, at: number, end: number, text: Uint8Array): boolean {
  if (at + text.length > end) return false;
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text[index]) return false;
  return true;
}

/** Where `text` begins at or after `from`, or -1. */
export function findText(bytes: Uint8Array, from: number, end: number, text: Uint8Array): number {
  const first = text[0] as number;
  for (let at = from; at + text.length <= end; at++) {
    if (bytes[at] === first && spells(bytes, at, end, text)) return at;
  }
  return -1;
}

/** Where the next space at or after `from` is, or `end`. */
export function wordEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] !== SPACE) at++;
  return at;
}

export function skipSpaces(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && bytes[at] === SPACE) at++;
  return at;
}

export function digitsEnd(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && isDigit(bytes[at])) at++;
  return at;
}

/** The decimal number from `start` to `end`, all digits. Past 2^53 it loses digits. */
export function decimal(bytes: Uint8Array, start: number, end: number): number {
  let value = 0;
  for (let at = start; at < end; at++) value = value * 10 + (bytes[at] as number) - 0x30;
  return value;
}

/** So many arguments a call can have on any engine. */
const MAX_CHARACTERS = 4096;

/** Latin-1 text of the bytes: each byte one character, nothing lost. */
export function asciiText(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += MAX_CHARACTERS) {
    const codes: ArrayLike<number> = bytes.subarray(at, Math.min(end, at + MAX_CHARACTERS));
    text += String.fromCharCode.apply(undefined, codes as number[]);
  }
  return text;
}

/** The same bytes as a plain array. Node's `Buffer` makes views slowly, and reading is faster where it meets one kind of array only. */
export function plainBytes(bytes: Uint8Array): Uint8Array {
  return bytes.constructor === Uint8Array ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

export const ascii = (text: string): Uint8Array => Uint8Array.from(text, character => character.charCodeAt(0));
