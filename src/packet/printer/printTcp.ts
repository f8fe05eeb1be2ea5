import { CutShort, type Dissection } from './dissection';
import { printTcpOptions } from './printTcpOptions';
import { printTcpPayload } from './printTcpPayload';
import type { TcpConversations } from './tcpConversations';

const ACK = 0x10;
const SYN_FIN_RST = 0x07;

/** Order of tcpdump's letters: bit 0 upwards, the acknowledgement as a dot. */
const flagLetters = ['F', 'S', 'R', 'P', '.', 'U', 'E', 'W'];

/**
 * tcpdump's line for the segment at `offset` inside the IPv4 packet at `ip`; `length` is what the IP header says it has. The form is
 * that of the-tcpdump-group/tcpdump:print-tcp.c, 4.99.
 */
export function printTcp(packet: Dissection, offset: number, length: number, ip: number, seen: TcpConversations): void {
  packet.protocol = 'tcp';
  const source = packet.host(ip + 12);
  const destination = packet.host(ip + 16);
  if (!packet.has(offset + 2, 2)) {
    packet.print(`${source} > ${destination}:`);
    packet.printCut();
    return;
  }
  const sourcePort = packet.uint16(offset);
  const destinationPort = packet.uint16(offset + 2);
  packet.print(`${source}.${packet.port(sourcePort, 'tcp')} > ${destination}.${packet.port(destinationPort, 'tcp')}: `);
  packet.need(offset, 20);
  const headerBytes = (packet.uint8(offset + 12) >> 4) * 4;
  const dataBytes = length - headerBytes;
  if (headerBytes < 20) {
    packet.print(` tcp ${dataBytes >>> 0} [bad hdr length ${headerBytes} - too short, < 20]`);
    return;
  }
  if (packet.isQuiet) {
    packet.print(`tcp ${dataBytes >>> 0}`);
    if (dataBytes < 0) packet.print(` [bad hdr length ${headerBytes} - too long, > ${length}]`);
    return;
  }
  const flags = packet.uint8(offset + 13);
  packet.print(`Flags [${flagText(flags)}]`);
  const numbers = seen.relate({
    source: packet.uint32(ip + 12),
    destination: packet.uint32(ip + 16),
    sourcePort,
    destinationPort,
    flags,
    sequence: packet.uint32(offset + 4),
    acknowledgment: packet.uint32(offset + 8),
  });
  if (dataBytes < 0) {
    packet.print(` [bad hdr length ${headerBytes} - too long, > ${length}]`);
    return;
  }
  printNumbers(packet, offset, flags, dataBytes, numbers.sequence, numbers.acknowledgment);
  if (headerBytes > 20 && !printOptions(packet, offset, headerBytes, numbers.selectiveAckBase)) return;
  packet.print(`, length ${dataBytes}`);
  if (dataBytes > 0) printTcpPayload(packet, offset + headerBytes, dataBytes, sourcePort, destinationPort);
}

export function flagText(flags: number): string {
  return flagLetters.filter((_, bit) => flags & (1 << bit)).join('') || 'none';
}

function printNumbers(
  packet: Dissection,
  offset: number,
  flags: number,
  dataBytes: number,
  sequence: number,
  acknowledgment: number,
): void {
  if (dataBytes > 0 || flags & SYN_FIN_RST) {
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
  const list = { hasItems: false, isInData: false };
  try {
    if (printTcpOptions(packet, offset + 20, headerBytes - 20, selectiveAckBase, list)) {
      packet.print(']');
      return true;
    }
    packet.print('[bad opt]');
    if (list.hasItems) packet.print(']');
  } catch (error) {
    if (!(error instanceof CutShort)) throw error;
    packet.printCut();
    if (list.hasItems && list.isInData) packet.print('>');
  }
  return false;
}
