import {
  ascii,
  decimal,
  digitsEnd,
  findText,
  isDigit,
  SPACE,
  skipSpaces,
  spells,
  wordEnd as wordEndAt,
} from './bytesText';
import { type PacketFields, ProtocolIndex } from './packetFields';
import { readQuietTcp, readTcp } from './readTcp';

const FLAGS = ascii('Flags [');
const QUIET_TCP = ascii('tcp ');
const UDP = ascii('UDP, ');
const ICMP = ascii('ICMP ');
const ICMP6 = ascii('ICMP6, ');
const LENGTH = ascii('length ');
const COMMA_LENGTH = ascii(', length ');
const COMMA_LENGTH_COLON = ascii(', length: ');
const DOMAIN_WORD = ascii('domain ');
const DOMAIN_LENGTH = ascii('domain [length ');
const LETTER_I = 0x49;
const LETTER_S = 0x53;
/** What a tunnel carries, and what somebody wrote, is printed behind the protocol's own text. */
const carried = [ascii('IP '), ascii('IP6 '), ascii('SIP: ')];
const CUT_OPEN = 0x5b;
const CUT = ascii('[|');
const CLOSE = ascii('] ');
const CLOSE_PARENTHESIS = 0x29;
const OPEN_PARENTHESIS = 0x28;
const wordEnds: ReadonlySet<number> = new Set(ascii(' ,:([]'));

const cutProtocols: readonly (readonly [Uint8Array, number])[] = [
  [ascii('[|tcp]'), ProtocolIndex.tcp],
  [ascii('[|udp]'), ProtocolIndex.udp],
  [ascii('[|icmp]'), ProtocolIndex.icmp],
  [ascii('[|icmp6]'), ProtocolIndex.icmp6],
  [ascii('[|domain]'), ProtocolIndex.dns],
];

/** Reads what stands behind the addresses of an IP packet: the protocol, its length, and for TCP flags and sequence number. */
export function readContent(bytes: Uint8Array, start: number, end: number, fields: PacketFields): void {
  const at = skipJudgement(bytes, skipSpaces(bytes, start, end), end);
  if (spells(bytes, at, end, FLAGS)) {
    fields.protocol = ProtocolIndex.tcp;
    readTcp(bytes, at + FLAGS.length, end, fields);
  } else if (spells(bytes, at, end, UDP)) {
    fields.protocol = ProtocolIndex.udp;
    readLength(bytes, findText(bytes, at, end, LENGTH), LENGTH.length, end, fields);
  } else if (spells(bytes, at, end, ICMP) || spells(bytes, at, end, ICMP6)) {
    fields.protocol = bytes[at + 4] === SPACE ? ProtocolIndex.icmp : ProtocolIndex.icmp6;
    readLength(bytes, findText(bytes, at, end, COMMA_LENGTH), COMMA_LENGTH.length, end, fields);
  } else if (isDomain(bytes, at, end)) {
    fields.protocol = ProtocolIndex.dns;
    if (spells(bytes, at, end, DOMAIN_LENGTH)) readLength(bytes, at, DOMAIN_LENGTH.length, end, fields);
    else readParenthesised(bytes, end, fields);
  } else if (spells(bytes, at, end, QUIET_TCP)) {
    fields.protocol = ProtocolIndex.tcp;
    readQuietTcp(bytes, at + QUIET_TCP.length, end, fields);
  } else readOther(bytes, at, end, fields);
}

const CHECKSUM = ascii('sum');

/** Behind `[udp sum ok] `, `[bad udp cksum 0x1234 -> 0x5678!] ` and the like, which `-v` puts before UDP and ICMPv6. */
export function skipJudgement(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== CUT_OPEN || spells(bytes, at, end, CUT)) return at;
  const close = findText(bytes, at, end, CLOSE);
  const word = findText(bytes, at, close, CHECKSUM);
  return word < 0 ? at : close + CLOSE.length;
}

/** `11672+ A? …`, `11672 1/0/1 A …`, `11672 NXDomain …`, `domain [length 4 < 12] (invalid)`: an id, then marks or a blank. */
function isDomain(bytes: Uint8Array, at: number, end: number): boolean {
  if (spells(bytes, at, end, DOMAIN_WORD)) return true;
  const next = digitsEnd(bytes, at, end);
  if (next === at || next - at > 5 || next >= end) return false;
  const mark = bytes[next] as number;
  return mark === SPACE || domainMarks.has(mark);
}

/** `+ % * - | $` */
const domainMarks: ReadonlySet<number> = new Set(ascii('+%*-|$'));

/** The number in parentheses that ends a DNS line. */
function readParenthesised(bytes: Uint8Array, end: number, fields: PacketFields): void {
  if (bytes[end - 1] !== CLOSE_PARENTHESIS) return;
  let at = end - 2;
  while (at >= 0 && isDigit(bytes[at])) at--;
  if (at < end - 2 && bytes[at] === OPEN_PARENTHESIS) fields.length = decimal(bytes, at + 1, end - 1);
}

function readLength(bytes: Uint8Array, found: number, skip: number, end: number, fields: PacketFields): void {
  if (found < 0) return;
  const start = found + skip;
  const numberEnd = digitsEnd(bytes, start, end);
  if (numberEnd > start) fields.length = decimal(bytes, start, numberEnd);
}

/** A protocol of which only the word and a printed length are kept: `NTPv4, Client, length 48`. */
function readOther(bytes: Uint8Array, at: number, end: number, fields: PacketFields): void {
  if (bytes[at] === CUT_OPEN) {
    for (const [text, protocol] of cutProtocols) {
      if (spells(bytes, at, end, text)) fields.protocol = protocol;
    }
    if (fields.protocol !== ProtocolIndex.unknown) return;
  }
  readWord(bytes, at, end, fields);
}

/** Takes the word at `at` as the protocol's (without the marks of `[|isakmp]`) and looks for a length. */
export function readWord(bytes: Uint8Array, at: number, end: number, fields: PacketFields): void {
  const wordStart = spells(bytes, at, end, CUT) ? at + CUT.length : at;
  let wordEnd = wordStart;
  while (wordEnd < end && !wordEnds.has(bytes[wordEnd] as number)) wordEnd++;
  fields.protocol = ProtocolIndex.other;
  fields.wordStart = wordStart;
  fields.wordEnd = wordEnd;
  let text = COMMA_LENGTH;
  let found = findText(bytes, at, end, text);
  if (found < 0) {
    text = COMMA_LENGTH_COLON;
    found = findText(bytes, at, end, text);
  }
  if (found >= 0 && !hasCarried(bytes, at, found)) readLength(bytes, found, text.length, end, fields);
}

/** Whether what a protocol prints of itself ends before `end`: a length there is another packet's, or somebody's words. */
function hasCarried(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at = skipSpaces(bytes, wordEndAt(bytes, at, end), end)) {
    const first = bytes[at];
    if ((first === LETTER_I || first === LETTER_S) && carried.some(text => spells(bytes, at, end, text))) return true;
  }
  return false;
}
