import { type AddressClass, addressClasses } from '../../src/core/classification';
import { ABSENT_LENGTH, packetProtocols } from '../../src/packet/packetColumns';
import type { RowPlace } from './rowStore';

/** What the cells of one row say. */
export interface RowText {
  readonly time: string;
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

const decoder = new TextDecoder();
const flagsForm = /^Flags (\[[^\]]*\]),? ?/;

export function rowText({ columns, index }: RowPlace): RowText {
  const lineStart = index === 0 ? 0 : (columns.lineEnd[index - 1] as number);
  const infoStart = lineStart + (columns.infoStart[index] as number);
  const rest = decoder.decode(columns.text.subarray(infoStart, columns.lineEnd[index] as number));
  const flags = flagsForm.exec(rest);
  const length = columns.length[index] as number;
  const hasAddresses = columns.family[index] === 4;
  return {
    time: timeOfDay(columns.timeMicros[index] as number),
    source: hasAddresses ? hostAndPort(columns.source[index] as number, columns.sourcePort[index] as number) : '',
    sourceClass: addressClasses[columns.sourceClass[index] as number] ?? 'unknown',
    destination: hasAddresses
      ? hostAndPort(columns.destination[index] as number, columns.destinationPort[index] as number)
      : '',
    destinationClass: addressClasses[columns.destinationClass[index] as number] ?? 'unknown',
    protocol: packetProtocols[columns.protocol[index] as number] ?? '?',
    length: length === ABSENT_LENGTH ? '' : String(length),
    flags: flags?.[1] ?? '',
    info: flags ? rest.slice(flags[0].length) : rest,
  };
}

/** The line as tcpdump printed it. */
export function rowLine({ columns, index }: RowPlace): string {
  const start = index === 0 ? 0 : (columns.lineEnd[index - 1] as number);
  return decoder.decode(columns.text.subarray(start, columns.lineEnd[index] as number));
}

function hostAndPort(address: number, port: number): string {
  const host = `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
  return port === 0 ? host : `${host}:${port}`;
}

function timeOfDay(timeMicros: number): string {
  const micros = timeMicros % 86_400_000_000;
  const seconds = Math.floor(micros / 1_000_000);
  const two = (value: number) => String(value).padStart(2, '0');
  const fraction = String(Math.floor(micros % 1_000_000)).padStart(6, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${fraction}`;
}
