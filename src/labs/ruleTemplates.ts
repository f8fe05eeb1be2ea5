import type { SecurityGroupId } from '../core/ids';
import type { NewSecurityGroupRule } from '../core/ports/securityGroupGateway';
import { ICMP, TCP } from '../core/rules/flow';

/** Admits TCP on a port from a range. */
export const admitTcp = (port: number, cidr: string): NewSecurityGroupRule => ({
  direction: 'ingress',
  protocol: TCP,
  fromPort: port,
  toPort: port,
  peer: { kind: 'cidr', cidr },
  description: undefined,
});

/** Admits TCP on a port from the members of a group. */
export const admitTcpFrom = (port: number, groupId: SecurityGroupId): NewSecurityGroupRule => ({
  direction: 'ingress',
  protocol: TCP,
  fromPort: port,
  toPort: port,
  peer: { kind: 'group', groupId },
  description: undefined,
});

/** Lets TCP out on a port to a range. */
export const letOutTcp = (port: number, cidr: string): NewSecurityGroupRule => ({
  ...admitTcp(port, cidr),
  direction: 'egress',
});

/** Admits ICMP of all types from a range. */
export const admitIcmp = (cidr: string): NewSecurityGroupRule => ({
  direction: 'ingress',
  protocol: ICMP,
  fromPort: -1,
  toPort: -1,
  peer: { kind: 'cidr', cidr },
  description: undefined,
});
