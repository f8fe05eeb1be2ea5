import type { NetworkInterface, Subnet } from '../../../core/network';
import { evaluateNetworkAcl } from '../../../core/rules/evaluateNetworkAcl';
import { evaluateSecurityGroups } from '../../../core/rules/evaluateSecurityGroups';
import type { ConnectionTracker } from './connectionTracker';
import { conversationOf, type PacketView } from './packetView';
import { groupsOf, type PlacedInterface, type WorldLookup } from './worldLookup';

export type Direction = 'ingress' | 'egress';

/** What the groups of one interface need to judge a packet. */
export interface GroupFilter {
  readonly lookup: WorldLookup;
  readonly tracker: ConnectionTracker;
}

/**
 * Whether groups stand before an interface in a direction: NAT gateways have none, load balancers those they were made with, and nothing
 * judges what comes to an EC2 Instance Connect Endpoint ("Security groups for EC2 Instance Connect Endpoint").
 */
function hasGroups({ kind, securityGroupIds }: NetworkInterface, direction: Direction): boolean {
  if (kind === 'natGateway') return false;
  if (kind === 'networkLoadBalancer') return securityGroupIds.length > 0;
  return kind !== 'instanceConnectEndpoint' || direction === 'egress';
}

/**
 * The groups of an interface judge the first packet; what belongs to a conversation that they let through passes. `member` is who sent or
 * gets the packet, for rules that name a group, where the address alone does not tell.
 */
export function passesGroups(
  { lookup, tracker }: GroupFilter,
  owner: PlacedInterface,
  direction: Direction,
  packet: PacketView,
  member?: NetworkInterface,
): boolean {
  const { state, networkInterface } = owner;
  const { flow } = packet;
  const conversation = conversationOf(packet, direction === 'egress' ? 'source' : 'destination');
  if (tracker.renew(conversation, flow.protocol)) return true;
  const other = direction === 'egress' ? flow.destination : flow.source;
  const isAllowed =
    !hasGroups(networkInterface, direction) ||
    evaluateSecurityGroups(direction, flow, {
      groups: groupsOf(state, networkInterface),
      peerInterface: member
        ? { privateIpAddress: other, securityGroupIds: member.securityGroupIds }
        : lookup.groupMemberAt(state, networkInterface.vpcId, other),
      prefixLists: lookup.prefixLists(state),
    }).isAllowed;
  if (isAllowed) tracker.add(conversation, flow.protocol);
  return isAllowed;
}

export function passesAcl(lookup: WorldLookup, subnet: Subnet, direction: Direction, { flow }: PacketView): boolean {
  const acl = lookup.networkAclFor(subnet);
  return acl === undefined || evaluateNetworkAcl(direction, flow, acl).isAllowed;
}
