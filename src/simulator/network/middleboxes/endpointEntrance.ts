import type { VpcEndpoint } from '../../../core/network';
import { conversationOf, type PacketView } from '../forwarding/packetView';
import type { PlacedNode } from '../forwarding/worldIndex';
import { type PlacedInterface, subnetOf, type WorldLookup } from '../forwarding/worldLookup';

/**
 * The load balancer node that takes a packet from an interface of an endpoint for somebody's own service: the one in the same zone, by the
 * zone's id, because the two accounts may name it differently ("AWS PrivateLink concepts"). From another region every node will do. With
 * several load balancers in the zone the conversation decides. Undefined when the service has none there.
 */
export function nodeBehindEndpoint(
  lookup: WorldLookup,
  entrance: PlacedInterface,
  endpoint: VpcEndpoint,
  packet: PacketView,
  pick: (conversation: string, count: number) => number,
): PlacedNode | undefined {
  const zoneId = subnetOf(entrance.state, entrance.networkInterface)?.availabilityZoneId;
  const nodes = lookup.nodesBehind(endpoint.serviceName).filter(({ state, node }) => {
    if (state.place.region !== entrance.state.place.region) return true;
    return state.subnets.get(node.subnetId)?.availabilityZoneId === zoneId;
  });
  return nodes[nodes.length > 1 ? pick(conversationOf(packet, 'source'), nodes.length) : 0];
}
