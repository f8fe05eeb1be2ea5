import { type Flow, ICMP, TCP, UDP } from '../../../core/rules/flow';
import { readUint16 } from '../../../packet/headers/bytes';
import { decodeIcmp, IcmpType } from '../../../packet/headers/icmp';
import { decodeIpv4Packet, type Ipv4Packet } from '../../../packet/headers/ipv4';

/** One packet on its way: bytes, and what routers and filters read of them. */
export interface PacketView {
  readonly bytes: Uint8Array;
  readonly header: Ipv4Packet;
  readonly flow: Flow;
}

/** The two ends of the conversation that a packet belongs to, as its sender sees them; an echo's identifier stands for both ports. */
export interface PacketEnds {
  readonly protocol: number;
  readonly source: string;
  readonly sourcePort: number | undefined;
  readonly destination: string;
  readonly destinationPort: number | undefined;
}

/** Undefined for what is no whole IPv4 packet. */
export function viewPacket(bytes: Uint8Array): PacketView | undefined {
  const header = decodeIpv4Packet(bytes);
  return header && { bytes, header, flow: flowOf(header) };
}

/** As the rules look at it; ICMP carries type and code in the ports' places. */
function flowOf({ source, destination, protocol, payload }: Ipv4Packet): Flow {
  const hasPorts = protocol === TCP || protocol === UDP;
  const first = hasPorts ? readUint16(payload, 0) : protocol === ICMP ? payload[0] : undefined;
  const second = hasPorts ? readUint16(payload, 2) : protocol === ICMP ? payload[1] : undefined;
  return { source, destination, protocol, sourcePort: first, destinationPort: second };
}

/** An ICMP error has the ends of the conversation whose packet it quotes, turned round, because it goes back to that packet's sender. */
export function endsOf({ header, flow }: PacketView): PacketEnds {
  if (flow.protocol !== ICMP) return flow;
  const message = decodeIcmp(header.payload);
  const quoted = message?.type === IcmpType.unreachable ? viewPacket(message.payload) : undefined;
  if (quoted) return turned(endsOf(quoted));
  const identifier = (message?.rest ?? 0) >>> 16;
  return { ...flow, sourcePort: identifier, destinationPort: identifier };
}

function turned({ protocol, source, sourcePort, destination, destinationPort }: PacketEnds): PacketEnds {
  return {
    protocol,
    source: destination,
    sourcePort: destinationPort,
    destination: source,
    destinationPort: sourcePort,
  };
}

/** The name of the conversation that a packet belongs to, the same for both of its directions, seen from one of its two ends. */
export function conversationOf(packet: PacketView, owner: 'source' | 'destination'): string {
  const ends = endsOf(packet);
  return conversationName(owner === 'source' ? ends : turned(ends));
}

/** The same name for a conversation whose first end owns it. */
export function conversationName({ protocol, source, sourcePort, destination, destinationPort }: PacketEnds): string {
  return `${protocol} ${source}:${sourcePort} ${destination}:${destinationPort}`;
}
