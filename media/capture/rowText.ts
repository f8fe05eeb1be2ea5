import { type AddressClass, addressClasses } from '../../src/core/classification';
import { formatIpv4 } from '../../src/core/ipv4';
import { infoAt, lengthAt, lineAt, protocolAt } from '../../src/packet/packing';
import type { RowPlace } from './rowStore';

/** What the cells of one row say. */
export interface RowText {
  readonly source: string;
  readonly sourceClass: AddressClass;
  readonly destination: string;
  readonly destinationClass: AddressClass;
  readonly protocol: string;
  readonly length: string;
  /** TCP flags as printed, such as `[S.]`, or empty. */
  readonly flags: string;
  readonly info: string;
}

const flagsForm = /^Flags (\[[^\]]*\]),? ?/;

/** Says a row in the words of its line; addresses that are none stay empty. */
export function rowText(place: RowPlace): RowText {
  const { columns, index } = place;
  const rest = infoAt(columns, index);
  const flags = flagsForm.exec(rest);
  const [source, destination] = endsOf(place, rest.length);
  return {
    source,
    sourceClass: addressClasses[columns.sourceClass[index] as number] ?? 'unknown',
    destination,
    destinationClass: addressClasses[columns.destinationClass[index] as number] ?? 'unknown',
    protocol: protocolAt(columns, index),
    length: String(lengthAt(columns, index) ?? ''),
    flags: flags?.[1] ?? '',
    info: flags ? rest.slice(flags[0].length) : rest,
  };
}

/** IPv6 addresses stand in the line only: `… 2001:db8::1.443 > 2001:db8::2.40000: `, just before the rest. */
const ipv6Ends = /(\S+) > (\S+): ?$/;

function endsOf({ columns, index }: RowPlace, restLength: number): readonly [string, string] {
  const ports = [columns.sourcePort[index] as number, columns.destinationPort[index] as number] as const;
  if (columns.family[index] === 4) {
    return [
      hostAndPort(formatIpv4(columns.source[index] as number), ports[0]),
      hostAndPort(formatIpv4(columns.destination[index] as number), ports[1]),
    ];
  }
  if (columns.family[index] !== 6) return ['', ''];
  const line = lineAt(columns, index);
  const [, source = '', destination = ''] = ipv6Ends.exec(line.slice(0, line.length - restLength)) ?? [];
  return [bracketed(source, ports[0]), bracketed(destination, ports[1])];
}

/** `2001:db8::1.443`, as printed, with its port apart: `[2001:db8::1]:443`. */
function bracketed(end: string, port: number): string {
  return port === 0 ? end : hostAndPort(`[${end.slice(0, end.lastIndexOf('.'))}]`, port);
}

/** `172.31.0.2:53`; the host alone without a port. */
export function hostAndPort(host: string, port: number): string {
  return port === 0 ? host : `${host}:${port}`;
}

/** `172.31.0.2` of `172.31.0.2:53`, `2001:db8::1` of `[2001:db8::1]:443`. */
export function hostOf(end: string): string {
  return /^\[(.*)\]:\d+$/.exec(end)?.[1] ?? /^([\d.]+):\d+$/.exec(end)?.[1] ?? end;
}
