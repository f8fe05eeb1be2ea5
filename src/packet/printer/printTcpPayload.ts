import type { Dissection } from './dissection';
import { printDomainOverTcp } from './printDomain';

interface TextProtocol {
  readonly name: string;
  /** Words that begin a request; undefined: every payload is a line worth printing. */
  readonly requests: ReadonlySet<string> | undefined;
}

const http: TextProtocol = {
  name: 'http',
  requests: new Set(
    (
      'GET PUT COPY HEAD LOCK MOVE POLL POST BCOPY BMOVE MKCOL TRACE LABEL MERGE DELETE SEARCH UNLOCK REPORT UPDATE NOTIFY BDELETE ' +
      'CONNECT OPTIONS CHECKIN PROPFIND CHECKOUT CCM_POST SUBSCRIBE PROPPATCH BPROPFIND BPROPPATCH UNCHECKOUT MKACTIVITY ' +
      'MKWORKSPACE UNSUBSCRIBE RPC_CONNECT VERSION-CONTROL BASELINE-CONTROL'
    ).split(' '),
  ),
};
const ftp: TextProtocol = { name: 'ftp', requests: undefined };
const smtp: TextProtocol = { name: 'smtp', requests: undefined };
const whois: TextProtocol = { name: 'whois', requests: undefined };

const protocolOfPort: ReadonlyMap<number, TextProtocol> = new Map([
  [25, smtp],
  [43, whois],
  [21, ftp],
  [80, http],
  [8080, http],
]);

const DOMAIN = 53;
const SSH = 22;

/** What tcpdump adds after the length, by port. */
export function printTcpPayload(
  packet: Dissection,
  offset: number,
  length: number,
  portA: number,
  portB: number,
): void {
  packet.need(offset, 0);
  const protocol = protocolOfPort.get(portA) ?? protocolOfPort.get(portB);
  if (protocol) printTextLine(packet, offset, length, protocol);
  else if (portA === SSH || portB === SSH) printSshBanner(packet, offset, length);
  else if (portA === DOMAIN || portB === DOMAIN) printDomainOverTcp(packet, offset, length);
}

function printTextLine(packet: Dissection, offset: number, length: number, { name, requests }: TextProtocol): void {
  packet.protocol = name;
  packet.print(': ');
  const isShown = !requests || opensRequestOrResponse(packet, offset, length, requests);
  packet.print(name.toUpperCase());
  if (!isShown) return;
  if (packet.verbosity === 0) printTextLineAt(packet, offset, offset + length, ': ');
  else printAllLines(packet, offset, length);
}

/** With `-v`, every line up to the first that is not printable text. */
function printAllLines(packet: Dissection, offset: number, length: number): void {
  packet.print(`, length: ${length}`);
  const end = offset + length;
  for (let at: number | undefined = offset; at !== undefined && at < end; )
    at = printTextLineAt(packet, at, end, '\n\t');
}

/** A request begins with one of the words, a response has three digits as its second token. */
function opensRequestOrResponse(
  packet: Dissection,
  offset: number,
  length: number,
  requests: ReadonlySet<string>,
): boolean {
  const first = readToken(packet, offset, offset + length);
  if (!first) return false;
  if (requests.has(first.token.toUpperCase())) return true;
  const second = readToken(packet, first.next, offset + length);
  return second !== undefined && /^\d{3}$/.test(second.token);
}

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACES = [0x20, TAB, CR, LF];
const MAX_TOKEN_BYTES = 127;

/** A run of printable octets up to a blank, and where the next one begins; undefined when there is none or it has no end. */
function readToken(
  packet: Dissection,
  start: number,
  end: number,
): { readonly token: string; readonly next: number } | undefined {
  let at = start;
  let token = '';
  for (; at < end; at++) {
    if (!packet.has(at, 1)) return undefined;
    const octet = packet.uint8(at);
    if (SPACES.includes(octet)) break;
    if (octet < 0x20 || octet > 0x7e || token.length === MAX_TOKEN_BYTES) return undefined;
    token += String.fromCharCode(octet);
  }
  if (token === '') return undefined;
  while (at < end && packet.has(at, 1) && SPACES.includes(packet.uint8(at))) at++;
  return { token, next: at };
}

/**
 * Prints a line when it is printable text and says where the next one begins; nothing and undefined when it is not. A line without its end
 * is marked as cut.
 */
function printTextLineAt(packet: Dissection, start: number, end: number, prefix: string): number | undefined {
  let line = '';
  for (let at = start; at < end; at++) {
    const octet = packet.uint8(at);
    const lineEnd =
      octet === LF ? at + 1 : octet === CR && at + 1 < end && packet.uint8(at + 1) === LF ? at + 2 : undefined;
    if (lineEnd !== undefined) {
      packet.print(prefix + line);
      return lineEnd;
    }
    if ((octet < 0x20 && octet !== TAB) || octet > 0x7e) return undefined;
    line += String.fromCharCode(octet);
  }
  packet.print(prefix + line);
  packet.printCut();
  return undefined;
}

/** The version exchange of RFC 4253 §4.2; later packets are binary and print nothing. */
function printSshBanner(packet: Dissection, offset: number, length: number): void {
  packet.protocol = 'ssh';
  let line = '';
  for (let at = offset; at < offset + length; at++) {
    const octet = packet.uint8(at);
    if (octet === LF || (octet === CR && at + 1 < offset + length && packet.uint8(at + 1) === LF)) {
      packet.print(`: SSH: ${line}`);
      return;
    }
    if (octet < 0x20 || octet > 0x7e) return;
    line += String.fromCharCode(octet);
  }
}
