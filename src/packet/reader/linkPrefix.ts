import { ascii, asciiText, digitsEnd, findText, skipSpaces, spells, wordEnd } from './bytesText';

export type NetworkLayer = 'ip' | 'ip6' | 'arp' | 'other';

const LENGTH = ascii(', length ');
const VLAN = ascii('vlan ');
const ETHERTYPE = ascii('ethertype ');
/** The longest `ifindex … (oui …) `. */
const COOKED_BYTES = 80;
/** More than the tags of any frame that is seen. */
const VLAN_BYTES = 400;
const COLON_SPACE = ascii(': ');
const directions: ReadonlySet<string> = new Set(['In', 'Out', 'B', 'M', 'P']);

/** Where the packet begins behind `enX0  Out ` (or `Out ` alone, as older tcpdumps print) of `-i any`; `at` when there is no such prefix. */
export function skipInterface(bytes: Uint8Array, at: number, end: number): number {
  const first = skipSpaces(bytes, at, end);
  const firstEnd = wordEnd(bytes, first, end);
  const second = skipSpaces(bytes, firstEnd, end);
  const secondEnd = wordEnd(bytes, second, end);
  if (secondEnd - second <= 3 && directions.has(asciiText(bytes, second, secondEnd)))
    return skipSpaces(bytes, secondEnd, end);
  if (firstEnd - first <= 3 && directions.has(asciiText(bytes, first, firstEnd))) return second;
  return at;
}

export interface LinkHeader {
  /** Where the packet begins. */
  readonly next: number;
  readonly layer: NetworkLayer;
  /** The type as printed. */
  readonly word: string;
}

const MAC_START = /^(?:(?:[0-9a-f]{2}:){5}[0-9a-f]{2}|Broadcast) /;
/** Interfaces without hardware addresses show none. */
const COOKED_START = /^ifindex \d+ (?:(?:[0-9a-f]{2}:){5}[0-9a-f]{2} (?:\(oui [^)]*\) )?)?/;
/** Links without a header of their own: raw IP (a tunnel), and BSD's loopback. */
const RAW_START = ascii('ip: ');
const LOOPBACK_START = /^AF (IPv[46]) \(\d+\), length \d+: /;

/**
 * The link header of `-e`: `aa:… > bb:…, ethertype IPv4 (0x0800), length 74: ` or, on `any`, `ifindex 2 aa:… ethertype IPv4 (0x0800), length 80: `;
 * with `-q` the type's word alone, on `any` not even that. Undefined when the text is something else.
 */
export function readLinkHeader(bytes: Uint8Array, at: number, end: number): LinkHeader | undefined {
  const cooked = COOKED_START.exec(asciiText(bytes, at, Math.min(end, at + COOKED_BYTES)))?.[0].length;
  if (cooked !== undefined && !spells(bytes, at + cooked, end, ETHERTYPE)) return untyped(bytes, at + cooked, end);
  if (spells(bytes, at, end, RAW_START)) return untyped(bytes, at + RAW_START.length, end);
  const loopback = LOOPBACK_START.exec(asciiText(bytes, at, Math.min(end, at + COOKED_BYTES)));
  if (loopback) return typed(at + loopback[0].length, loopback[1] as string);
  const length = findText(bytes, at, end, LENGTH);
  if (length < 0) return undefined;
  const header = asciiText(bytes, at, length);
  if (cooked === undefined && !spells(bytes, at, end, ETHERTYPE) && !MAC_START.test(header)) return undefined;
  let next = digitsEnd(bytes, length + LENGTH.length, end);
  if (!spells(bytes, next, end, COLON_SPACE)) return undefined;
  next += COLON_SPACE.length;
  const word = lastType(header);
  if (!spells(bytes, next, end, VLAN)) return typed(next, word);
  return insideVlan(bytes, next, end);
}

/** Before Linux cooked v2, `-q` left out everything but the sender's hardware address, where there is one. */
const COOKED_BEFORE =
  /^(?:(?:[0-9a-f]{2}:){5}[0-9a-f]{2} (?:\(oui [^)]*\) )?)?(?=Request |Reply |Ethernet |\(|truncated-ip|[0-9a-f.:]+ > )/;

/** The link header of `-e -q` on `any` behind ` In `, as it was before Linux cooked v2; undefined when the text is something else. */
export function readQuietCooked(bytes: Uint8Array, at: number, end: number): LinkHeader | undefined {
  const found = COOKED_BEFORE.exec(asciiText(bytes, at, Math.min(end, at + 2 * COOKED_BYTES)));
  return found ? untyped(bytes, at + found[0].length, end) : undefined;
}

/** What begins ARP's text, with `-v` too. */
const ARP_START = /^(?:Request|Reply|Ethernet) /;
/** What begins the text of IPv6: its addresses, or what `-v` puts in front. */
const IPV6_START = /^(?:truncated-ip6 |\((?:class|flowlabel|hlim) |[0-9a-f:]*:)/;

/** Without its type, the packet tells by itself what it is. */
function untyped(bytes: Uint8Array, next: number, end: number): LinkHeader {
  const text = asciiText(bytes, next, Math.min(end, next + COOKED_BYTES));
  if (ARP_START.test(text)) return typed(next, 'ARP');
  return typed(next, IPV6_START.test(text) ? 'IPv6' : 'IPv4');
}

const typed = (next: number, word: string): LinkHeader => ({ next, layer: layerOf(word), word });

const VLAN_TAGS =
  /^(?:vlan \d+, p \d+(?:, DEI)?, (?:(?:ethertype )?(?!vlan )([\w.-]+)(?: Ethertype)?(?: \(0x[0-9a-f]+\))?, ?)?)+/;

/** `vlan 5, p 0, ethertype IPv4 (0x0800), 10.0.0.1 > …`, with `-q` `vlan 5, p 0, IPv4, …`; tags may stand one behind the other. */
function insideVlan(bytes: Uint8Array, at: number, end: number): LinkHeader {
  const found = VLAN_TAGS.exec(asciiText(bytes, at, Math.min(end, at + VLAN_BYTES)));
  const word = found?.[1] ?? 'vlan';
  return { next: at + (found?.[0].length ?? 0), layer: found ? layerOf(word) : 'other', word };
}

/** The type's word: behind `ethertype`, else the last one (`Unknown Ethertype (0x88b5)`: the first of three). */
function lastType(header: string): string {
  const quiet = header.replace(/ Ethertype \(0x[0-9a-f]+\)$/, '');
  return /ethertype (\S+)/.exec(header)?.[1] ?? quiet.slice(quiet.lastIndexOf(' ') + 1);
}

function layerOf(word: string): NetworkLayer {
  switch (word) {
    case 'IPv4':
      return 'ip';
    case 'IPv6':
      return 'ip6';
    case 'ARP':
      return 'arp';
    default:
      return 'other';
  }
}
