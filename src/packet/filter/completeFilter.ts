import { FilterError, type FilterPlace } from './filterError';
import { readFilter } from './readFilter';

/** What could stand at a place of an expression: `place` is the word that it replaces. */
export interface FilterCompletions {
  readonly place: FilterPlace;
  readonly words: readonly string[];
}

/** What is known of the network around a capture, the nearest first. */
export interface FilterValues {
  readonly addresses: readonly string[];
  /** In CIDR notation. */
  readonly networks: readonly string[];
}

const HOST = ' 10.0.0.1';
const PORT = ' 443';

/** Words of the language that people use, in the order in which they are offered, each with what makes a filter of an expression that ends in it. */
const keywords: readonly (readonly [string, readonly string[]])[] = [
  ['and', [' tcp', ' dst 10.0.0.1', ' dst port 443']],
  ['or', [' tcp', ' dst 10.0.0.1', ' dst port 443']],
  ['not', [' tcp', HOST, PORT]],
  ['host', [HOST]],
  ['net', [HOST]],
  ['port', [PORT]],
  ['portrange', [' 80-90']],
  ['src', [HOST, ' port 443']],
  ['dst', [HOST, ' port 443']],
  ['tcp', ['']],
  ['udp', ['']],
  ['icmp', ['']],
  ['icmp6', ['']],
  ['ip', ['']],
  ['ip6', ['']],
  ['arp', ['']],
  ['vlan', ['']],
  ['ether', [' broadcast']],
  ['proto', [' 6']],
  ['broadcast', ['']],
  ['multicast', ['']],
  ['less', [PORT]],
  ['greater', [PORT]],
];

const ports = ['443', '53', '80', '22', '123'];

/** Names of offsets by what they are offsets into, and of the values that are found there (pcap-filter(7)). */
const offsets: readonly (readonly [RegExp, readonly string[]])[] = [
  [/tcp\s*\[\s*$/, ['tcpflags']],
  [/icmp\s*\[\s*$/, ['icmptype', 'icmpcode']],
  [/icmp6\s*\[\s*$/, ['icmp6type', 'icmp6code']],
  [/tcpflags(?:(?!\b(?:and|or)\b).)*$/, ['tcp-syn', 'tcp-ack', 'tcp-fin', 'tcp-rst', 'tcp-push', 'tcp-urg']],
  [/icmptype(?:(?!\b(?:and|or)\b).)*$/, ['icmp-echo', 'icmp-echoreply', 'icmp-unreach', 'icmp-timxceed']],
  [
    /icmp6type(?:(?!\b(?:and|or)\b).)*$/,
    ['icmp6-echo', 'icmp6-echoreply', 'icmp6-packettoobig', 'icmp6-neighborsolicit'],
  ],
];

/** Longer expressions are not typed by hand, and reading one takes its time. */
const MAX_LENGTH = 400;

const WORD = /[A-Za-z0-9][-_.:/A-Za-z0-9]*$/;

/**
 * What may stand at the cursor: each word offered is one with which the expression up to there can still become a filter. Words that do
 * not go on from what is typed already are left out, and so is the word itself.
 */
export function completeFilter(text: string, cursor: number, values: FilterValues): FilterCompletions {
  const before = text.slice(0, cursor);
  const typed = WORD.exec(before)?.[0] ?? '';
  const start = cursor - typed.length;
  const end = cursor + (/^[-_.:/A-Za-z0-9]*/.exec(text.slice(cursor))?.[0].length ?? 0);
  const prefix = text.slice(0, start);
  const nothing = { place: { start, end }, words: [] };
  if (before.length > MAX_LENGTH || (prefix !== '' && /[A-Za-z0-9]$/.test(prefix))) return nothing;
  const goesOn = (word: string) => word.startsWith(typed) && word !== typed;
  const words = candidates(prefix, values, goesOn);
  return { place: { start, end }, words };
}

function candidates(prefix: string, values: FilterValues, goesOn: (word: string) => boolean): readonly string[] {
  const closing = closersFor(prefix);
  const fits = (word: string, endings: readonly string[], closed = closing) =>
    endings.some(ending => isFilter(`${prefix}${word}${ending}${closed}`));
  const takesAddress = fits('10.0.0.1', ['']);
  const fitting = {
    addresses: takesAddress ? values.addresses : [],
    networks: fits('10.0.0.0/8', ['']) ? values.networks : [],
    // Under `host`, a number is an address to libpcap.
    ports: !takesAddress && fits('443', ['']) ? ports : [],
    offsets: offsets.flatMap(([place, names]) => (place.test(prefix) ? names : [])),
  };
  const numbers = fitting.offsets.filter(word => goesOn(word) && fits(word, comparing(closing), ''));
  const known = [...fitting.networks, ...fitting.addresses, ...fitting.ports].filter(goesOn);
  const language = keywords.filter(([word, endings]) => goesOn(word) && fits(word, endings)).map(([word]) => word);
  return [...new Set([...numbers, ...known, ...language])];
}

/** What makes a comparison of one that ends in an offset or a value: some of the parentheses that are open are closed before the sign. */
function comparing(closing: string): readonly string[] {
  const ends = Array.from(
    { length: closing.length + 1 },
    (_, inner) => `${closing.slice(inner)} != 0${closing.slice(0, inner)}`,
  );
  return [`] = 0${closing}`, ...ends, closing];
}

/** The parentheses that are open. */
function closersFor(text: string): string {
  let open = 0;
  for (const character of text) {
    if (character === '(') open++;
    else if (character === ')') open--;
  }
  return ')'.repeat(Math.max(0, open));
}

function isFilter(text: string): boolean {
  try {
    readFilter(text, { hostAddresses: () => undefined });
    return true;
  } catch (error) {
    if (error instanceof FilterError) return false;
    throw error;
  }
}
