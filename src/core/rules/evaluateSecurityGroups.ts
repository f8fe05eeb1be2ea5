import { covers } from '../ipv4';
import type { NetworkInterface, PrefixList, SecurityGroup, SecurityGroupPeer, SecurityGroupRule } from '../network';
import type { Flow } from './flow';
import { matchesPorts } from './portMatch';

export interface SecurityGroupContext {
  /** Groups on the interface that is being judged. */
  readonly groups: readonly SecurityGroup[];
  /** The interface that owns the other address, if it is known, for rules that name a group. */
  readonly peerInterface: Pick<NetworkInterface, 'privateIpAddress' | 'securityGroupIds'> | undefined;
  readonly prefixLists: readonly PrefixList[];
}

export interface SecurityGroupDecision {
  readonly isAllowed: boolean;
  /** The rule that allowed it. A denial has no rule: nothing allowed it. */
  readonly rule: SecurityGroupRule | undefined;
}

/**
 * Judges the first packet of a conversation in one direction; answers pass by connection tracking, which is the caller's.
 * Groups only allow: one matching rule of any group is enough ("Amazon VPC User Guide: Security groups").
 */
export function evaluateSecurityGroups(
  direction: 'ingress' | 'egress',
  flow: Flow,
  context: SecurityGroupContext,
): SecurityGroupDecision {
  const address = direction === 'ingress' ? flow.source : flow.destination;
  for (const group of context.groups) {
    for (const rule of group.rules) {
      if (rule.direction !== direction || !matchesPorts(rule, flow)) continue;
      if (admits(rule.peer, address, context)) return { isAllowed: true, rule };
    }
  }
  return { isAllowed: false, rule: undefined };
}

function admits(peer: SecurityGroupPeer, address: string, context: SecurityGroupContext): boolean {
  switch (peer.kind) {
    case 'cidr':
      return covers(peer.cidr, address);
    case 'prefixList':
      return context.prefixLists.some(
        list => list.id === peer.prefixListId && list.cidrs.some(cidr => covers(cidr, address)),
      );
    case 'group':
      return isMember(peer.groupId, address, context.peerInterface);
  }
}

/** A rule that names a group admits private addresses of its members only, not their public ones. */
function isMember(groupId: string, address: string, peerInterface: SecurityGroupContext['peerInterface']): boolean {
  return peerInterface?.privateIpAddress === address && peerInterface.securityGroupIds.some(id => id === groupId);
}
