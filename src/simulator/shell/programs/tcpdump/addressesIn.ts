import { decodeFrame } from '../../../../packet/headers/frame';
import { IcmpType } from '../../../../packet/headers/icmp';
import { decodeIpv4Packet } from '../../../../packet/headers/ipv4';

const errorTypes: ReadonlySet<number> = new Set([IcmpType.unreachable, IcmpType.redirect, IcmpType.timeExceeded]);

/** Addresses that a frame's text will show, those of a packet that it quotes among them. */
export function addressesIn(bytes: Uint8Array): readonly string[] {
  const { arp, ipv4, ipv6, icmp } = decodeFrame(bytes);
  if (arp) return [arp.senderAddress, arp.targetAddress];
  const ip = ipv4 ?? ipv6;
  const quoted = icmp && errorTypes.has(icmp.type) ? decodeIpv4Packet(icmp.payload) : undefined;
  return [ip, quoted].flatMap(packet => (packet ? [packet.source, packet.destination] : []));
}
