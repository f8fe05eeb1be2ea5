import type { Dissection } from './dissection';

const END = 0;
const NOP = 1;
const SACK = 5;

/** Names as tcpdump writes them, by option number (IANA "TCP Option Kind Numbers"). */
const names: Readonly<Record<number, string>> = {
  0: 'eol',
  1: 'nop',
  2: 'mss',
  3: 'wscale',
  4: 'sackOK',
  5: 'sack',
  6: 'echo',
  7: 'echoreply',
  8: 'TS',
  11: 'cc',
  12: 'ccnew',
  13: 'ccecho',
  28: 'uto',
  34: 'tfo',
};

/** How far the printing of options has come. */
export interface OptionList {
  /** An option was finished. */
  hasItems: boolean;
}

/**
 * Prints the options in `length` bytes from `offset`, comma between them. False when one contradicts its length; throws CutShort when
 * they were not captured; `list` then tells where.
 */
export function printTcpOptions(
  packet: Dissection,
  offset: number,
  length: number,
  selectiveAckBase: number,
  list: OptionList,
): boolean {
  let at = offset;
  const end = offset + length;
  while (at < end) {
    if (list.hasItems) packet.print(',');
    const number = packet.uint8(at);
    const hasLength = number !== END && number !== NOP;
    const optionBytes = hasLength ? packet.uint8(at + 1) : 1;
    if (hasLength && (optionBytes < 2 || at + optionBytes > end)) return false;
    packet.print(names[number] ?? `unknown-${number}`);
    const room = end - at - 2;
    const read = hasLength ? printOptionData(packet, number, at + 2, optionBytes - 2, room, selectiveAckBase) : -1;
    if (read === undefined) return false;
    if (read + 2 !== optionBytes) packet.print(`[len ${optionBytes}]`);
    at += read + 2;
    list.hasItems = true;
    if (number === END) break;
  }
  return true;
}

/** How many bytes of data the option has by its kind, which need not be what it claims; undefined when there is no room for them. */
function printOptionData(
  packet: Dissection,
  number: number,
  at: number,
  dataBytes: number,
  room: number,
  selectiveAckBase: number,
): number | undefined {
  const fixed = fixedDataBytes[number];
  if (fixed !== undefined) {
    if (fixed > room) return undefined;
    packet.need(at, fixed);
  }
  switch (number) {
    case 2:
      packet.print(` ${packet.uint16(at)}`);
      return 2;
    case 3:
      packet.print(` ${packet.uint8(at)}`);
      return 1;
    case 4:
      return 0;
    case SACK:
      return printSelectiveAcks(packet, at, dataBytes, selectiveAckBase);
    case 8:
      packet.print(` val ${packet.uint32(at)} ecr ${packet.uint32(at + 4)}`);
      return 8;
    case 6:
    case 7:
    case 11:
    case 12:
    case 13:
      packet.print(` ${packet.uint32(at)}`);
      return 4;
    case 28: {
      const timeout = packet.uint16(at);
      packet.print(` 0x${timeout.toString(16)} ${timeout & 1 ? (timeout >> 1) * 60 : timeout >> 1}`);
      return 2;
    }
    case 34:
      printFastOpen(packet, at, dataBytes);
      return dataBytes;
    default:
      if (dataBytes > 0) packet.print(' 0x');
      for (let index = 0; index < dataBytes; index++) packet.print(hex(packet, at + index, 1));
      return dataBytes;
  }
}

const fixedDataBytes: Readonly<Record<number, number>> = { 2: 2, 3: 1, 6: 4, 7: 4, 8: 8, 11: 4, 12: 4, 13: 4, 28: 2 };

function printSelectiveAcks(packet: Dissection, at: number, dataBytes: number, base: number): number {
  if (dataBytes % 8 !== 0) {
    packet.print(' invalid sack');
    return dataBytes;
  }
  packet.print(` ${dataBytes / 8} `);
  for (let offset = at; offset < at + dataBytes; offset += 8) {
    packet.need(offset, 8);
    const left = (packet.uint32(offset) - base) >>> 0;
    const right = (packet.uint32(offset + 4) - base) >>> 0;
    packet.print(`{${left}:${right}}`);
  }
  return dataBytes;
}

/** TCP Fast Open, RFC 7413 §4.1.1. */
function printFastOpen(packet: Dissection, at: number, dataBytes: number): void {
  packet.need(at, dataBytes);
  if (dataBytes === 0) packet.print('  cookiereq');
  else if (dataBytes % 2 !== 0 || dataBytes < 4 || dataBytes > 16) packet.print('  (invalid)');
  else packet.print(`  cookie ${hex(packet, at, dataBytes)}`);
}

function hex(packet: Dissection, at: number, length: number): string {
  packet.need(at, length);
  return Array.from(packet.bytes.subarray(at, at + length), byte => byte.toString(16).padStart(2, '0')).join('');
}
