import type { NetworkInterface, Subnet } from '../../../core/network';
import { evaluateNetworkAcl } from '../../../core/rules/evaluateNetworkAcl';
import { evaluateSecurityGroups } from '../../../core/rules/evaluateSecurityGroups';
import type { RegionState } from '../../world/regionState';
import type { ConnectionTracker } from './connectionTracker';
import { conversationOf, type PacketView } from './packetView';
import { groupsOf, interfaceAt, networkAclFor } from './worldLookup';

/** The groups of an interface judge the first packet; what belongs to a conversation that they let through passes. */
export function passesGroups(
  state: RegionState,
  networkInterface: NetworkInterface,
  direction: 'ingress' | 'egress',
  packet: PacketView,
  tracker: ConnectionTracker,
): boolean {
  const { flow } = packet;
  const conversation = conversationOf(packet, direction === 'egress' ? 'source' : 'destination');
  if (tracker.renew(conversation, flow.protocol)) return true;
  const other = direction === 'egress' ? flow.destination : flow.source;
  const { isAllowed } = evaluateSecurityGroups(direction, flow, {
    groups: groupsOf(state, networkInterface),
    peerInterface: interfaceAt(state, networkInterface.vpcId, other),
    prefixLists: [...state.prefixLists.values()],
  });
  if (isAllowed) tracker.add(conversation, flow.protocol);
  return isAllowed;
}

export function passesAcl(
  state: RegionState,
  subnet: Subnet,
  direction: 'ingress' | 'egress',
  { flow }: PacketView,
): boolean {
  const acl = networkAclFor(state, subnet);
  return acl === undefined || evaluateNetworkAcl(direction, flow, acl).isAllowed;
}
