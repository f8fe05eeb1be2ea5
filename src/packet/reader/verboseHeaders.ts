/** What `-v` puts in front of the addresses, and what stands between them and the content of an IPv6 packet. */
import { servicePort } from '../serviceNames';
import { ascii, asciiText, skipSpaces, spells, wordEnd } from './bytesText';

const OPEN_PARENTHESIS = 0x28;
const CLOSE_PARENTHESIS = 0x29;

/** Behind `(tos 0x0, ttl 64, …, length 60)` or `(hlim 64, …)` and a blank; `at` when no such parenthesis opens and closes here. */
export function skipDetails(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== OPEN_PARENTHESIS) return at;
  let depth = 0;
  for (let next = at; next < end; next++) {
    if (bytes[next] === OPEN_PARENTHESIS) depth++;
    else if (bytes[next] === CLOSE_PARENTHESIS && --depth === 0) return skipSpaces(bytes, next + 1, end);
  }
  return at;
}

const titles = [ascii('HBH '), ascii('DSTOPT '), ascii('RT6 '), ascii('frag ')];
const AUTHENTICATION = ascii('AH');
const COLON_SPACE = ascii(': ');

/** Behind the extension headers' texts, `HBH (rtalert: 0x0000) (padn) `, `frag (0|32) `. */
export function skipExtensions(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  for (let title = titleAt(bytes, at, end); title > 0; title = titleAt(bytes, at, end)) {
    at += title;
    let next = skipDetails(bytes, at, end);
    while (next !== at) {
      at = next;
      next = skipDetails(bytes, at, end);
    }
  }
  return at;
}

/** Behind `AH(spi=0x00000001,seq=0x1,icv=0x…): `, whose content follows; `at` when it is not there. */
export function skipAuthentication(bytes: Uint8Array, at: number, end: number): number {
  if (!spells(bytes, at, end, AUTHENTICATION)) return at;
  const close = skipDetails(bytes, at + AUTHENTICATION.length, end);
  return spells(bytes, close, end, COLON_SPACE) ? close + COLON_SPACE.length : at;
}

const titleAt = (bytes: Uint8Array, at: number, end: number) =>
  titles.find(title => spells(bytes, at, end, title))?.length ?? 0;

const PORTS = /^(\S+) > (\S+): /;
const PORTS_BYTES = 80;

/** Behind extension headers the ports stand alone, `5000 > 6000: `; undefined when there are none. `next` is where the text after them begins. */
export function readPorts(
  bytes: Uint8Array,
  at: number,
  end: number,
): { readonly source: number; readonly destination: number; readonly next: number } | undefined {
  if (bytes[wordEnd(bytes, at, end) + 1] !== GREATER) return undefined;
  const found = PORTS.exec(asciiText(bytes, at, Math.min(end, at + PORTS_BYTES)));
  if (!found) return undefined;
  return { source: portOf(found[1] as string), destination: portOf(found[2] as string), next: at + found[0].length };
}

const GREATER = 0x3e;

const portOf = (text: string) => (/^\d{1,5}$/.test(text) ? Number(text) : (servicePort(text, 'tcp') ?? 0));
