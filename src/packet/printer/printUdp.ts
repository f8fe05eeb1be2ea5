import { formatHex16 } from '../headers/addressText';
import { IpProtocolNumber } from '../headers/ipv4';
import type { Dissection } from './dissection';
import { hostsOf, type IpLayer, printEndpoints, rightChecksum, transportSum } from './ipLayer';
import { printDomain } from './printDomain';

const DOMAIN = 53;
const HEADER_BYTES = 8;

/** tcpdump's line for the datagram at `offset` inside an IP packet; `length` is what the IP header says it has. */
export function printUdp(packet: Dissection, offset: number, length: number, ip: IpLayer): void {
  packet.protocol = 'udp';
  if (!packet.has(offset, 4)) {
    if (ip.isDirect) packet.print(`${hostsOf(packet, ip).join(' > ')}: `);
    packet.printCut();
    return;
  }
  const ports = [packet.uint16(offset), packet.uint16(offset + 2)] as const;
  printEndpoints(packet, ip, ports[0], ports[1], 'udp');
  if (length < HEADER_BYTES) {
    packet.print(`truncated-udp ${length}`);
    return;
  }
  packet.need(offset, HEADER_BYTES);
  const claimed = packet.uint16(offset + 4);
  if (claimed < HEADER_BYTES) {
    packet.print(`truncated-udplength ${claimed}`);
    return;
  }
  const dataBytes = claimed - HEADER_BYTES;
  const presentBytes = Math.min(length - HEADER_BYTES, dataBytes);
  printChecksum(packet, offset, presentBytes + HEADER_BYTES, ip);
  if (!packet.isQuiet && ports.includes(DOMAIN)) printDomain(packet, offset + HEADER_BYTES, presentBytes);
  else if (dataBytes > presentBytes && !ip.isFragment) packet.print(`UDP, bad length ${dataBytes} > ${presentBytes}`);
  else packet.print(`UDP, length ${dataBytes}`);
}

/** Over IPv4, where a datagram needs none, `-vv` shows it; over IPv6 `-v`. */
function printChecksum(packet: Dissection, offset: number, length: number, ip: IpLayer): void {
  if (!packet.showsChecksums || ip.isFragment || packet.verbosity < (ip.version === 4 ? 2 : 1)) return;
  const written = packet.uint16(offset + 6);
  if (written === 0 && ip.version === 4) {
    packet.print('[no cksum] ');
    return;
  }
  const sum = transportSum(packet, ip, offset, length, IpProtocolNumber.udp);
  if (sum === 0) packet.print('[udp sum ok] ');
  else if (sum !== undefined)
    packet.print(`[bad udp cksum 0x${formatHex16(written)} -> 0x${formatHex16(rightChecksum(written, sum))}!] `);
}
