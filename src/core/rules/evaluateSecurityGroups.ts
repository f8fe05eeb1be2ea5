import type { NetworkInterface, PrefixList, SecurityGroup, SecurityGroupRule } from '../network';
import type { Flow } from './flow';

export interface SecurityGroupContext {
  /** Groups on the interface that is being judged. */
  readonly groups: readonly SecurityGroup[];
  /** The interface that owns the other address, if it is known, for rules that name a group. */
  readonly peerInterface: NetworkInterface | undefined;
  readonly prefixLists: readonly PrefixList[];
}

export interface SecurityGroupDecision {
  readonly isAllowed: boolean;
  /** The rule that allowed it. A denial has no rule: nothing allowed it. */
  readonly rule: SecurityGroupRule | undefined;
}

/** The first packet of a conversation in one direction; answers pass by connection tracking, which is the caller's. */
export type EvaluateSecurityGroups = (
  direction: 'ingress' | 'egress',
  flow: Flow,
  context: SecurityGroupContext,
) => SecurityGroupDecision;
