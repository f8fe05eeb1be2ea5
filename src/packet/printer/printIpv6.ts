import { formatHex } from '../headers/addressText';
import { IpProtocolNumber } from '../headers/ipv4';
import { IPV6_HEADER_BYTES } from '../headers/ipv6';
import { Ipv6ExtensionNumber } from '../headers/ipv6Extensions';
import type { Dissection } from './dissection';
import { hostsOf, type IpLayer } from './ipLayer';
import { printIcmp6 } from './printIcmp6';
import { printFragment, printHopOptions } from './printIpv6Extensions';
import { printTcp } from './printTcp';
import { printUdp } from './printUdp';
import { protocolName, protocolTitle } from './protocolNames';
import type { TcpConversations } from './tcpConversations';

/**
 * tcpdump's text for the IPv6 packet at `offset`, of which `length` bytes were on the wire (padding included). The form is that of
 * the-tcpdump-group/tcpdump:print-ip6.c, 4.99.
 */
export function printIpv6(packet: Dissection, offset: number, length: number, seen: TcpConversations): void {
  packet.protocol = 'ip6';
  packet.need(offset, IPV6_HEADER_BYTES);
  if (length < IPV6_HEADER_BYTES) {
    packet.print(`truncated-ip6 ${length}`);
    return;
  }
  if (!packet.showsLinkLevel) packet.print('IP6 ');
  const version = packet.uint8(offset) >> 4;
  if (version !== 6) {
    packet.print(`version error: ${version} != 6`);
    return;
  }
  const totalBytes = IPV6_HEADER_BYTES + packet.uint16(offset + 4);
  if (length < totalBytes) packet.print(`truncated-ip6 - ${totalBytes - length} bytes missing!`);
  if (packet.verbosity > 0) printHeader(packet, offset);
  packet.within(offset + totalBytes, () => new ContentPrinter(packet, offset, totalBytes, seen).print());
}

function printHeader(packet: Dissection, offset: number): void {
  const word = packet.uint32(offset);
  const trafficClass = (word >>> 20) & 0xff;
  const flowLabel = word & 0xf_ffff;
  packet.print('(');
  if (trafficClass) packet.print(`class 0x${formatHex(Uint8Array.of(trafficClass))}, `);
  if (flowLabel) packet.print(`flowlabel 0x${flowLabel.toString(16).padStart(5, '0')}, `);
  packet.print(`hlim ${packet.uint8(offset + 7)}, next-header ${protocolTitle(packet.uint8(offset + 6))} `);
  packet.print(`payload length: ${packet.uint16(offset + 4)}) `);
}

/** Walks the headers behind the fixed one and prints each. */
class ContentPrinter {
  #isFragment = false;

  constructor(
    readonly packet: Dissection,
    /** Where the fixed header begins. */
    readonly start: number,
    readonly totalBytes: number,
    readonly seen: TcpConversations,
  ) {}

  print(): void {
    const first = this.packet.uint8(this.start + 6);
    const isTransport = first === IpProtocolNumber.tcp || first === IpProtocolNumber.udp;
    if (!isTransport) this.packet.print(`${hostsOf(this.packet, this.#layer(false)).join(' > ')}: `);
    let next: readonly [protocol: number, at: number] | undefined = [first, this.start + IPV6_HEADER_BYTES];
    while (next) next = this.#printHeader(next[0], next[1]);
  }

  /** What stands behind the header, and where; undefined when it was the last one to print. */
  #printHeader(protocol: number, at: number): readonly [protocol: number, at: number] | undefined {
    const { packet } = this;
    switch (protocol) {
      case Ipv6ExtensionNumber.hopByHop:
      case Ipv6ExtensionNumber.destinationOptions: {
        const isHopByHop = protocol === Ipv6ExtensionNumber.hopByHop;
        if (isHopByHop && at !== this.start + IPV6_HEADER_BYTES) {
          packet.print(`[The Hop-by-Hop Options header ${this.#misplacement()}] (invalid)`);
          return undefined;
        }
        return this.#following(at, printHopOptions(packet, at, isHopByHop ? 'HBH ' : 'DSTOPT '));
      }
      case Ipv6ExtensionNumber.fragment:
        this.#isFragment = true;
        return this.#following(at, printFragment(packet, at, this.start));
      default:
        this.#printProtocol(protocol, at, this.start + this.totalBytes - at);
        return undefined;
    }
  }

  #misplacement(): string {
    const isSecond = this.packet.uint8(this.start + 6) === Ipv6ExtensionNumber.hopByHop;
    return isSecond ? 'was already found' : "don't follow the IPv6 header";
  }

  /** Nothing is read past the captured bytes. */
  #following(at: number, end: number | undefined): readonly [protocol: number, at: number] | undefined {
    return end === undefined || at >= this.packet.end ? undefined : [this.packet.uint8(at), end];
  }

  #printProtocol(protocol: number, at: number, length: number): void {
    const { packet } = this;
    switch (protocol) {
      case IpProtocolNumber.tcp:
        printTcp(packet, at, length, this.#layer(true, protocol), this.seen);
        break;
      case IpProtocolNumber.udp:
        printUdp(packet, at, length, this.#layer(true, protocol));
        break;
      case IpProtocolNumber.icmp6:
        printIcmp6(packet, at, length, this.#layer(false));
        break;
      case IpProtocolNumber.icmp:
        packet.print('[ICMP requires IPv4] (invalid)');
        break;
      case NO_NEXT_HEADER:
        packet.print('no next header');
        break;
      default:
        packet.print(` ${protocolName(packet, protocol)} ${length}`);
    }
  }

  #layer(isTransport: boolean, protocol = -1): IpLayer {
    const isDirect = isTransport && this.packet.uint8(this.start + 6) === protocol;
    return { version: 6, offset: this.start, isFragment: this.#isFragment, isDirect };
  }
}

const NO_NEXT_HEADER = 59;
