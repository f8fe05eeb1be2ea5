import { covers } from '../../../core/ipv4';
import type { NetworkInterface, RouteTarget, Subnet, VpcEndpoint } from '../../../core/network';
import { matchRoute } from '../../../core/rules/matchRoute';
import { INSTANCE_METADATA, LINK_LOCAL_RESOLVER, resolverAddress } from '../../../core/vpcResolver';
import type { DropReason } from './dropReason';
import { type GroupFilter, passesAcl, passesGroups } from './filters';
import { type FlowReturns, flowIdleMs } from './flowReturns';
import { conversationOf, type PacketView } from './packetView';
import { type PlacedInterface, subnetOf, type WorldLookup } from './worldLookup';

export type Departure =
  | { readonly kind: 'resolver' }
  | { readonly kind: 'metadata' }
  /** `isRouted`: handed over to be sent on, though the packet is for somebody else. */
  | { readonly kind: 'interface'; readonly receiver: PlacedInterface; readonly isRouted: boolean }
  | { readonly kind: 'internet'; readonly publicAddress: string }
  | { readonly kind: 'gatewayEndpoint'; readonly endpoint: VpcEndpoint }
  | { readonly kind: 'dropped'; readonly because: DropReason };

export interface DepartureRules extends GroupFilter {
  readonly returns: FlowReturns;
}

const dropped = (because: DropReason): Departure => ({ kind: 'dropped', because });

/** Interfaces of AWS's own that carry other people's packets, so that their source is not checked. */
const carriers: readonly NetworkInterface['kind'][] = ['natGateway', 'networkLoadBalancer', 'instanceConnectEndpoint'];

/** Without its source/destination check an interface of a customer's may send, and take, what is somebody else's. */
export function sendsForOthers({ kind, sourceDestCheck }: NetworkInterface): boolean {
  return carriers.includes(kind) || sourceDestCheck === false;
}

/** Where a packet goes that an interface sends, by its groups, its subnet's ACL and its subnet's routes. */
export function depart(rules: DepartureRules, sender: PlacedInterface, packet: PacketView): Departure {
  const { state, networkInterface } = sender;
  const { flow } = packet;
  const subnet = subnetOf(state, networkInterface);
  const vpc = state.vpcs.get(networkInterface.vpcId);
  if (!subnet || !vpc) return dropped('noInterface');
  if (flow.source !== networkInterface.privateIpAddress && !sendsForOthers(networkInterface))
    return dropped('sourceNotOwn');
  // Neither groups nor ACLs stand before these two ("Amazon VPC User Guide": DNS attributes, network ACLs).
  if (flow.destination === INSTANCE_METADATA) return { kind: 'metadata' };
  if ([LINK_LOCAL_RESOLVER, resolverAddress(vpc)].includes(flow.destination)) return { kind: 'resolver' };
  if (!passesGroups(rules, sender, 'egress', packet)) return dropped('securityGroup');
  const departure = returning(rules, sender, packet) ?? towards(rules.lookup, sender, subnet, flow.destination);
  if (departure.kind === 'dropped' || !crossesBorder(departure, networkInterface)) return departure;
  return passesAcl(rules.lookup, subnet, 'egress', packet) ? departure : dropped('networkAcl');
}

function crossesBorder(departure: Departure, { subnetId }: NetworkInterface): boolean {
  return departure.kind !== 'interface' || departure.receiver.networkInterface.subnetId !== subnetId;
}

/** The answer within a conversation that came through a load balancer or a tunnel under its client's address. */
function returning(
  { lookup, returns }: DepartureRules,
  { state, networkInterface }: PlacedInterface,
  packet: PacketView,
): Departure | undefined {
  const through = returns.find(networkInterface.id, conversationOf(packet, 'source'), flowIdleMs);
  const found = through && state.networkInterfaces.get(through);
  if (!found || found.id === networkInterface.id) return undefined;
  const receiver = lookup.interfaceAt(found.vpcId, found.privateIpAddress);
  return receiver && { kind: 'interface', receiver, isRouted: true };
}

function towards(lookup: WorldLookup, sender: PlacedInterface, subnet: Subnet, destination: string): Departure {
  // Neighbours talk without the router: routes and ACLs are not asked.
  if (covers(subnet.cidrBlock, destination)) return toInterfaceAt(lookup, subnet.vpcId, destination);
  const routes = lookup.routeTableFor(subnet)?.routes ?? [];
  const { winner } = matchRoute(routes, destination, lookup.prefixLists(sender.state));
  if (!winner) return dropped('noRoute');
  if (winner.route.state === 'blackhole') return dropped('blackhole');
  if (sender.networkInterface.kind === 'natGateway' && !servesNat.includes(winner.route.target.kind))
    return dropped('edgeToEdge');
  return follow(lookup, sender, winner.route.target, destination);
}

/** "NAT gateway basics": it cannot send traffic over VPC endpoints or peering connections. */
const servesNat: readonly RouteTarget['kind'][] = ['local', 'internetGateway'];

function follow(lookup: WorldLookup, sender: PlacedInterface, target: RouteTarget, destination: string): Departure {
  const { state, networkInterface } = sender;
  const { vpcId, publicIpAddress } = networkInterface;
  switch (target.kind) {
    case 'local':
      return toInterfaceAt(lookup, vpcId, destination);
    case 'internetGateway':
      if (lookup.attachedGateway(vpcId)?.id !== target.id) return dropped('gatewayDetached');
      return publicIpAddress ? { kind: 'internet', publicAddress: publicIpAddress } : dropped('noPublicAddress');
    case 'gatewayEndpoint': {
      const endpoint = state.endpoints.get(target.id);
      return endpoint?.state === 'available' ? { kind: 'gatewayEndpoint', endpoint } : dropped('targetNotAvailable');
    }
    case 'natGateway':
      return toMachine(lookup, sender, state.natGateways.get(target.id)?.networkInterfaceId);
    case 'networkInterface':
      return toMachine(lookup, sender, target.id);
    case 'peeringConnection': {
      const peer = lookup.peerThrough(vpcId, target.id);
      if (!peer) return dropped('targetNotAvailable');
      const found = lookup.interfaceOf(peer, destination);
      // What lies behind the peer's edge is out of reach ("Amazon VPC Peering Guide: Limitations").
      if (found === 'outside') return dropped('edgeToEdge');
      return found ? { kind: 'interface', receiver: found, isRouted: false } : dropped('addressUnused');
    }
    case 'other':
      return dropped('targetNotSimulated');
  }
}

function toInterfaceAt(lookup: WorldLookup, vpcId: NetworkInterface['vpcId'], address: string): Departure {
  const receiver = lookup.interfaceAt(vpcId, address);
  return receiver ? { kind: 'interface', receiver, isRouted: false } : dropped('addressUnused');
}

/** A route that names a machine of the same VPC, which is to send the packet on. */
function toMachine(
  lookup: WorldLookup,
  { state, networkInterface }: PlacedInterface,
  id: NetworkInterface['id'] | undefined,
): Departure {
  const machine = id && state.networkInterfaces.get(id);
  if (!machine || machine.vpcId !== networkInterface.vpcId) return dropped('targetNotAvailable');
  const receiver = lookup.interfaceAt(machine.vpcId, machine.privateIpAddress);
  return receiver ? { kind: 'interface', receiver, isRouted: true } : dropped('targetNotAvailable');
}
