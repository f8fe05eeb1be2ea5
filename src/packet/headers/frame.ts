import { type ArpPacket, decodeArp } from './arp';
import { decodeEthernet, type EthernetHeader, EtherType } from './ethernet';
import { decodeIcmp, type IcmpMessage } from './icmp';
import { decodeIcmp6 } from './icmp6';
import { decodeIpv4Packet, IpProtocolNumber, type Ipv4Packet } from './ipv4';
import { decodeIpv6Packet, type Ipv6Packet } from './ipv6';
import { type DecodedTcpSegment, decodeTcp } from './tcp';
import { type DecodedUdpHeader, decodeUdp } from './udp';

/** What of a frame could be read, layer by layer. A layer that is absent, cut or broken is undefined; of a later fragment no transport is read. */
export interface DecodedFrame {
  readonly ethernet: EthernetHeader | undefined;
  readonly arp: ArpPacket | undefined;
  readonly ipv4: Ipv4Packet | undefined;
  readonly ipv6: Ipv6Packet | undefined;
  readonly tcp: DecodedTcpSegment | undefined;
  readonly udp: DecodedUdpHeader | undefined;
  readonly icmp: IcmpMessage | undefined;
  readonly icmp6: IcmpMessage | undefined;
}

/** Reads an Ethernet frame, behind VLAN tags if it has any. Never throws. */
export function decodeFrame(bytes: Uint8Array): DecodedFrame {
  const ethernet = decodeEthernet(bytes);
  const payloadOf = (etherType: number) => (ethernet?.etherType === etherType ? ethernet.payload : undefined);
  const arp = payloadOf(EtherType.arp);
  const packet4 = payloadOf(EtherType.ipv4);
  const packet6 = payloadOf(EtherType.ipv6);
  const ipv4 = packet4 && decodeIpv4Packet(packet4);
  const ipv6 = packet6 && decodeIpv6Packet(packet6);
  const offsetBytes = ipv4?.fragmentOffsetBytes ?? ipv6?.fragment?.offsetBytes ?? 0;
  const carries = (protocol: number) => {
    const ip = ipv4 ?? ipv6;
    return ip?.protocol === protocol && offsetBytes === 0 ? ip.payload : undefined;
  };
  const tcp = carries(IpProtocolNumber.tcp);
  const udp = carries(IpProtocolNumber.udp);
  const icmp = ipv4 && carries(IpProtocolNumber.icmp);
  const icmp6 = ipv6 && carries(IpProtocolNumber.icmp6);
  return {
    ethernet,
    arp: arp && decodeArp(arp),
    ipv4,
    ipv6,
    tcp: tcp && decodeTcp(tcp),
    udp: udp && decodeUdp(udp),
    icmp: icmp && decodeIcmp(icmp),
    icmp6: icmp6 && decodeIcmp6(icmp6),
  };
}
