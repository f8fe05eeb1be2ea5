/** Options of neighbour discovery, RFC 4861 §4.6, as `-v` shows them. */
import { formatMac } from '../headers/addressText';
import { CutShort, type Dissection } from './dissection';
import { hexLines } from './hexDump';

const titles: Readonly<Record<number, string>> = {
  1: 'source link-address',
  2: 'destination link-address',
  3: 'prefix info',
  4: 'redirected header',
  5: 'mtu',
  7: 'advertisement interval',
  8: 'homeagent information',
  24: 'route info',
  25: 'rdnss',
  31: 'dnssl',
};

/** Prints the options in `length` bytes at `offset`, each on its line. */
export function printNeighborOptions(packet: Dissection, offset: number, length: number): void {
  for (let at = offset; at < Math.min(packet.end, offset + length); ) {
    if (!packet.has(at, 2)) return;
    const [number, units] = [packet.uint8(at), packet.uint8(at + 1)];
    if (units === 0) throw new CutShort(false);
    packet.need(at, units * 8);
    packet.print(`\n\t  ${titles[number] ?? 'unknown'} option (${number}), length ${units * 8} (${units}): `);
    const isKnown = printOption(packet, number, at, units);
    const data = packet.slice(at + 2, units * 8 - 2);
    if (!isKnown && packet.verbosity < 2) {
      packet.print(hexLines(data, '\n\t  '));
      return;
    }
    if (packet.verbosity > 1) packet.print(hexLines(data, '\n\t    '));
    at += units * 8;
  }
}

function printOption(packet: Dissection, number: number, at: number, units: number): boolean {
  switch (number) {
    case 1:
    case 2:
      packet.print(hardwareAddress(packet, at, units));
      return true;
    case 3:
      printPrefix(packet, at, units);
      return true;
    case 4:
      packet.print(hexLines(packet.slice(at, units * 8), '\n\t    '));
      return true;
    case 5:
      packet.print(` ${packet.uint32(at + 4)}${units === 1 ? '' : 'bad option length'}`);
      return true;
    default:
      return false;
  }
}

function hardwareAddress(packet: Dissection, at: number, units: number): string {
  const bytes = packet.slice(at + 2, units * 8 - 2);
  if (bytes.length === 6) return formatMac(bytes);
  return Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join(':');
}

const prefixFlags: readonly (readonly [number, string])[] = [
  [0x80, 'onlink'],
  [0x40, 'auto'],
  [0x20, 'router'],
];

function printPrefix(packet: Dissection, at: number, units: number): void {
  packet.need(at + 16, 16);
  const flags = packet.uint8(at + 3);
  const names = prefixFlags.filter(([bit]) => flags & bit).map(([, name]) => name);
  packet.print(`${packet.host6(at + 16)}/${packet.uint8(at + 2)}${units === 4 ? '' : 'badlen'}`);
  packet.print(`, Flags [${names.join(', ') || 'none'}], valid time ${lifetime(packet.uint32(at + 4))}`);
  packet.print(`, pref. time ${lifetime(packet.uint32(at + 8))}`);
}

const lifetime = (seconds: number) => (seconds === 0xffff_ffff ? 'infinity' : `${seconds}s`);

/** RFC 4191 §2.2: two bits of a router's flags. */
export const routerPreference = (flags: number): string => ['medium', 'high', 'rsv', 'low'][(flags >> 3) & 3] as string;
