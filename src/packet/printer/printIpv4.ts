import { finishChecksum, sumWords } from '../headers/checksum';
import { IpProtocolNumber } from '../headers/ipv4';
import { CutShort, type Dissection } from './dissection';
import { hostsOf, type IpLayer, rightChecksum } from './ipLayer';
import { printIcmp } from './printIcmp';
import { printIpv4Options } from './printIpv4Options';
import { printIpv6 } from './printIpv6';
import { printTcp } from './printTcp';
import { printUdp } from './printUdp';
import { protocolName, protocolTitle } from './protocolNames';
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
  if (length < 20) packet.print(`truncated-ip ${length}`);
  else if (headerBytes < 20) packet.print(`bad-hlen ${headerBytes}`);
  else printWhole(packet, offset, length, headerBytes, seen);
}

function printWhole(
  packet: Dissection,
  offset: number,
  length: number,
  headerBytes: number,
  seen: TcpConversations,
): void {
  const totalBytes = packet.uint16(offset + 2);
  if (length < totalBytes) packet.print(`truncated-ip - ${totalBytes - length} bytes missing! `);
  if (totalBytes < headerBytes) {
    packet.print(`bad-len ${totalBytes}`);
    return;
  }
  packet.within(offset + totalBytes, () => {
    const isReadable = packet.verbosity === 0 || printHeader(packet, offset, headerBytes);
    if (isReadable) printContent(packet, offset, headerBytes, totalBytes - headerBytes, seen);
    else {
      packet.print(`${packet.host(offset + 12)} > ${packet.host(offset + 16)}: `);
      packet.printCut();
    }
  });
}

const congestionMarks = ['', ',ECT(1)', ',ECT(0)', ',CE'];

const flagNames: readonly (readonly [number, string])[] = [
  [0x2000, '+'],
  [0x4000, 'DF'],
  [0x8000, 'rsvd'],
];

/** The header's fields as `-v` shows them, and the start of the next line. False when an option was cut. */
function printHeader(packet: Dissection, ip: number, headerBytes: number): boolean {
  const typeOfService = packet.uint8(ip + 1);
  const timeToLive = packet.uint8(ip + 8);
  const fragment = packet.uint16(ip + 6);
  const flags = flagNames.filter(([bit]) => fragment & bit).map(([, name]) => name);
  packet.print(`(tos 0x${typeOfService.toString(16)}${congestionMarks[typeOfService & 3]}`);
  if (timeToLive > 0) packet.print(`, ttl ${timeToLive}`);
  packet.print(`, id ${packet.uint16(ip + 4)}, offset ${(fragment & 0x1fff) * 8}`);
  packet.print(`, flags [${flags.join(', ') || 'none'}]`);
  packet.print(`, proto ${protocolTitle(packet.uint8(ip + 9))}, length ${packet.uint16(ip + 2)}`);
  const isReadable = headerBytes === 20 || printIpv4Options(packet, ip + 20, headerBytes - 20);
  printHeaderChecksum(packet, ip, headerBytes);
  packet.print(')\n    ');
  return isReadable;
}

function printHeaderChecksum(packet: Dissection, ip: number, headerBytes: number): void {
  if (!packet.showsChecksums || !packet.has(ip, headerBytes)) return;
  const sum = finishChecksum(sumWords(packet.bytes.subarray(ip, ip + headerBytes)));
  const written = packet.uint16(ip + 10);
  if (sum !== 0) packet.print(`, bad cksum ${written.toString(16)} (->${rightChecksum(written, sum).toString(16)})!`);
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
  const layer: IpLayer = { version: 4, offset: ip, isFragment: (fragment & 0x2000) !== 0, isDirect: true };
  const hosts = hostsOf(packet, layer);
  if (fragment & 0x1fff) {
    packet.print(`${hosts[0]} > ${hosts[1]}: ${protocolName(packet, protocol)}`);
    return;
  }
  const isTransport = protocol === IpProtocolNumber.tcp || protocol === IpProtocolNumber.udp;
  if (!isTransport) packet.print(`${hosts[0]} > ${hosts[1]}: `);
  if (!packet.has(ip, headerBytes)) {
    packet.print(` [remaining caplen(${packet.end - ip}) < header length(${headerBytes})]`);
    throw new CutShort(true);
  }
  printProtocol(packet, protocol, ip + headerBytes, length, layer, seen);
}

const IPV4_IN_IP = 4;
const IPV6_IN_IP = 41;

function printProtocol(
  packet: Dissection,
  protocol: number,
  offset: number,
  length: number,
  ip: IpLayer,
  seen: TcpConversations,
): void {
  switch (protocol) {
    case IpProtocolNumber.tcp:
      printTcp(packet, offset, length, ip, seen);
      break;
    case IpProtocolNumber.udp:
      printUdp(packet, offset, length, ip);
      break;
    case IpProtocolNumber.icmp:
      printIcmp(packet, offset, length, ip.isFragment, seen, printIpv4);
      break;
    case IPV4_IN_IP:
      printIpv4(packet, offset, length, seen);
      break;
    case IPV6_IN_IP:
      printIpv6(packet, offset, length, seen);
      break;
    case IpProtocolNumber.icmp6:
      packet.print('[ICMPv6 requires IPv6] (invalid)');
      break;
    default:
      packet.print(` ${protocolName(packet, protocol)} ${length}`);
  }
}
