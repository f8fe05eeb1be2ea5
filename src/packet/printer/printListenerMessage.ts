/** Multicast listener discovery: RFC 2710, and version 2, RFC 3810. */
import type { Dissection } from './dissection';

const MESSAGE_BYTES = 24;
const QUERY2_BYTES = 28;
const QUERY = 130;
const REPORT2 = 143;

const recordTypes = [undefined, 'is_in', 'is_ex', 'to_in', 'to_ex', 'allow', 'block'];

/** Prints the details of the message of `length` bytes at `offset`. */
export function printListenerMessage(packet: Dissection, offset: number, length: number, type: number): void {
  if (type === REPORT2) printReport2(packet, offset, length);
  else if (type !== QUERY || length === MESSAGE_BYTES) printMessage(packet, offset);
  else if (length >= QUERY2_BYTES) printQuery2(packet, offset, length);
  else packet.print(` unknown-version (len ${length}) `);
}

function printMessage(packet: Dissection, offset: number): void {
  if (!packet.has(offset, MESSAGE_BYTES)) return;
  packet.print(`max resp delay: ${packet.uint16(offset + 4)} addr: ${packet.host6(offset + 8)}`);
}

function printReport2(packet: Dissection, offset: number, length: number): void {
  if (length < 8) {
    packet.print(` [invalid len ${length}]`);
    return;
  }
  const records = packet.uint16(offset + 6);
  packet.print(`, ${records} group record(s)`);
  if (packet.verbosity === 0) return;
  let at = 8;
  for (let index = 0; index < records; index++) {
    if (length < at + 20) {
      packet.print(' [invalid number of groups]');
      return;
    }
    const next = printRecord(packet, offset + at, length - at);
    if (next === undefined) return;
    at += next;
  }
}

/** How long the record is; undefined when it claims more sources than the message has. */
function printRecord(packet: Dissection, at: number, room: number): number | undefined {
  const type = packet.uint8(at);
  packet.print(` [gaddr ${packet.host6(at + 4)} ${recordTypes[type] ?? ` [v2-report-#${type}]`}`);
  const sources = packet.uint16(at + 2);
  if (room < 20 + sources * 16) {
    packet.print(` [invalid number of sources ${sources}]`);
    return undefined;
  }
  printSources(packet, at + 20, sources);
  packet.print(']');
  return 20 + sources * 16;
}

function printSources(packet: Dissection, at: number, sources: number): void {
  if (packet.verbosity < 2) {
    packet.print(`, ${sources} source(s)`);
    return;
  }
  packet.print(' {');
  for (let index = 0; index < sources; index++) packet.print(` ${packet.host6(at + index * 16)}`);
  packet.print(' }');
}

/** A number with a mantissa from `bits` on (RFC 3810 §5.1.3, §5.1.9). */
function scaled(number: number, bits: number): number {
  const mantissaBits = bits - 4;
  if (number < 1 << (bits - 1)) return number;
  const mantissa = (number & ((1 << mantissaBits) - 1)) | (1 << mantissaBits);
  return mantissa << (((number >> mantissaBits) & 7) + 3);
}

function printQuery2(packet: Dissection, offset: number, length: number): void {
  packet.print(' v2');
  const isVerbose = packet.verbosity > 0;
  if (isVerbose) packet.print(` [max resp delay=${scaled(packet.uint16(offset + 4), 16)}]`);
  packet.print(` [gaddr ${packet.host6(offset + 8)}`);
  if (isVerbose) {
    const flags = packet.uint8(offset + 24);
    packet.print(`${flags & 8 ? ' sflag' : ''}${flags & 7 ? ` robustness=${flags & 7}` : ''}`);
    packet.print(` qqi=${scaled(packet.uint8(offset + 25), 8)}`);
  }
  const sources = packet.uint16(offset + 26);
  if (sources > 0 && length < QUERY2_BYTES + sources * 16) packet.print(` [invalid number of sources ${sources}]`);
  else if (sources > 0) printSources(packet, offset + QUERY2_BYTES, sources);
  packet.print(']');
}
