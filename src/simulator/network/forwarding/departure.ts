import { covers } from '../../../core/ipv4';
import type { NetworkInterface, Subnet } from '../../../core/network';
import { matchRoute } from '../../../core/rules/matchRoute';
import { INSTANCE_METADATA, LINK_LOCAL_RESOLVER, resolverAddress } from '../../../core/vpcResolver';
import type { RegionState } from '../../world/regionState';
import type { ConnectionTracker } from './connectionTracker';
import type { DropReason } from './dropReason';
import { passesAcl, passesGroups } from './filters';
import type { PacketView } from './packetView';
import { attachedGateway, routeTableFor, subnetOf } from './worldLookup';

export type Departure =
  | { readonly kind: 'resolver' }
  | { readonly kind: 'metadata' }
  | { readonly kind: 'inVpc'; readonly address: string; readonly crossesBorder: boolean }
  | { readonly kind: 'internet'; readonly publicAddress: string }
  | { readonly kind: 'dropped'; readonly because: DropReason };

const dropped = (because: DropReason): Departure => ({ kind: 'dropped', because });

/** Where a packet goes that an interface sends, by its groups, its subnet's ACL and its subnet's routes, in this order. */
export function depart(
  state: RegionState,
  sender: NetworkInterface,
  packet: PacketView,
  tracker: ConnectionTracker,
): Departure {
  const { flow } = packet;
  const subnet = subnetOf(state, sender);
  const vpc = state.vpcs.get(sender.vpcId);
  if (!subnet || !vpc) return dropped('noInterface');
  // Source/destination check: an interface sends as itself only.
  if (flow.source !== sender.privateIpAddress) return dropped('sourceNotOwn');
  // Neither groups nor ACLs stand before these two ("Amazon VPC User Guide": DNS attributes, network ACLs).
  if (flow.destination === INSTANCE_METADATA) return { kind: 'metadata' };
  if ([LINK_LOCAL_RESOLVER, resolverAddress(vpc)].includes(flow.destination)) return { kind: 'resolver' };
  if (!passesGroups(state, sender, 'egress', packet, tracker)) return dropped('securityGroup');
  if (covers(subnet.cidrBlock, flow.destination))
    return { kind: 'inVpc', address: flow.destination, crossesBorder: false };
  if (!passesAcl(state, subnet, 'egress', packet)) return dropped('networkAcl');
  return route(state, sender, subnet, flow.destination);
}

function route(state: RegionState, sender: NetworkInterface, subnet: Subnet, destination: string): Departure {
  const table = routeTableFor(state, subnet);
  const { winner } = matchRoute(table?.routes ?? [], destination, [...state.prefixLists.values()]);
  if (!winner) return dropped('noRoute');
  if (winner.route.state === 'blackhole') return dropped('blackhole');
  const { target } = winner.route;
  switch (target.kind) {
    case 'local':
      return { kind: 'inVpc', address: destination, crossesBorder: true };
    case 'internetGateway':
      if (attachedGateway(state, sender.vpcId)?.id !== target.id) return dropped('gatewayDetached');
      if (!sender.publicIpAddress) return dropped('noPublicAddress');
      return { kind: 'internet', publicAddress: sender.publicIpAddress };
    default:
      return dropped('targetNotSimulated');
  }
}
