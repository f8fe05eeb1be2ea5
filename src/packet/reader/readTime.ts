import { COLON, DOT, decimal, digitsEnd, isDigit, SPACE } from './bytesText';
import type { PacketFields } from './packetFields';

const DASH = 0x2d;
const MICROS_PER_SECOND = 1_000_000;

/**
 * Reads the time in any form of `-t` and says where the text after its blank begins: `12:21:53.073990`, `2024-02-17 12:21:53.073990`,
 * `1708172513.073990`, ` 00:00:00.000107`; fractions of six digits or, with `--nano`, nine. `start` when there is none.
 */
export function readTime(bytes: Uint8Array, start: number, end: number, fields: PacketFields): number {
  let at = start;
  if (bytes[at] === SPACE) at++;
  const isNegative = bytes[at] === DASH;
  const timeStart = at;
  if (isNegative) at++;
  const firstEnd = digitsEnd(bytes, at, end);
  const digits = firstEnd - at;
  if (digits === 0) return start;
  let micros: number;
  let next: number;
  if (digits === 2 && bytes[firstEnd] === COLON) {
    next = clockEnd(bytes, at, end);
    if (next < 0) return start;
    micros = clockMicros(bytes, at, next);
  } else if (digits === 4 && bytes[firstEnd] === DASH) {
    next = clockEnd(bytes, at + 11, end);
    if (next < 0 || bytes[at + 7] !== DASH || bytes[at + 10] !== SPACE) return start;
    micros = dayMicros(bytes, at) + clockMicros(bytes, at + 11, next);
  } else {
    next = fractionEnd(bytes, firstEnd, end);
    if (next < 0) return start;
    micros = decimal(bytes, at, firstEnd) * MICROS_PER_SECOND + decimal(bytes, firstEnd + 1, firstEnd + 7);
  }
  if (bytes[next] !== SPACE || next >= end) return start;
  fields.timeStart = timeStart;
  fields.timeEnd = next;
  fields.timeMicros = isNegative ? -micros : micros;
  return next + 1;
}

/** Where `hh:mm:ss.ffffff` from `at` ends, or -1. */
function clockEnd(bytes: Uint8Array, at: number, end: number): number {
  if (at + 8 > end || bytes[at + 2] !== COLON || bytes[at + 5] !== COLON) return -1;
  const hasDigits =
    isDigit(bytes[at]) &&
    isDigit(bytes[at + 1]) &&
    isDigit(bytes[at + 3]) &&
    isDigit(bytes[at + 4]) &&
    isDigit(bytes[at + 6]) &&
    isDigit(bytes[at + 7]);
  return hasDigits ? fractionEnd(bytes, at + 8, end) : -1;
}

/** Where `.ffffff` or `.fffffffff` from `at` ends, or -1. */
function fractionEnd(bytes: Uint8Array, at: number, end: number): number {
  if (at >= end || bytes[at] !== DOT) return -1;
  const next = digitsEnd(bytes, at + 1, end);
  const digits = next - at - 1;
  return digits === 6 || digits === 9 ? next : -1;
}

function clockMicros(bytes: Uint8Array, at: number, end: number): number {
  const seconds =
    decimal(bytes, at, at + 2) * 3600 + decimal(bytes, at + 3, at + 5) * 60 + decimal(bytes, at + 6, at + 8);
  return seconds * MICROS_PER_SECOND + decimal(bytes, at + 9, Math.min(end, at + 15));
}

let lastDate = -1;
let lastDayMicros = 0;

/** Midnight of `yyyy-mm-dd`; lines of one day share the computation. */
function dayMicros(bytes: Uint8Array, at: number): number {
  const year = decimal(bytes, at, at + 4);
  const month = decimal(bytes, at + 5, at + 7);
  const day = decimal(bytes, at + 8, at + 10);
  const date = year * 10_000 + month * 100 + day;
  if (date !== lastDate) {
    lastDate = date;
    lastDayMicros = Date.UTC(year, month - 1, day) * 1000;
  }
  return lastDayMicros;
}
