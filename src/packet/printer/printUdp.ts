import type { Dissection } from './dissection';
import { printDomain } from './printDomain';

const DOMAIN = 53;
const HEADER_BYTES = 8;

/** tcpdump's line for the datagram at `offset` inside the IPv4 packet at `ip`; `length` is what the IP header says it has. */
export function printUdp(packet: Dissection, offset: number, length: number, ip: number, isFragment: boolean): void {
  packet.protocol = 'udp';
  const hosts = [packet.host(ip + 12), packet.host(ip + 16)] as const;
  if (length < HEADER_BYTES || !packet.has(offset, 4)) {
    packet.print(`${hosts[0]} > ${hosts[1]}: `);
    if (length < HEADER_BYTES && packet.has(offset, 4)) packet.print(`truncated-udp ${length}`);
    else packet.printCut();
    return;
  }
  const sourcePort = packet.uint16(offset);
  const destinationPort = packet.uint16(offset + 2);
  packet.print(`${hosts[0]}.${packet.port(sourcePort, 'udp')} > ${hosts[1]}.${packet.port(destinationPort, 'udp')}: `);
  packet.need(offset, HEADER_BYTES);
  const claimed = packet.uint16(offset + 4);
  if (claimed < HEADER_BYTES) {
    packet.print(`truncated-udplength ${claimed}`);
    return;
  }
  const dataBytes = claimed - HEADER_BYTES;
  const presentBytes = Math.min(length - HEADER_BYTES, dataBytes);
  if (!packet.isQuiet && (sourcePort === DOMAIN || destinationPort === DOMAIN)) {
    printDomain(packet, offset + HEADER_BYTES, presentBytes);
  } else if (dataBytes > presentBytes && !isFragment) packet.print(`UDP, bad length ${dataBytes} > ${presentBytes}`);
  else packet.print(`UDP, length ${dataBytes}`);
}
