import { CutShort, type Dissection } from './dissection';
import { printIcmp } from './printIcmp';
import { printTcp } from './printTcp';
import { printUdp } from './printUdp';
import type { TcpConversations } from './tcpConversations';

/**
 * tcpdump's text for the IPv4 packet at `offset`, of which `length` bytes were on the wire (padding included). The form is that of
 * the-tcpdump-group/tcpdump:print-ip.c, 4.99.
 */
export function printIpv4(packet: Dissection, offset: number, length: number, seen: TcpConversations): void {
  packet.protocol = 'ip';
  const version = packet.uint8(offset) >> 4;
  if (version !== 4) {
    packet.print(version === 6 ? 'IP6, wrong link-layer encapsulation (invalid)' : `IP${version} (invalid)`);
    return;
  }
  if (!packet.showsLinkLevel) packet.print('IP ');
  packet.need(offset, 20);
  const headerBytes = (packet.uint8(offset) & 15) * 4;
  if (headerBytes < 20) {
    packet.print(`bad-hlen ${headerBytes}`);
    return;
  }
  const totalBytes = packet.uint16(offset + 2);
  if (length < totalBytes) packet.print(`truncated-ip - ${totalBytes - length} bytes missing! `);
  if (totalBytes < headerBytes) {
    packet.print(`bad-len ${totalBytes}`);
    return;
  }
  packet.end = Math.min(packet.end, offset + totalBytes);
  printContent(packet, offset, headerBytes, totalBytes - headerBytes, seen);
}

function printContent(
  packet: Dissection,
  ip: number,
  headerBytes: number,
  length: number,
  seen: TcpConversations,
): void {
  const protocol = packet.uint8(ip + 9);
  const fragment = packet.uint16(ip + 6);
  const hosts = `${packet.host(ip + 12)} > ${packet.host(ip + 16)}:`;
  if (fragment & 0x1fff) {
    packet.print(`${hosts} ${packet.naming.numeric ? `ip-proto-${protocol}` : protocolName(protocol)}`);
    return;
  }
  const isTransport = protocol === 6 || protocol === 17;
  if (!isTransport) packet.print(`${hosts} `);
  if (!packet.has(ip, headerBytes)) {
    packet.print(` [remaining caplen(${packet.end - ip}) < header length(${headerBytes})]`);
    throw new CutShort();
  }
  const offset = ip + headerBytes;
  if (protocol === 6) printTcp(packet, offset, length, ip, seen);
  else if (protocol === 17) printUdp(packet, offset, length, ip, (fragment & 0x2000) !== 0);
  else if (protocol === 1) printIcmp(packet, offset, length);
  else packet.print(` ${packet.naming.numeric ? `ip-proto-${protocol}` : protocolName(protocol)} ${length}`);
}

const protocolNames: Readonly<Record<number, string>> = { 1: 'icmp', 6: 'tcp', 17: 'udp', 47: 'gre', 50: 'esp' };

const protocolName = (protocol: number) => protocolNames[protocol] ?? `ip-proto-${protocol}`;
