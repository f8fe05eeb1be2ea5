/** What machines in the middle read of TCP packets, and write themselves. */
import { encodeIpv4Packet, IpProtocolNumber } from '../../../packet/headers/ipv4';
import { decodeTcp, encodeTcp, type TcpSegment } from '../../../packet/headers/tcp';
import { TcpFlag } from '../../../packet/packetColumns';
import type { PacketView } from '../forwarding/packetView';
import { resetAnswering } from '../tcp/resetAnswering';

/** The segment in a packet; undefined for other protocols and for broken ones. */
export function segmentOf({ header, flow }: PacketView): TcpSegment | undefined {
  return flow.protocol === IpProtocolNumber.tcp ? decodeTcp(header.payload) : undefined;
}

/** Whether a packet may begin a conversation: anything but a TCP segment that is no plain SYN. */
export function mayBegin(packet: PacketView): boolean {
  const segment = segmentOf(packet);
  if (!segment) return packet.flow.protocol !== IpProtocolNumber.tcp;
  return (segment.flags & (TcpFlag.syn | TcpFlag.ack | TcpFlag.rst)) === TcpFlag.syn;
}

/** The reset for a packet whose connection nobody knows, from the address that it went to; undefined when it earns none. */
export function resetFor(packet: PacketView, timeToLive: number): Uint8Array | undefined {
  const segment = segmentOf(packet);
  const reset = segment && resetAnswering(segment);
  if (!reset) return undefined;
  const { source, destination } = packet.flow;
  return encodeIpv4Packet(
    {
      source: destination,
      destination: source,
      protocol: IpProtocolNumber.tcp,
      timeToLive,
      identification: 0,
      dontFragment: true,
    },
    encodeTcp(reset, destination, source),
  );
}
