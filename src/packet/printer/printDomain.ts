import type { Dissection } from './dissection';
import { printDomainName, skipDomainName } from './printDomainName';
import { visible } from './visible';

const HEADER_BYTES = 12;
const INVERSE_QUERY = 1;

const operations =
  ', inv_q, stat, op3, notify, update, op6, op7, op8, updateA, updateD, updateDA, updateM, updateMA, zoneInit, zoneRef'.split(
    ',',
  );

const responseCodes =
  ', FormErr, ServFail, NXDomain, NotImp, Refused, YXDomain, YXRRSet, NXRRSet, NotAuth, NotZone, Resp11, Resp12, Resp13, Resp14, NoChange'.split(
    ',',
  );

/** Names of record types as tcpdump 4.99.3 prints them. */
const typeNames = new Map<number, string>(
  (
    '1 A,2 NS,3 MD,4 MF,5 CNAME,6 SOA,7 MB,8 MG,9 MR,10 NULL,11 WKS,12 PTR,13 HINFO,14 MINFO,15 MX,16 TXT,17 RP,18 AFSDB,19 X25,20 ISDN,' +
    '21 RT,22 NSAP,23 NSAP_PTR,24 SIG,25 KEY,26 PX,27 GPOS,28 AAAA,29 LOC,30 NXT,31 EID,32 NIMLOC,33 SRV,34 ATMA,35 NAPTR,36 KX,37 CERT,' +
    '38 A6,39 DNAME,40 SINK,41 OPT,42 APL,43 DS,44 SSHFP,45 IPSECKEY,46 RRSIG,47 NSEC,48 DNSKEY,99 SPF,100 UINFO,101 UID,102 GID,' +
    '103 UNSPEC,104 UNSPECA,249 TKEY,250 TSIG,251 IXFR,252 AXFR,253 MAILB,254 MAILA,255 ANY,256 URI'
  )
    .split(',')
    .map(entry => [Number(entry.split(' ')[0]), entry.split(' ')[1] as string]),
);

const classNames = new Map([
  [3, 'CHAOS'],
  [4, 'HS'],
  [255, 'ANY'],
]);

/** DNS over TCP: two bytes of length first (RFC 1035 §4.2.2). */
export function printDomainOverTcp(packet: Dissection, offset: number, length: number): void {
  packet.protocol = 'domain';
  if (length < 2) {
    packet.print(` [DNS over TCP: length ${length} < 2] (invalid)`);
    return;
  }
  const claimed = packet.uint16(offset);
  if (claimed !== length - 2) {
    packet.print(` [prefix length(${claimed}) != length(${length - 2})] (invalid)`);
    return;
  }
  packet.print(' ');
  printDomain(packet, offset + 2, length - 2);
}

/** tcpdump's text for the DNS message of `length` bytes at `offset`. */
export function printDomain(packet: Dissection, offset: number, length: number): void {
  packet.protocol = 'domain';
  if (length < HEADER_BYTES) {
    packet.print(`domain [length ${length} < ${HEADER_BYTES}] (invalid)`);
    return;
  }
  packet.need(offset, HEADER_BYTES);
  const isDone = packet.uint16(offset + 2) & 0x8000 ? printResponse(packet, offset) : printQuery(packet, offset);
  if (isDone) packet.print(` (${length})`);
  else packet.printCut();
}

function printResponse(packet: Dissection, message: number): boolean {
  const flags = packet.uint16(message + 2);
  packet.print(`${packet.uint16(message)}${operations[(flags >> 11) & 15]}${responseCodes[flags & 15]}`);
  packet.print(
    `${flags & 0x400 ? '*' : ''}${flags & 0x80 ? '' : '-'}${flags & 0x200 ? '|' : ''}${flags & 0x20 ? '$' : ''}`,
  );
  const [questions, answers, authorities, additionals] = countsOf(packet, message);
  if (questions !== 1) packet.print(` [${questions}q]`);
  let at: number | undefined = message + HEADER_BYTES;
  for (let index = 0; index < questions; index++) {
    if (index > 0) packet.print(',');
    at = skipOrPrintQuestion(packet, at, message);
    if (at === undefined) return false;
  }
  packet.print(` ${answers}/${authorities}/${additionals}`);
  at = printRecords(packet, at, message, answers, '');
  if (packet.verbosity < 2) return at !== undefined;
  return printLaterSections(packet, at, message, authorities, additionals);
}

/** The questions of a response are shown with `-vv`. */
function skipOrPrintQuestion(packet: Dissection, at: number, message: number): number | undefined {
  if (packet.verbosity < 2) {
    const next = skipDomainName(packet, at);
    return next === undefined ? undefined : next + 4;
  }
  packet.print(' q:');
  return printQuestion(packet, at, message);
}

/** With `-vv` the records behind the answers; false when they are cut. */
function printLaterSections(
  packet: Dissection,
  start: number | undefined,
  message: number,
  authorities: number,
  additionals: number,
): boolean {
  const at = start === undefined ? undefined : printSection(packet, start, message, authorities, ' ns:');
  return at !== undefined && printSection(packet, at, message, additionals, ' ar:') !== undefined;
}

/** A section that begins past the captured bytes is cut, if it has records. */
function printSection(
  packet: Dissection,
  at: number,
  message: number,
  count: number,
  title: string,
): number | undefined {
  if (count > 0 && at >= packet.end) return undefined;
  return printRecords(packet, at, message, count, title);
}

/** Prints so many records, comma between them, and says where the next thing begins; undefined when they are cut. */
function printRecords(
  packet: Dissection,
  start: number,
  message: number,
  count: number,
  title: string,
): number | undefined {
  if (count > 0) packet.print(title);
  let at = start;
  for (let index = 0; index < count; index++) {
    if (index > 0) {
      if (at >= packet.end) return undefined;
      packet.print(',');
    }
    const next = printRecord(packet, at, message);
    if (next === undefined) return undefined;
    at = next;
  }
  return at;
}

/** Questions, answers, authorities, additionals. */
function countsOf(packet: Dissection, message: number): readonly [number, number, number, number] {
  return [4, 6, 8, 10].map(field => packet.uint16(message + field)) as [number, number, number, number];
}

function printQuery(packet: Dissection, message: number): boolean {
  const flags = packet.uint16(message + 2);
  const operation = (flags >> 11) & 15;
  packet.print(
    `${packet.uint16(message)}${operations[operation]}${flags & 0x100 ? '+' : ''}${flags & 0x10 ? '%' : ''}`,
  );
  if (flags & 0x6cf) packet.print(` [b2&3=0x${flags.toString(16)}]`);
  const [questions, answers, authorities, additionals] = countsOf(packet, message);
  if (operation === INVERSE_QUERY) {
    if (questions) packet.print(` [${questions}q]`);
    if (answers !== 1) packet.print(` [${answers}a]`);
  } else {
    if (answers) packet.print(` [${answers}a]`);
    if (questions !== 1) packet.print(` [${questions}q]`);
  }
  if (authorities) packet.print(` [${authorities}n]`);
  if (additionals) packet.print(` [${additionals}au]`);
  let at = message + HEADER_BYTES;
  for (let index = 0; index < questions; index++) {
    if (index > 0 && at >= packet.end) return false;
    const next = printQuestion(packet, at, message);
    if (next === undefined) return false;
    at = next;
  }
  if (packet.verbosity < 2) return true;
  const next = printRecords(packet, at, message, answers, '');
  return printLaterSections(packet, next, message, authorities, additionals);
}

function printQuestion(packet: Dissection, at: number, message: number): number | undefined {
  const fields = skipDomainName(packet, at);
  if (fields === undefined || !packet.has(fields, 4)) return undefined;
  packet.print(` ${typeName(packet.uint16(fields))}`);
  printClass(packet, packet.uint16(fields + 2));
  packet.print('? ');
  const end = printDomainName(packet, at, message);
  return end === undefined ? undefined : end + 4;
}

function printClass(packet: Dissection, number: number): void {
  if (number !== 1) packet.print(` ${classNames.get(number) ?? `(Class ${number})`}`);
}

const typeName = (number: number) => typeNames.get(number) ?? `Type${number}`;

/** Where the next record begins; undefined when this one is cut. */
function printRecord(packet: Dissection, at: number, message: number): number | undefined {
  const fields = packet.verbosity > 0 ? printOwner(packet, at, message) : (skipDomainName(packet, at) ?? packet.end);
  if (fields === undefined) return undefined;
  if (!packet.has(fields, 10)) return packet.end;
  const type = packet.uint16(fields);
  if (type !== OPT) printClass(packet, packet.uint16(fields + 2));
  if (type !== OPT && packet.verbosity > 2) packet.print(` [${relativeSeconds(packet.uint32(fields + 4))}]`);
  packet.print(` ${typeName(type)}`);
  const data = fields + 10;
  const end = data + packet.uint16(fields + 8);
  if (end > packet.end) return undefined;
  return printRecordData(packet, type, data, end, message) ? end : undefined;
}

/** The name that a record is about, which `-v` shows. */
function printOwner(packet: Dissection, at: number, message: number): number | undefined {
  packet.print(' ');
  return printDomainName(packet, at, message);
}

const durations: readonly (readonly [string, number])[] = [
  ['w', 604_800],
  ['d', 86_400],
  ['h', 3600],
  ['m', 60],
  ['s', 1],
];

/** `1h30m` for 5400 seconds. */
function relativeSeconds(seconds: number): string {
  let rest = seconds;
  const parts = durations.map(([unit, size]) => {
    const count = Math.floor(rest / size);
    rest %= size;
    return count > 0 ? `${count}${unit}` : '';
  });
  return parts.join('') || '0s';
}

const OPT = 41;
const SOA = 6;

function printRecordData(packet: Dissection, type: number, data: number, end: number, message: number): boolean {
  const printName = (offset: number) => printDomainName(packet, offset, message) !== undefined;
  switch (type) {
    case 1:
      if (!packet.has(data, 4)) return false;
      packet.print(` ${packet.ipv4(data)}`);
      return true;
    case 2:
    case 5:
    case 12:
    case 39:
      packet.print(' ');
      return printName(data);
    case SOA:
      return packet.verbosity === 0 || printAuthority(packet, data, message);
    case 15:
      packet.print(' ');
      if (!packet.has(data, 2) || !printName(data + 2)) return false;
      packet.print(` ${packet.uint16(data)}`);
      return true;
    case 16:
      return printStrings(packet, data, end);
    case 28:
      if (!packet.has(data, 16)) return false;
      packet.print(` ${packet.ipv6(data)}`);
      return true;
    case 33:
      packet.print(' ');
      if (!packet.has(data, 6) || !printName(data + 6)) return false;
      packet.print(`:${packet.uint16(data + 4)} ${packet.uint16(data)} ${packet.uint16(data + 2)}`);
      return true;
    case OPT:
      packet.print(` UDPsize=${packet.uint16(data - 8)}`);
      if (packet.uint16(data - 4) & 0x8000) packet.print(' DO');
      return true;
    default:
      return true;
  }
}

/** Both names, then serial, refresh, retry, expire and minimum. */
function printAuthority(packet: Dissection, data: number, message: number): boolean {
  packet.print(' ');
  const second = printDomainName(packet, data, message);
  if (second === undefined) return false;
  packet.print(' ');
  const numbers = printDomainName(packet, second, message);
  if (numbers === undefined || !packet.has(numbers, 20)) return false;
  for (let at = numbers; at < numbers + 20; at += 4) packet.print(` ${packet.uint32(at)}`);
  return true;
}

function printStrings(packet: Dissection, data: number, end: number): boolean {
  let at = data;
  while (at < end) {
    packet.print(' "');
    if (at >= packet.end) return false;
    const length = packet.uint8(at);
    for (let index = 1; index <= length && at + index < packet.end; index++)
      packet.print(visible(packet.uint8(at + index)));
    packet.print('"');
    at += 1 + length;
  }
  return true;
}
