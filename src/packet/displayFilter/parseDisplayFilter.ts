import { type AddressClass, addressClasses } from '../../core/classification';
import { parseCidr, parseIpv4 } from '../../core/ipv4';
import { parseIpv6, parseIpv6Range } from '../../core/ipv6';
import { TcpFlag } from '../packetColumns';
import {
  type DisplayProtocol,
  type DisplayQuestion,
  type DisplaySide,
  type DisplayTerm,
  displayProtocols,
  type NumberRange,
} from './displayTerm';
import { type FilterWord, splitWords } from './splitWords';

/** What interface and route rows are called, in the order of the columns' numbers. */
export interface DisplayRowNames {
  /** Addresses of the interfaces shown. */
  readonly interfaces: readonly string[];
  /** Destinations of the routes shown. */
  readonly routes: readonly string[];
}

export type DisplayProblemCode =
  | 'unclosedQuote'
  | 'nothingAfterMinus'
  | 'address'
  | 'port'
  | 'class'
  | 'flag'
  | 'interface'
  | 'route';

/** What is wrong with a filter, and with which of its words; the end is excluded. */
export interface DisplayProblem {
  readonly code: DisplayProblemCode;
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

export type DisplayParsing =
  | { readonly isFilter: true; readonly terms: readonly DisplayTerm[] }
  | { readonly isFilter: false; readonly problem: DisplayProblem };

/** Short names for several classes at once, beside the classes' own. */
const classGroups: Readonly<Record<string, readonly AddressClass[]>> = {
  endpoint: ['endpointInterface', 'gatewayEndpoint'],
  internet: ['internetGateway'],
  nat: ['natGateway'],
};

/** Values of `class:`, for completion. */
export const displayClasses: readonly string[] = [...Object.keys(classGroups), ...addressClasses];

const NO_NAMES: DisplayRowNames = { interfaces: [], routes: [] };

/**
 * Reads a display filter: words between blanks, all of which must match. `172.31.41.81`, `172.31.0.0/20`, `172.31.0.2:53`, `fd00::1`, `[fd00::1]:443`, `port:443`,
 * `port:443,1024-2048`, `src:…` and `dst:…` of either, `tcp`, `class:endpoint`, `flag:syn`, `interface:172.31.36.107`, `route:0.0.0.0/0`; any other
 * word, and what stands in quotes, is looked for in the line. A minus in front says the opposite.
 */
export function parseDisplayFilter(text: string, names: DisplayRowNames = NO_NAMES): DisplayParsing {
  const words = splitWords(text);
  if ('unclosedAt' in words) return refuse('unclosedQuote', text, words.unclosedAt, text.length);
  const terms: DisplayTerm[] = [];
  for (const word of words) {
    if (word.isQuoted && word.value === '') continue;
    const question = questionOf(word, names);
    if (typeof question === 'string') return refuse(question, text, word.start, word.end);
    terms.push({ question, isNot: word.isNot });
  }
  return { isFilter: true, terms };
}

function refuse(code: DisplayProblemCode, text: string, start: number, end: number): DisplayParsing {
  return { isFilter: false, problem: { code, word: text.slice(start, end), start, end } };
}

function questionOf(word: FilterWord, names: DisplayRowNames): DisplayQuestion | DisplayProblemCode {
  switch (word.key) {
    case 'src':
      return sideQuestion(word.value, 'source');
    case 'dst':
      return sideQuestion(word.value, 'destination');
    case 'port':
      return portQuestion(word.value, 'either');
    case 'class':
      return classQuestion(word.value);
    case 'flag':
      return flagQuestion(word.value);
    case 'interface':
      return rowQuestion('interface', names.interfaces, word.value);
    case 'route':
      return rowQuestion('route', names.routes, word.value);
    default:
      return word.isQuoted && word.key === '' ? { kind: 'text', text: word.value } : bareQuestion(word);
  }
}

/** A word without a key that we know: what it looks like, else text. */
function bareQuestion({ key, value }: FilterWord): DisplayQuestion | DisplayProblemCode {
  const text = key === '' ? value : `${key}:${value}`;
  if (text === '') return 'nothingAfterMinus';
  if ((displayProtocols as readonly string[]).includes(text.toLowerCase()))
    return { kind: 'protocol', protocol: text.toLowerCase() as DisplayProtocol };
  return addressQuestion(text, 'either') ?? { kind: 'text', text };
}

function sideQuestion(value: string, side: DisplaySide): DisplayQuestion | DisplayProblemCode {
  return /^[\d,-]+$/.test(value) ? portQuestion(value, side) : (addressQuestion(value, side) ?? 'address');
}

/** Undefined for what does not look like an address at all. */
function addressQuestion(text: string, side: DisplaySide): DisplayQuestion | 'address' | undefined {
  const form = /^(\d+(?:\.\d+){3})(\/\d+)?(?::(\d+))?$/.exec(text);
  if (!form) return address6Question(text, side);
  const range = form[2] === undefined ? oneAddress(form[1] as string) : parseCidr(`${form[1]}${form[2]}`);
  const port = form[3] === undefined ? undefined : Number(form[3]);
  if (!range || (port !== undefined && !isPort(port))) return 'address';
  return {
    kind: 'address',
    side,
    range: { first: range.first, last: range.last },
    ...(port === undefined ? {} : { port }),
  };
}

function oneAddress(text: string): NumberRange | undefined {
  const address = parseIpv4(text);
  return address === undefined ? undefined : { first: address, last: address };
}

/** An IPv6 address or range; a port stands behind brackets. */
function address6Question(text: string, side: DisplaySide): DisplayQuestion | 'address' | undefined {
  const form = /^(?:\[([\da-f:.]+)\](?::(\d+))?|([\da-f:.]*:[\da-f:.]*:[\da-f:.]*)(\/\d+)?)$/i.exec(text);
  const address = form?.[1] ?? form?.[3] ?? '';
  if (!form || !parseIpv6(address)) return undefined;
  const range = parseIpv6Range(`${address}${form[4] ?? '/128'}`);
  const port = form[2] === undefined ? undefined : Number(form[2]);
  if (!range || (port !== undefined && !isPort(port))) return 'address';
  return { kind: 'address6', side, range, ...(port === undefined ? {} : { port }) };
}

function portQuestion(value: string, side: DisplaySide): DisplayQuestion | DisplayProblemCode {
  const ranges = value.split(',').map(portRange);
  return ranges.includes(undefined) ? 'port' : { kind: 'port', side, ranges: ranges as readonly NumberRange[] };
}

function portRange(text: string): NumberRange | undefined {
  const form = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
  if (!form) return undefined;
  const first = Number(form[1]);
  const last = Number(form[2] ?? form[1]);
  return isPort(first) && isPort(last) && first <= last ? { first, last } : undefined;
}

/** 0 stands for "none" in the columns. */
const isPort = (port: number) => port >= 1 && port <= 65_535;

function classQuestion(value: string): DisplayQuestion | DisplayProblemCode {
  const classes = value.split(',').map(classesCalled);
  return classes.includes(undefined) ? 'class' : { kind: 'class', classes: (classes as AddressClass[][]).flat() };
}

function classesCalled(name: string): readonly AddressClass[] | undefined {
  const own = addressClasses.find(known => known.toLowerCase() === name.toLowerCase());
  return own ? [own] : classGroups[name.toLowerCase()];
}

function flagQuestion(value: string): DisplayQuestion | DisplayProblemCode {
  const flags: Readonly<Record<string, number>> = TcpFlag;
  const masks = value
    .toLowerCase()
    .split(',')
    .map(name => flags[name]);
  return masks.includes(undefined)
    ? 'flag'
    : { kind: 'flags', mask: (masks as number[]).reduce((all, mask) => all | mask, 0) };
}

/** A destination may stand in several rows: of a route that is gone, and of the one that took its place. */
function rowQuestion(
  kind: 'interface' | 'route',
  names: readonly string[],
  name: string,
): DisplayQuestion | DisplayProblemCode {
  const rows = names.flatMap((each, index) => (each === name ? [index + 1] : []));
  return rows.length === 0 ? kind : { kind: 'row', column: `${kind}Row`, rows };
}
