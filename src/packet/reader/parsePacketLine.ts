import { ascii, asciiText, digitsEnd, findText, spells } from './bytesText';
import { type NetworkLayer, readLinkHeader, skipInterface } from './linkPrefix';
import { type PacketFields, ProtocolIndex } from './packetFields';
import { readArp } from './readArp';
import { readContent, readWord } from './readContent';
import { readEndpoints } from './readEndpoints';
import { type PortHabit, readNames } from './readNames';
import { readTime } from './readTime';

const IP = ascii('IP ');
const IP6 = ascii('IP6 ');
const ARP = ascii('ARP, ');
const TRUNCATED = ascii('truncated-ip');
const MISSING = ascii(' bytes missing! ');
const LETTER_I = 0x49;

/**
 * Reads one line of tcpdump's text into `fields`: any form of time, `-n` or names, `-q`, `-e`, `-i any`. False for lines that are no
 * packets (or the second lines of packets). A packet that is not understood further is `other`, with the word printed and its text.
 */
export function parsePacketLine(bytes: Uint8Array, start: number, end: number, fields: PacketFields): boolean {
  fields.reset(start);
  const at = readTime(bytes, start, end, fields);
  if (bytes[at] === LETTER_I && spells(bytes, at, end, IP)) return readIp(bytes, at + IP.length, end, false, fields);
  if (spells(bytes, at, end, IP6)) return readIp(bytes, at + IP6.length, end, true, fields);
  if (spells(bytes, at, end, ARP)) return readArp(bytes, at + ARP.length, end, fields);
  return readPrefixed(bytes, at, end, fields);
}

/** Lines that begin with an interface's name, a link header, or the word of another protocol. */
function readPrefixed(bytes: Uint8Array, start: number, end: number, fields: PacketFields): boolean {
  const at = skipInterface(bytes, start, end);
  const header = readLinkHeader(bytes, at, end);
  if (header) return readLayer(bytes, header.next, end, header.layer, header.word, fields);
  if (at !== start) {
    if (spells(bytes, at, end, IP)) return readIp(bytes, at + IP.length, end, false, fields);
    if (spells(bytes, at, end, IP6)) return readIp(bytes, at + IP6.length, end, true, fields);
    if (spells(bytes, at, end, ARP)) return readArp(bytes, at + ARP.length, end, fields);
  }
  if (!fields.hasTime || at >= end) return false;
  readWord(bytes, at, end, fields);
  fields.infoStart = afterWord(bytes, fields.wordEnd, end);
  return fields.wordEnd > fields.wordStart;
}

function readLayer(
  bytes: Uint8Array,
  at: number,
  end: number,
  layer: NetworkLayer,
  word: string,
  fields: PacketFields,
): boolean {
  switch (layer) {
    case 'ip':
      return readIp(bytes, at, end, false, fields);
    case 'ip6':
      return readIp(bytes, at, end, true, fields);
    case 'arp':
      return readArp(bytes, at, end, fields);
    case 'other': {
      const found = asciiText(bytes, fields.timeEnd, at).lastIndexOf(word);
      readWord(bytes, at, end, fields);
      fields.wordStart = fields.timeEnd + Math.max(0, found);
      fields.wordEnd = fields.wordStart + word.length;
      fields.infoStart = at;
      return true;
    }
  }
}

function readIp(bytes: Uint8Array, start: number, end: number, isIpv6: boolean, fields: PacketFields): boolean {
  const at = skipTruncation(bytes, start, end);
  const rest = readEndpoints(bytes, at, end, isIpv6, fields);
  if (rest < 0) return readOddIp(bytes, start, isIpv6, fields);
  fields.infoStart = rest;
  readContent(bytes, rest, end, fields);
  if (!fields.isSourceKnown || !fields.isDestinationKnown) {
    readNames(bytes, fields, portHabit(fields.protocol, bytes[rest]), fields.protocol === ProtocolIndex.tcp, isIpv6);
  }
  if (fields.isSourceKnown && fields.isDestinationKnown) fields.family = 4;
  else if (isIpv6) fields.family = 6;
  return true;
}

/** `bad-len 0` and the like: an IP packet without addresses. With `-e` no word stands before it. */
function readOddIp(bytes: Uint8Array, at: number, isIpv6: boolean, fields: PacketFields): boolean {
  const word = isIpv6 ? IP6 : IP;
  const hasWord = spells(bytes, at - word.length, at, word);
  fields.protocol = hasWord ? ProtocolIndex.other : ProtocolIndex.unknown;
  fields.wordStart = at - word.length;
  fields.wordEnd = at - 1;
  fields.infoStart = at;
  return fields.hasTime;
}

/** `truncated-ip - 36 bytes missing! ` stands before the addresses of a packet that is longer than its frame. */
function skipTruncation(bytes: Uint8Array, at: number, end: number): number {
  if (!spells(bytes, at, end, TRUNCATED)) return at;
  const digits = at + TRUNCATED.length + 3;
  const next = digitsEnd(bytes, digits, end);
  return findText(bytes, next, next + MISSING.length, MISSING) === next ? next + MISSING.length : at;
}

/** TCP, UDP and DNS lines always show ports, unless the header was cut before them (`[|tcp]`). */
function portHabit(protocol: number, first: number | undefined): PortHabit {
  switch (protocol) {
    case ProtocolIndex.icmp:
    case ProtocolIndex.icmp6:
      return 'never';
    case ProtocolIndex.tcp:
    case ProtocolIndex.udp:
    case ProtocolIndex.dns:
      return first === 0x5b || first === 0x20 ? 'ifKnown' : 'always';
    default:
      return 'ifKnown';
  }
}

/** Behind the word and one comma or colon and blanks. */
function afterWord(bytes: Uint8Array, wordEnd: number, end: number): number {
  let at = wordEnd;
  while (at < end && (bytes[at] === 0x2c || bytes[at] === 0x3a || bytes[at] === 0x20)) at++;
  return at;
}
