import { securityGroupId } from '../../../core/ids';
import type { SecurityGroup, SecurityGroupRule, Vpc } from '../../../core/network';
import { ALL_PROTOCOLS, TCP } from '../../../core/rules/flow';
import type { PlaceState } from '../placeState';

export interface GroupPlan {
  readonly name: string;
  readonly description: string;
  /** What may come in besides nothing. */
  readonly ingress: readonly Pick<SecurityGroupRule, 'protocol' | 'fromPort' | 'toPort' | 'peer'>[];
}

const anywhere = { kind: 'cidr', cidr: '0.0.0.0/0' } as const;

/** One TCP port from a range of addresses, or from anywhere. */
export function tcpPort(port: number, cidr: string = anywhere.cidr): GroupPlan['ingress'][number] {
  return { protocol: TCP, fromPort: port, toPort: port, peer: { kind: 'cidr', cidr } };
}

/** A security group with EC2's own outbound rule. */
export function seedGroup(region: PlaceState, vpc: Vpc, plan: GroupPlan): SecurityGroup {
  const id = securityGroupId(region.newId('sg'));
  const rule = { id: '', description: undefined };
  const outbound = { protocol: ALL_PROTOCOLS, fromPort: undefined, toPort: undefined, peer: anywhere };
  const group: SecurityGroup = {
    id,
    vpcId: vpc.id,
    name: plan.name,
    description: plan.description,
    rules: [
      ...plan.ingress.map(each => ({ ...rule, ...each, id: region.newId('sgr'), direction: 'ingress' as const })),
      { ...rule, ...outbound, id: region.newId('sgr'), direction: 'egress' },
    ],
    tags: {},
  };
  region.securityGroups.set(id, group);
  return group;
}
