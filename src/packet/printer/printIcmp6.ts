import { formatHex16 } from '../headers/addressText';
import { IpProtocolNumber } from '../headers/ipv4';
import { CutShort, type Dissection } from './dissection';
import { hexLines } from './hexDump';
import { type IpLayer, rightChecksum, transportSum } from './ipLayer';
import { printListenerMessage } from './printListenerMessage';
import { printNeighborOptions, routerPreference } from './printNeighborOptions';
import { quotedPort } from './quotedPort';

const titles: Readonly<Record<number, string>> = {
  1: 'destination unreachable',
  2: 'packet too big',
  3: 'time exceeded in-transit',
  4: 'parameter problem',
  128: 'echo request',
  129: 'echo reply',
  130: 'multicast listener query',
  131: 'multicast listener report',
  132: 'multicast listener done',
  133: 'router solicitation',
  134: 'router advertisement',
  135: 'neighbor solicitation',
  136: 'neighbor advertisement',
  137: 'redirect',
  138: 'router renumbering',
  139: 'node information query',
  140: 'node information reply',
  141: 'inverse neighbor solicitation',
  142: 'inverse neighbor advertisement',
  143: 'multicast listener report v2',
  200: 'mtrace response',
  201: 'mtrace message',
};

/** Types that print their length before their details with `-v`; the others, then, not at all. */
const detailedTypes: ReadonlySet<number> = new Set([133, 134, 135, 136, 137]);

/** tcpdump's text for the message of `length` bytes at `offset` (the-tcpdump-group/tcpdump:print-icmp6.c, 4.99). */
export function printIcmp6(packet: Dissection, offset: number, length: number, ip: IpLayer): void {
  packet.protocol = 'icmp6';
  packet.look(offset, 1);
  if (!ip.isFragment) printChecksum(packet, offset, length, ip);
  const type = packet.uint8(offset);
  packet.print(`ICMP6, ${titles[type] ?? `unknown icmp6 type (${type})`}`);
  if (packet.verbosity > 0 && detailedTypes.has(type)) packet.print(`, length ${length}`);
  const isRead = printDetails(packet, offset, length, type);
  if (isRead && packet.verbosity === 0) packet.print(`, length ${length}`);
}

function printChecksum(packet: Dissection, offset: number, length: number, ip: IpLayer): void {
  if (packet.verbosity === 0) return;
  const sum = transportSum(packet, ip, offset, length, IpProtocolNumber.icmp6);
  if (sum === undefined) return;
  const written = packet.uint16(offset + 2);
  if (sum === 0) packet.print('[icmp6 sum ok] ');
  else packet.print(`[bad icmp6 cksum 0x${formatHex16(written)} -> 0x${formatHex16(rightChecksum(written, sum))}!] `);
}

/** False when nothing more is to be printed. */
function printDetails(packet: Dissection, offset: number, length: number, type: number): boolean {
  switch (type) {
    case 1:
      return printUnreachable(packet, offset, length);
    case 2:
      packet.print(`, mtu ${packet.uint32(offset + 4)}`);
      return true;
    case 3:
      printTimeExceeded(packet, offset);
      return true;
    case 4:
      printParameterProblem(packet, offset);
      return true;
    case 128:
    case 129:
      packet.print(`, id ${packet.uint16(offset + 4)}, seq ${packet.uint16(offset + 6)}`);
      return true;
    case 130:
    case 131:
    case 132:
    case 143:
      printListenerMessage(packet, offset, length, type);
      return true;
    case 133:
    case 134:
    case 135:
    case 136:
    case 137:
      printDiscovery(packet, offset, length, type);
      return true;
    default:
      packet.print(`, length ${length}`);
      if (packet.verbosity < 2) packet.print(hexLines(packet.slice(offset, length), '\n\t'));
      return false;
  }
}

/** Where the packet that an error is about begins, and its destination. */
const QUOTED = 8;
const QUOTED_SOURCE = QUOTED + 8;
const QUOTED_DESTINATION = QUOTED + 24;

/** By code; two blanks before the second, as tcpdump has it. */
const unreachableReasons = [
  'unreachable route',
  ' unreachable prohibited',
  'beyond scope',
  'unreachable address',
  'unreachable port',
];
const BEYOND_SCOPE = 2;
const PORT_UNREACHABLE = 4;

function printUnreachable(packet: Dissection, offset: number, length: number): boolean {
  const code = packet.uint8(offset + 1);
  const reason = unreachableReasons[code];
  packet.print(`, ${reason ?? `unknown unreach code (${code})`}`);
  if (reason === undefined) {
    if (packet.verbosity < 2) packet.print(hexLines(packet.slice(offset, length), '\n\t'));
    return packet.verbosity >= 2;
  }
  if (code === PORT_UNREACHABLE) printUnreachablePort(packet, offset + QUOTED);
  else packet.print(` ${packet.host6(offset + QUOTED_DESTINATION)}`);
  if (code === BEYOND_SCOPE) packet.print(`, source address ${packet.host6(offset + QUOTED_SOURCE)}`);
  return true;
}

function printUnreachablePort(packet: Dissection, quoted: number): void {
  const found = quotedPort(packet, quoted);
  if (!found) throw new CutShort(false);
  const protocol = found.protocol === IpProtocolNumber.tcp ? 'tcp' : 'udp';
  packet.print(`, ${packet.host6(quoted + 24)} ${protocol} port ${packet.port(found.port, protocol)}`);
}

function printTimeExceeded(packet: Dissection, offset: number): void {
  const code = packet.uint8(offset + 1);
  if (code === 0) packet.print(` for ${packet.host6(offset + QUOTED_DESTINATION)}`);
  else packet.print(code === 1 ? ' (reassembly)' : `, unknown code (${code})`);
}

const problems = ['erroneous', 'next header', 'option', 'incomplete header chain'];

function printParameterProblem(packet: Dissection, offset: number): void {
  packet.need(offset + QUOTED_DESTINATION, 16);
  const code = packet.uint8(offset + 1);
  const problem = problems[code];
  packet.print(problem ? `, ${problem} - octet ${packet.uint32(offset + 4)}` : `, code-#${code}`);
}

/** Bytes before the options, by type (RFC 4861 §4). */
const fixedBytes: Readonly<Record<number, number>> = { 133: 8, 134: 16, 135: 24, 136: 24, 137: 40 };

function printDiscovery(packet: Dissection, offset: number, length: number, type: number): void {
  const isVerbose = packet.verbosity > 0;
  if (type === 134 && isVerbose) printAdvertisement(packet, offset);
  if (type === 135) packet.print(`, who has ${packet.host6(offset + 8)}`);
  if (type === 136) {
    packet.print(`, tgt is ${packet.host6(offset + 8)}`);
    if (isVerbose) packet.print(`, Flags [${flagNames(packet.uint32(offset + 4) >>> 29, advertisementFlags)}]`);
  }
  if (type === 137) packet.print(`, ${packet.host6(offset + 24)} to ${packet.host6(offset + 8)}`);
  const start = fixedBytes[type] as number;
  if (isVerbose) printNeighborOptions(packet, offset + start, length - start);
}

const advertisementFlags: readonly (readonly [number, string])[] = [
  [4, 'router'],
  [2, 'solicited'],
  [1, 'override'],
];

const routerFlags: readonly (readonly [number, string])[] = [
  [0x80, 'managed'],
  [0x40, 'other stateful'],
  [0x20, 'home agent'],
];

function printAdvertisement(packet: Dissection, offset: number): void {
  packet.need(offset + 12, 4);
  const flags = packet.uint8(offset + 5);
  packet.print(`\n\thop limit ${packet.uint8(offset + 4)}, Flags [${flagNames(flags, routerFlags)}]`);
  packet.print(`, pref ${routerPreference(flags)}, router lifetime ${packet.uint16(offset + 6)}s`);
  packet.print(`, reachable time ${packet.uint32(offset + 8)}ms, retrans timer ${packet.uint32(offset + 12)}ms`);
}

const flagNames = (flags: number, names: readonly (readonly [number, string])[]) =>
  names
    .filter(([bit]) => flags & bit)
    .map(([, name]) => name)
    .join(', ') || 'none';
