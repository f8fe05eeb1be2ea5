import { type AddressClass, addressClasses } from '../../src/core/classification';
import { infoAt, lengthAt, protocolAt } from '../../src/packet/packing';
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

const flagsForm = /^Flags (\[[^\]]*\]),? ?/;

/** Says a row in the words of its line; addresses that are none stay empty. */
export function rowText({ columns, index }: RowPlace): RowText {
  const rest = infoAt(columns, index);
  const flags = flagsForm.exec(rest);
  const hasAddresses = columns.family[index] === 4;
  return {
    time: timeOfDay(columns.timeMicros[index] as number),
    source: hasAddresses ? hostAndPort(columns.source[index] as number, columns.sourcePort[index] as number) : '',
    sourceClass: addressClasses[columns.sourceClass[index] as number] ?? 'unknown',
    destination: hasAddresses
      ? hostAndPort(columns.destination[index] as number, columns.destinationPort[index] as number)
      : '',
    destinationClass: addressClasses[columns.destinationClass[index] as number] ?? 'unknown',
    protocol: protocolAt(columns, index),
    length: String(lengthAt(columns, index) ?? ''),
    flags: flags?.[1] ?? '',
    info: flags ? rest.slice(flags[0].length) : rest,
  };
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
