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
const COOKED_START = /^ifindex \d+ (?:[0-9a-f]{2}:){5}[0-9a-f]{2} (?:\(oui [^)]*\) )?/;

/**
 * The link header of `-e`: `aa:… > bb:…, ethertype IPv4 (0x0800), length 74: ` or, on `any`, `ifindex 2 aa:… ethertype IPv4 (0x0800), length 80: `;
 * with `-q` the type's word alone, on `any` not even that. Undefined when the text is something else.
 */
export function readLinkHeader(bytes: Uint8Array, at: number, end: number): LinkHeader | undefined {
  const cooked = COOKED_START.exec(asciiText(bytes, at, Math.min(end, at + COOKED_BYTES)))?.[0].length;
  if (cooked !== undefined && !spells(bytes, at + cooked, end, ETHERTYPE)) return quietCooked(bytes, at + cooked, end);
  const length = findText(bytes, at, end, LENGTH);
  if (length < 0) return undefined;
  const header = asciiText(bytes, at, length);
  if (cooked === undefined && !MAC_START.test(header)) return undefined;
  let next = digitsEnd(bytes, length + LENGTH.length, end);
  if (!spells(bytes, next, end, COLON_SPACE)) return undefined;
  next += COLON_SPACE.length;
  const word = lastType(header);
  if (!spells(bytes, next, end, VLAN)) return { next, layer: layerOf(word), word };
  return insideVlan(bytes, next, end);
}

/** Without its type, the packet tells by itself what it is. */
function quietCooked(bytes: Uint8Array, next: number, end: number): LinkHeader {
  const first = asciiText(bytes, next, wordEnd(bytes, next, end));
  if (first === 'Request' || first === 'Reply') return { next, layer: 'arp', word: 'ARP' };
  return first.includes(':') ? { next, layer: 'ip6', word: 'IPv6' } : { next, layer: 'ip', word: 'IPv4' };
}

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
