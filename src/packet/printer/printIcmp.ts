import { finishChecksum, sumWords } from '../headers/checksum';
import { ICMP_HEADER_BYTES } from '../headers/icmp';
import type { Dissection } from './dissection';
import { rightChecksum } from './ipLayer';
import type { TcpConversations } from './tcpConversations';

/** What was wrong, by code of "destination unreachable"; `$` stands for the destination asked for. */
const unreachable = [
  'net $ unreachable',
  'host $ unreachable',
  undefined,
  undefined,
  undefined,
  '$ unreachable - source route failed',
  'net $ unreachable - unknown',
  'host $ unreachable - unknown',
  '$ unreachable - source host isolated',
  'net $ unreachable - admin prohibited',
  'host $ unreachable - admin prohibited',
  'net $ unreachable - tos prohibited',
  'host $ unreachable - tos prohibited',
  'host $ unreachable - admin prohibited filter',
  'host $ unreachable - host precedence violation',
  'host $ unreachable - precedence cutoff',
];

const redirects = ['redirect $ to net', 'redirect $ to host', 'redirect-tos $ to net', 'redirect-tos $ to host'];

const simpleTypes: Readonly<Record<number, string>> = {
  4: 'source quench',
  10: 'router solicitation',
  15: 'information request',
  16: 'information reply',
  17: 'address mask request',
};

/** Prints an IPv4 packet; given by the caller, whose own part this one is. */
type PacketPrinter = (packet: Dissection, offset: number, length: number, seen: TcpConversations) => void;

/** Types that quote the packet that they are about. */
const errorTypes: ReadonlySet<number> = new Set([3, 4, 5, 11, 12]);

/** tcpdump's text for the message of `length` bytes at `offset`, after the addresses (the-tcpdump-group/tcpdump:print-icmp.c). */
export function printIcmp(
  packet: Dissection,
  offset: number,
  length: number,
  isFragment: boolean,
  seen: TcpConversations,
  printPacket: PacketPrinter,
): void {
  packet.protocol = 'icmp';
  const type = packet.uint8(offset);
  const code = packet.uint8(offset + 1);
  packet.print(`ICMP ${describe(packet, offset, type, code)}, length ${length}`);
  if (packet.verbosity === 0) return;
  if (!isFragment) printChecksum(packet, offset, length);
  if (!errorTypes.has(type)) return;
  packet.print('\n\t');
  const quoted = offset + ICMP_HEADER_BYTES;
  const quotedBytes = packet.uint16(quoted + 2);
  packet.within(quoted + quotedBytes, () => printPacket(packet, quoted, quotedBytes, seen));
  printExtension(packet, offset, length, type);
}

function printChecksum(packet: Dissection, offset: number, length: number): void {
  if (!packet.has(offset, length)) return;
  const sum = finishChecksum(sumWords(packet.bytes.subarray(offset, offset + length)));
  const written = packet.uint16(offset + 2);
  if (sum !== 0)
    packet.print(` (wrong icmp cksum ${written.toString(16)} (->${rightChecksum(written, sum).toString(16)})!)`);
}

const EXTENSION_START = 136;
const EXTENSION_MIN_BYTES = 156;
const extendedTypes: ReadonlySet<number> = new Set([3, 11, 12]);

/** What may stand behind the quoted packet (RFC 4884 §7). Its objects are not read: nobody sends them here. */
function printExtension(packet: Dissection, offset: number, length: number, type: number): void {
  if (length <= EXTENSION_MIN_BYTES || !extendedTypes.has(type)) return;
  packet.protocol = 'icmp';
  packet.need(offset, EXTENSION_START + 4);
  const start = offset + EXTENSION_START;
  const extensionBytes = length - EXTENSION_MIN_BYTES;
  const isSilent = packet.uint8(offset + 5) === 0 && packet.has(start, extensionBytes);
  if (isSilent && finishChecksum(sumWords(packet.bytes.subarray(start, start + extensionBytes))) !== 0) return;
  const version = packet.uint8(start) >> 4;
  packet.print(`\n\tICMP Multi-Part extension v${version}`);
  if (version !== 2) packet.print(' packet not supported');
}

function describe(packet: Dissection, offset: number, type: number, code: number): string {
  switch (type) {
    case 0:
    case 8:
      return `echo ${type === 8 ? 'request' : 'reply'}, id ${packet.uint16(offset + 4)}, seq ${packet.uint16(offset + 6)}`;
    case 3:
      return describeUnreachable(packet, offset, code);
    case 5: {
      const destination = packet.host(offset + 8 + 16);
      const gateway = packet.host(offset + 4);
      const text = redirects[code]?.replace('$', destination) ?? `redirect-#${code} ${destination} to`;
      return `${text} ${gateway}`;
    }
    case 11:
      packet.need(offset + 8, 20);
      return ['time exceeded in-transit', 'ip reassembly time exceeded'][code] ?? `time exceeded-#${code}`;
    case 12:
      return code ? `parameter problem - code ${code}` : `parameter problem - octet ${packet.uint8(offset + 4)}`;
    case 9:
      return describeAdvertisement(packet, offset);
    case 13:
      return `time stamp query id ${packet.uint16(offset + 4)} seq ${packet.uint16(offset + 6)}`;
    case 14:
      return describeTimes(packet, offset);
    case 18:
      return `address mask is 0x${packet
        .uint32(offset + 8)
        .toString(16)
        .padStart(8, '0')}`;
    default:
      return simpleTypes[type] ?? `type-#${type}`;
  }
}

/** The quoted packet (RFC 792) tells which destination, protocol and port could not be reached. */
function describeUnreachable(packet: Dissection, offset: number, code: number): string {
  const inner = offset + 8;
  if (code === PORT_UNREACHABLE) return describePort(packet, inner);
  const destination = packet.host(inner + 16);
  switch (code) {
    case 2:
      return `${destination} protocol ${packet.uint8(inner + 9)} unreachable`;
    case 4: {
      const nextMtu = packet.uint16(offset + 6);
      return `${destination} unreachable - need to frag${nextMtu ? ` (mtu ${nextMtu})` : ''}`;
    }
    default:
      return unreachable[code]?.replace('$', destination) ?? `${destination} unreachable - #${code}`;
  }
}

const PORT_UNREACHABLE = 3;

function describePort(packet: Dissection, inner: number): string {
  packet.need(inner + 9, 1);
  const protocol = packet.uint8(inner + 9);
  const destination = packet.host(inner + 16);
  const port = packet.uint16(inner + (packet.uint8(inner) & 15) * 4 + 2);
  if (protocol === 6) return `${destination} tcp port ${packet.port(port, 'tcp')} unreachable`;
  if (protocol === 17) return `${destination} udp port ${packet.port(port, 'udp')} unreachable`;
  return `${destination} protocol ${protocol} port ${port} unreachable`;
}

/** RFC 1256 §3. */
function describeAdvertisement(packet: Dissection, offset: number): string {
  packet.need(offset + 4, 4);
  const lifetime = packet.uint16(offset + 6);
  const count = packet.uint8(offset + 4);
  const entryWords = packet.uint8(offset + 5);
  const start = `router advertisement lifetime ${durationText(lifetime)} ${count}:`;
  if (entryWords !== 2) return `${start} [size ${entryWords}]`;
  const entries = Array.from({ length: count }, (_, index) => {
    const at = offset + ICMP_HEADER_BYTES + index * 8;
    packet.need(at, 8);
    return ` {${packet.host(at)} ${packet.uint32(at + 4)}}`;
  });
  return start + entries.join('');
}

function durationText(seconds: number): string {
  const two = (number: number) => String(number).padStart(2, '0');
  if (seconds < 60) return String(seconds);
  if (seconds < 3600) return `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

function describeTimes(packet: Dissection, offset: number): string {
  packet.need(offset + 8, 12);
  const [sent, received, returned] = [8, 12, 16].map(field => milliseconds(packet.uint32(offset + field)));
  const echo = `id ${packet.uint16(offset + 4)} seq ${packet.uint16(offset + 6)}`;
  return `time stamp reply ${echo}: org ${sent}, recv ${received}, xmit ${returned}`;
}

/** Milliseconds since midnight as a time of day. */
function milliseconds(number: number): string {
  const seconds = Math.floor(number / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `${parts.map(part => String(part).padStart(2, '0')).join(':')}.${String(number % 1000).padStart(3, '0')}`;
}
