import { IpProtocolNumber } from '../headers/ipv4';
import { IPV6_HEADER_BYTES } from '../headers/ipv6';
import { walkIpv6Extensions } from '../headers/ipv6Extensions';
import type { Dissection } from './dissection';

/** The port that the IPv6 packet at `offset` was for; undefined when it is neither TCP nor UDP, a later fragment, or cut. */
export function quotedPort(
  packet: Dissection,
  offset: number,
): { readonly protocol: number; readonly port: number } | undefined {
  if (!packet.has(offset, IPV6_HEADER_BYTES)) return undefined;
  const content = packet.bytes.subarray(offset + IPV6_HEADER_BYTES, packet.end);
  const walk = walkIpv6Extensions(packet.uint8(offset + 6), content);
  if (!walk || (walk.fragment && walk.fragment.offsetBytes > 0)) return undefined;
  const ports = offset + IPV6_HEADER_BYTES + walk.offset;
  const hasPorts = walk.protocol === IpProtocolNumber.tcp || walk.protocol === IpProtocolNumber.udp;
  return hasPorts && packet.has(ports, 4) ? { protocol: walk.protocol, port: packet.uint16(ports + 2) } : undefined;
}
