import type { Dissection } from './dissection';

const END = 0;
const NOP = 1;
const TIMESTAMP = 68;

/** RFC 791 §3.1, RFC 1393, RFC 2113. */
const names: Readonly<Record<number, string>> = {
  [END]: 'EOL',
  [NOP]: 'NOP',
  7: 'RR',
  [TIMESTAMP]: 'timestamp',
  82: 'traceroute',
  130: 'security',
  131: 'LSRR',
  137: 'SSRR',
  148: 'RA',
};

/** Prints `, options (…)` for `length` bytes at `offset`; false when an option was not captured whole. */
export function printIpv4Options(packet: Dissection, offset: number, length: number): boolean {
  packet.print(', options (');
  const isWhole = printList(packet, offset, length);
  if (!isWhole) packet.print(' [truncated-option]');
  packet.print(')');
  return isWhole;
}

function printList(packet: Dissection, offset: number, length: number): boolean {
  const end = offset + length;
  for (let at = offset, separator = ''; at < end; separator = ',') {
    const kind = packet.uint8(at);
    packet.print(`${separator}${names[kind] ?? `unknown ${kind}`}`);
    const optionBytes = kind === END || kind === NOP ? 1 : packet.uint8(at + 1);
    if ((optionBytes < 2 && kind !== END && kind !== NOP) || at + optionBytes > end) {
      packet.print(` [bad length ${optionBytes}]`);
      return true;
    }
    if (!packet.has(at, optionBytes)) return false;
    if (kind === END) return true;
    printData(packet, kind, at, optionBytes);
    at += optionBytes;
  }
  return true;
}

function printData(packet: Dissection, kind: number, at: number, optionBytes: number): void {
  switch (kind) {
    case TIMESTAMP:
      printTimestamps(packet, at, optionBytes);
      break;
    case 7:
    case 131:
    case 137:
      printRoute(packet, at, optionBytes);
      break;
    case 148: {
      if (optionBytes < 4) packet.print(` [bad length ${optionBytes}]`);
      else if (packet.uint16(at + 2) !== 0) packet.print(` value ${packet.uint16(at + 2)}`);
    }
  }
}

function printRoute(packet: Dissection, at: number, optionBytes: number): void {
  if (optionBytes < 3 || (optionBytes + 1) % 4 !== 0) packet.print(` [bad length ${optionBytes}]`);
  if (optionBytes < 3) return;
  const pointer = packet.uint8(at + 2) - 1;
  if (pointer < 3 || (pointer + 1) % 4 !== 0 || pointer > optionBytes + 1) packet.print(` [bad ptr ${pointer + 1}]`);
  for (let next = 3; next < optionBytes; next += 4) {
    packet.print(` ${packet.host(at + next)}${pointer > next ? ',' : ''}`);
  }
}

const stampForms = ['TSONLY', 'TS+ADDR', undefined, 'PRESPEC'];

function printTimestamps(packet: Dissection, at: number, optionBytes: number): void {
  if (optionBytes < 4) {
    packet.print(`[bad length ${optionBytes}]`);
    return;
  }
  packet.print(' TS{');
  const flags = packet.uint8(at + 3);
  const hopBytes = (flags & 15) === 0 ? 4 : 8;
  if ((optionBytes - 4) % hopBytes !== 0) packet.print(`[bad length ${optionBytes}]`);
  const pointer = packet.uint8(at + 2) - 1;
  if (pointer < 4 || (pointer - 4) % hopBytes !== 0 || pointer > optionBytes + 1)
    packet.print(`[bad ptr ${pointer + 1}]`);
  const form = stampForms[flags & 15];
  packet.print(form ?? `[bad ts type ${flags & 15}]`);
  let next = form === undefined ? 0 : 4;
  for (; form !== undefined && next < optionBytes; next += hopBytes) {
    packet.print(pointer === next ? ' ^ ' : ' ');
    packet.print(`${packet.uint32(at + next + hopBytes - 4)}@${hopBytes === 8 ? packet.host(at + next) : ''}`);
  }
  if (pointer === next) packet.print(' ^ ');
  packet.print(flags >> 4 ? ` [${flags >> 4} hops not recorded]} ` : '}');
}
