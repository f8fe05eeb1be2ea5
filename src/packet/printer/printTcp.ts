import { formatHex16 } from '../headers/addressText';
import { IpProtocolNumber } from '../headers/ipv4';
import { CutShort, type Dissection } from './dissection';
import { addressKeys, hostsOf, type IpLayer, printEndpoints, rightChecksum, transportSum } from './ipLayer';
import { printTcpOptions } from './printTcpOptions';
import { printTcpPayload } from './printTcpPayload';
import type { PrintedNumbers, TcpConversations } from './tcpConversations';
import { visible } from './visible';

const RST = 0x04;
const ACK = 0x10;
const SYN_FIN_RST = 0x07;

/** Order of tcpdump's letters: bit 0 upwards, the acknowledgement as a dot. */
const flagLetters = ['F', 'S', 'R', 'P', '.', 'U', 'E', 'W'];

/**
 * tcpdump's line for the segment at `offset` inside an IP packet; `length` is what the IP header says it has. The form is that of
 * the-tcpdump-group/tcpdump:print-tcp.c, 4.99.
 */
export function printTcp(
  packet: Dissection,
  offset: number,
  length: number,
  ip: IpLayer,
  seen: TcpConversations,
): void {
  packet.protocol = 'tcp';
  if (!packet.has(offset + 2, 2)) {
    packet.print(`${hostsOf(packet, ip).join(' > ')}:`);
    packet.printCut();
    return;
  }
  const ports = { source: packet.uint16(offset), destination: packet.uint16(offset + 2) };
  printEndpoints(packet, ip, ports.source, ports.destination, 'tcp');
  packet.need(offset, 20);
  const headerBytes = (packet.uint8(offset + 12) >> 4) * 4;
  const dataBytes = length - headerBytes;
  if (headerBytes < 20) {
    packet.print(` tcp ${dataBytes >>> 0} [bad hdr length ${headerBytes} - too short, < 20]`);
    return;
  }
  if (packet.isQuiet) packet.print(`tcp ${dataBytes >>> 0}`);
  const flags = packet.uint8(offset + 13);
  const numbers = packet.isQuiet ? undefined : printFlags(packet, offset, ip, seen, flags);
  if (dataBytes < 0) packet.print(` [bad hdr length ${headerBytes} - too long, > ${length}]`);
  if (dataBytes < 0 || !numbers) return;
  printChecksum(packet, offset, length, ip);
  printNumbers(packet, offset, flags, dataBytes, numbers);
  if (headerBytes > 20 && !printOptions(packet, offset, headerBytes, numbers.selectiveAckBase)) return;
  packet.print(`, length ${dataBytes}`);
  if (dataBytes === 0) return;
  const data = offset + headerBytes;
  if (flags & RST && packet.verbosity > 0) printResetReason(packet, data, dataBytes);
  else printTcpPayload(packet, data, dataBytes, ports.source, ports.destination);
}

/** Prints the flags and relates the numbers to what the capture has seen of the conversation. */
function printFlags(
  packet: Dissection,
  offset: number,
  ip: IpLayer,
  seen: TcpConversations,
  flags: number,
): PrintedNumbers {
  packet.print(`Flags [${flagText(flags)}]`);
  const [source, destination] = addressKeys(packet, ip);
  return seen.relate({
    source,
    destination,
    sourcePort: packet.uint16(offset),
    destinationPort: packet.uint16(offset + 2),
    flags,
    sequence: packet.uint32(offset + 4),
    acknowledgment: packet.uint32(offset + 8),
  });
}

function printChecksum(packet: Dissection, offset: number, length: number, ip: IpLayer): void {
  if (!packet.showsChecksums || ip.isFragment) return;
  const sum = transportSum(packet, ip, offset, length, IpProtocolNumber.tcp);
  if (sum === undefined) return;
  const written = packet.uint16(offset + 16);
  const judgement = sum === 0 ? 'correct' : `incorrect -> 0x${formatHex16(rightChecksum(written, sum))}`;
  packet.print(`, cksum 0x${formatHex16(written)} (${judgement})`);
}

const MAX_REASON_BYTES = 30;

/** What a reset says for itself (RFC 9293 §3.5.3): text, by convention. */
function printResetReason(packet: Dissection, offset: number, length: number): void {
  packet.print(` [${packet.has(offset, length) ? '' : '!'}RST${length > MAX_REASON_BYTES ? '+' : ''} `);
  const reason = packet.slice(offset, Math.min(length, MAX_REASON_BYTES));
  packet.print(`${Array.from(reason, visible).join('')}]`);
}

export function flagText(flags: number): string {
  return flagLetters.filter((_, bit) => flags & (1 << bit)).join('') || 'none';
}

function printNumbers(
  packet: Dissection,
  offset: number,
  flags: number,
  dataBytes: number,
  { sequence, acknowledgment }: PrintedNumbers,
): void {
  if (packet.verbosity > 1 || dataBytes > 0 || flags & SYN_FIN_RST) {
    packet.print(`, seq ${sequence}`);
    if (dataBytes > 0) packet.print(`:${(sequence + dataBytes) >>> 0}`);
  }
  if (flags & ACK) packet.print(`, ack ${acknowledgment}`);
  packet.print(`, win ${packet.uint16(offset + 14)}`);
  if (flags & 0x20) packet.print(`, urg ${packet.uint16(offset + 18)}`);
}

/** False when the options ended the line: they are broken or cut. */
function printOptions(packet: Dissection, offset: number, headerBytes: number, selectiveAckBase: number): boolean {
  packet.print(', options [');
  const list = { hasItems: false };
  try {
    if (printTcpOptions(packet, offset + 20, headerBytes - 20, selectiveAckBase, list)) {
      packet.print(']');
      return true;
    }
    packet.print('[bad opt]');
    if (list.hasItems) packet.print(']');
  } catch (error) {
    if (!(error instanceof CutShort) || error.isAbrupt) throw error;
    packet.printCut();
    if (list.hasItems) packet.print('>');
  }
  return false;
}
