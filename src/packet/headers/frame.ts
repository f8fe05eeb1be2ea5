import { type ArpPacket, decodeArp } from './arp';
import { decodeEthernet, type EthernetHeader, EtherType } from './ethernet';
import { decodeIcmp, type IcmpMessage } from './icmp';
import { decodeIpv4Packet, IpProtocolNumber, type Ipv4Packet } from './ipv4';
import { type DecodedTcpSegment, decodeTcp } from './tcp';
import { type DecodedUdpHeader, decodeUdp } from './udp';

/** What of a frame could be read, layer by layer. A layer that is absent, cut or broken is undefined; of a later fragment no transport is read. */
export interface DecodedFrame {
  readonly ethernet: EthernetHeader | undefined;
  readonly arp: ArpPacket | undefined;
  readonly ipv4: Ipv4Packet | undefined;
  readonly tcp: DecodedTcpSegment | undefined;
  readonly udp: DecodedUdpHeader | undefined;
  readonly icmp: IcmpMessage | undefined;
}

/** Reads an Ethernet frame. Never throws. */
export function decodeFrame(bytes: Uint8Array): DecodedFrame {
  const ethernet = decodeEthernet(bytes);
  const payload = ethernet?.payload;
  const ipv4 = payload && ethernet.etherType === EtherType.ipv4 ? decodeIpv4Packet(payload) : undefined;
  const transport = ipv4?.fragmentOffsetBytes === 0 ? ipv4.payload : undefined;
  const carries = (protocol: number) => (ipv4?.protocol === protocol ? transport : undefined);
  const tcp = carries(IpProtocolNumber.tcp);
  const udp = carries(IpProtocolNumber.udp);
  const icmp = carries(IpProtocolNumber.icmp);
  return {
    ethernet,
    arp: payload && ethernet.etherType === EtherType.arp ? decodeArp(payload) : undefined,
    ipv4,
    tcp: tcp && decodeTcp(tcp),
    udp: udp && decodeUdp(udp),
    icmp: icmp && decodeIcmp(icmp),
  };
}
