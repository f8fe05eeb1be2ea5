import { ascii, asciiText, digitsEnd, SPACE, skipSpaces, spells, wordEnd } from './bytesText';
import { type NetworkLayer, readLinkHeader, readQuietCooked, skipInterface } from './linkPrefix';
import { type PacketFields, ProtocolIndex } from './packetFields';
import { readArp } from './readArp';
import { readContent, readWord, skipJudgement } from './readContent';
import { readEndpoints } from './readEndpoints';
import { type PortHabit, readNames } from './readNames';
import { readTime } from './readTime';
import { readPorts, skipAuthentication, skipDetails, skipExtensions } from './verboseHeaders';

const IP = ascii('IP ');
const IP6 = ascii('IP6 ');
const ARP = ascii('ARP, ');
const TRUNCATED = ascii('truncated-ip');
const MISSING = ascii(' bytes missing!');
const LETTER_I = 0x49;
/** `--number` prints the packet's number at least so wide. */
const NUMBER_BYTES = 5;

/**
 * Reads one line of tcpdump's text into `fields`: any form of time, `-n` or names, `-q`, `-e`, `-i any`. False for lines that are no
 * packets (or the second lines of packets). A packet that is not understood further is `other`, with the word printed and its text.
 */
export function parsePacketLine(bytes: Uint8Array, start: number, end: number, fields: PacketFields): boolean {
  fields.reset(start);
  const at = readStart(bytes, start, end, fields);
  if (bytes[at] === LETTER_I && spells(bytes, at, end, IP)) return readIp(bytes, at + IP.length, end, false, fields);
  if (spells(bytes, at, end, IP6)) return readIp(bytes, at + IP6.length, end, true, fields);
  if (spells(bytes, at, end, ARP)) return readArp(bytes, at + ARP.length, end, fields);
  return readPrefixed(bytes, at, end, fields);
}

/** Behind the time, and behind the packet's number if `--number` printed one: `    1  12:21:53.073990 IP …`. */
function readStart(bytes: Uint8Array, start: number, end: number, fields: PacketFields): number {
  const at = readTime(bytes, start, end, fields);
  if (at !== start) return at;
  const digits = skipSpaces(bytes, start, end);
  const next = digitsEnd(bytes, digits, end);
  const isNumber = next > digits && next - start >= NUMBER_BYTES && bytes[next] === SPACE && bytes[next + 1] === SPACE;
  return isNumber && next + 2 < end ? readTime(bytes, next + 2, end, fields) : start;
}

/** Lines that begin with an interface's name, a link header, or the word of another protocol. */
function readPrefixed(bytes: Uint8Array, start: number, end: number, fields: PacketFields): boolean {
  const at = skipInterface(bytes, start, end);
  if (at !== start) {
    if (spells(bytes, at, end, IP)) return readIp(bytes, at + IP.length, end, false, fields);
    if (spells(bytes, at, end, IP6)) return readIp(bytes, at + IP6.length, end, true, fields);
    if (spells(bytes, at, end, ARP)) return readArp(bytes, at + ARP.length, end, fields);
  }
  const header = (at === start ? undefined : readQuietCooked(bytes, at, end)) ?? readLinkHeader(bytes, at, end);
  if (header) return readLayer(bytes, header.next, end, header.layer, header.word, fields);
  if (!fields.hasTime || at >= end) return false;
  readWord(bytes, skipSpaces(bytes, at, end), end, fields);
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
      readWord(bytes, at, end, fields);
      nameAfter(bytes, at, word, fields);
      fields.infoStart = at;
      return true;
    }
  }
}

function readIp(bytes: Uint8Array, start: number, end: number, isIpv6: boolean, fields: PacketFields): boolean {
  const at = skipDetails(bytes, skipTruncation(bytes, start, end), end);
  if (at >= end && !isIpv6 && at > start) {
    fields.continues = true;
    return readOddIp(bytes, start, isIpv6, fields) || !fields.hasTime;
  }
  const rest = readEndpoints(bytes, at, end, isIpv6, fields);
  if (rest < 0) return readOddIp(bytes, start, isIpv6, fields);
  fields.infoStart = rest;
  const behind = skipAuthentication(bytes, isIpv6 ? skipExtensions(bytes, rest, end) : rest, end);
  const ports = behind === rest ? undefined : readPorts(bytes, behind, end);
  readContent(bytes, ports?.next ?? behind, end, fields);
  if (fields.protocol === ProtocolIndex.other && !startsWithLetter(bytes, fields))
    nameLayer(bytes, start, isIpv6, fields);
  if (!fields.isSourceKnown || !fields.isDestinationKnown) {
    const habit = behind === rest ? portHabit(fields.protocol, bytes[skipJudgement(bytes, rest, end)]) : 'never';
    readNames(bytes, fields, habit, fields.protocol === ProtocolIndex.tcp, isIpv6);
  }
  if (ports) {
    fields.sourcePort = ports.source;
    fields.destinationPort = ports.destination;
  }
  if (fields.isSourceKnown && fields.isDestinationKnown) fields.family = 4;
  else if (isIpv6) fields.family = 6;
  return true;
}

/** `bad-len 0` and the like, or addresses that were cut: an IP packet without addresses. */
function readOddIp(bytes: Uint8Array, at: number, isIpv6: boolean, fields: PacketFields): boolean {
  fields.forgetEndpoints(at);
  nameLayer(bytes, at, isIpv6, fields);
  fields.infoStart = at;
  return fields.hasTime;
}

/** What has no word of its own is called by the one in front: `IP` or, in a link header, `IPv4`. */
function nameLayer(bytes: Uint8Array, at: number, isIpv6: boolean, fields: PacketFields): void {
  const plain = isIpv6 ? 'IP6' : 'IP';
  const isPlain = spells(bytes, at - plain.length - 1, at, isIpv6 ? IP6 : IP);
  nameAfter(bytes, at, isPlain ? plain : isIpv6 ? 'IPv6' : 'IPv4', fields);
}

/** The protocol is called by the last such word before `at`; `-q -e` on `any` prints none. */
function nameAfter(bytes: Uint8Array, at: number, word: string, fields: PacketFields): void {
  const found = asciiText(bytes, fields.timeEnd, at).lastIndexOf(word);
  fields.protocol = found < 0 ? ProtocolIndex.unknown : ProtocolIndex.other;
  fields.wordStart = fields.timeEnd + Math.max(0, found);
  fields.wordEnd = fields.wordStart + word.length;
}

function startsWithLetter(bytes: Uint8Array, { wordStart, wordEnd }: PacketFields): boolean {
  const letter = (bytes[wordStart] as number) | 0x20;
  return wordEnd > wordStart && letter >= 0x61 && letter <= 0x7a;
}

/** `truncated-ip - 36 bytes missing! `, or `truncated-ip6 - 36 bytes missing!`, begins a packet that is longer than its frame. */
function skipTruncation(bytes: Uint8Array, at: number, end: number): number {
  if (!spells(bytes, at, end, TRUNCATED)) return at;
  const digits = wordEnd(bytes, at, end) + 3;
  const next = digitsEnd(bytes, digits, end);
  return spells(bytes, next, end, MISSING) ? skipSpaces(bytes, next + MISSING.length, end) : at;
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
