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
  const questions = packet.uint16(message + 4);
  const answers = packet.uint16(message + 6);
  if (questions !== 1) packet.print(` [${questions}q]`);
  let at = message + HEADER_BYTES;
  for (let index = 0; index < questions; index++) {
    if (index > 0) packet.print(',');
    const next = skipDomainName(packet, at);
    if (next === undefined) return false;
    at = next + 4;
  }
  packet.print(` ${answers}/${packet.uint16(message + 8)}/${packet.uint16(message + 10)}`);
  for (let index = 0; index < answers; index++) {
    if (index > 0) {
      if (at >= packet.end) return false;
      packet.print(',');
    }
    const next = printRecord(packet, at, message);
    if (next === undefined) return false;
    at = next;
  }
  return true;
}

function printQuery(packet: Dissection, message: number): boolean {
  const flags = packet.uint16(message + 2);
  const operation = (flags >> 11) & 15;
  packet.print(
    `${packet.uint16(message)}${operations[operation]}${flags & 0x100 ? '+' : ''}${flags & 0x10 ? '%' : ''}`,
  );
  if (flags & 0x6cf) packet.print(` [b2&3=0x${flags.toString(16)}]`);
  const [questions, answers, authorities, additionals] = [4, 6, 8, 10].map(field => packet.uint16(message + field)) as [
    number,
    number,
    number,
    number,
  ];
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
  return true;
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
  const fields = skipDomainName(packet, at);
  if (fields === undefined || !packet.has(fields, 10)) return packet.end;
  const type = packet.uint16(fields);
  if (type !== OPT) printClass(packet, packet.uint16(fields + 2));
  packet.print(` ${typeName(type)}`);
  const data = fields + 10;
  const end = data + packet.uint16(fields + 8);
  if (end > packet.end) return undefined;
  return printRecordData(packet, type, data, end, message) ? end : undefined;
}

const OPT = 41;

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
