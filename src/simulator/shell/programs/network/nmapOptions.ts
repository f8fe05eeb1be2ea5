import { formatIpv4, parseCidr, parseIpv4 } from '../../../../core/ipv4';
import { hasOption, lastOption, type ParsedArguments } from '../options';
import { namedPorts } from './serviceNames';

export interface ScanPlan {
  readonly targets: readonly string[];
  readonly ports: readonly number[];
  readonly skipsDiscovery: boolean;
  readonly onlyDiscovers: boolean;
  readonly showsOpenOnly: boolean;
  readonly namesNothing: boolean;
  /** `-sT`, or no right to send raw packets. */
  readonly connects: boolean;
}

const usualCount = 1_000;
const targetLimit = 4_096;

/** nmap's thousand: those with a name and, in place of its statistics, the lowest. */
function usualPorts(count: number): readonly number[] {
  const ports = new Set(namedPorts);
  for (let port = 1; ports.size < count; port++) ports.add(port);
  return [...ports].slice(0, count).sort((left, right) => left - right);
}

/** `22,80,8000-8010`, `-`, `T:80`. Undefined for what is none. */
export function readPorts(text: string): readonly number[] | undefined {
  const ports = new Set<number>();
  for (const part of text.replace(/T:/g, '').split(',')) {
    const range = /^(\d*)(-?)(\d*)$/.exec(part);
    if (!range || part === '') return undefined;
    const first = Number(range[1] || (range[2] ? 1 : 0));
    const last = range[2] ? Number(range[3] || 65_535) : first;
    if (first < 1 || last > 65_535 || first > last) return undefined;
    for (let port = first; port <= last; port++) ports.add(port);
  }
  return [...ports].sort((left, right) => left - right);
}

/** What nmap says when it stops at once. */
export class ScanRefusal extends Error {}

/** Throws a {@link ScanRefusal}. */
export function readPlan(parsed: ParsedArguments, isRoot: boolean): Omit<ScanPlan, 'targets'> {
  const kinds = (parsed.options.get('s') ?? []).join('');
  const unsimulated = /[^TSnPp]/.exec(kinds)?.[0];
  if (unsimulated) throw new ScanRefusal(`The practice cloud does not simulate nmap -s${unsimulated}.`);
  const text = lastOption(parsed, 'p');
  const ports = text === undefined ? usualPorts(countOf(parsed)) : readPorts(text);
  if (!ports)
    throw new ScanRefusal(
      `Error #487: Your port specifications are illegal.  Example of proper form: "-100,200-1024,T:3000-4000,U:60000-"\nQUITTING!`,
    );
  return {
    ports,
    skipsDiscovery: (parsed.options.get('P') ?? []).some(kind => kind === 'n' || kind === 'N' || kind === '0'),
    onlyDiscovers: /[nP]/.test(kinds),
    showsOpenOnly: hasOption(parsed, 'open'),
    namesNothing: hasOption(parsed, 'n'),
    connects: !isRoot || kinds.includes('T'),
  };
}

function countOf(parsed: ParsedArguments): number {
  if (hasOption(parsed, 'F')) return 100;
  const text = lastOption(parsed, 'top-ports');
  return text === undefined ? usualCount : Math.max(1, Math.min(60_000, Number(text) || usualCount));
}

/** `10.0.1.5`, `10.0.1.0/28`, `10.0.1.1-20`; undefined: a name. */
export function expandTarget(text: string): readonly string[] | undefined {
  if (parseIpv4(text) !== undefined) return [text];
  const range = parseCidr(text);
  if (range) return addresses(range.first, range.last);
  const span = /^((?:\d+\.){3})(\d+)-(\d+)$/.exec(text);
  if (!span) return undefined;
  const first = parseIpv4(`${span[1]}${span[2]}`);
  const last = parseIpv4(`${span[1]}${span[3]}`);
  return first === undefined || last === undefined ? undefined : addresses(first, last);
}

function addresses(first: number, last: number): readonly string[] {
  if (last - first >= targetLimit)
    throw new ScanRefusal(`The practice cloud scans at most ${targetLimit} addresses at a time.`);
  return Array.from({ length: last - first + 1 }, (_, index) => formatIpv4(first + index));
}
