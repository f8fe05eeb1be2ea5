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

/**
 * The name of the conversation that a packet belongs to, the same for both of its directions, seen from one of its two ends.
 * An ICMP error belongs to the conversation whose packet it quotes.
 */
export function conversationOf({ header, flow }: PacketView, owner: 'source' | 'destination'): string {
  if (flow.protocol === ICMP) {
    const message = decodeIcmp(header.payload);
    const quoted = message?.type === IcmpType.unreachable ? viewPacket(message.payload) : undefined;
    if (quoted) return conversationOf(quoted, owner === 'source' ? 'destination' : 'source');
    const identifier = (message?.rest ?? 0) >>> 16;
    return ends(flow, owner, identifier, identifier);
  }
  return ends(flow, owner, flow.sourcePort, flow.destinationPort);
}

function ends(flow: Flow, owner: 'source' | 'destination', sourcePort?: number, destinationPort?: number): string {
  const source = `${flow.source}:${sourcePort}`;
  const destination = `${flow.destination}:${destinationPort}`;
  return owner === 'source' ? `${flow.protocol} ${source} ${destination}` : `${flow.protocol} ${destination} ${source}`;
}
