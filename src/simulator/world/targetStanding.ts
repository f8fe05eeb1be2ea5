import type { InstanceId } from '../../core/ids';
import { covers } from '../../core/ipv4';
import type { NetworkLoadBalancer, RegisteredTarget, TargetGroup } from '../../core/loadBalancing';
import type { Instance } from '../../core/network';
import type { RegionState } from './regionState';
import type { HealthReason } from './targetHealth';

type TargetPlace = Pick<RegisteredTarget, 'id' | 'availabilityZone'>;

/** What a target is to its load balancer before any probe says more. */
export type TargetStanding =
  | { readonly kind: 'gone' }
  | ({ readonly kind: 'unused' } & HealthReason)
  | { readonly kind: 'inUse'; readonly isBalancerActive: boolean; readonly nodeInterfaceIds: readonly string[] };

const notInUse = {
  kind: 'unused',
  reason: 'Target.NotInUse',
  description: 'Target group is not configured to receive traffic from the load balancer',
} as const;

const zoneNotEnabled = {
  kind: 'unused',
  reason: 'Target.NotInUse',
  description: 'Target is in an Availability Zone that is not enabled for the load balancer',
} as const;

/** Works out a target's standing from listeners, zones and the instance ("Network Load Balancers: Target health status"). */
export function targetStanding(region: RegionState, group: TargetGroup, target: RegisteredTarget): TargetStanding {
  const instance = group.targetType === 'instance' ? region.instances.get(target.id as InstanceId) : undefined;
  if (group.targetType === 'instance' && !instance) return { kind: 'gone' };
  if (instance && instance.state !== 'running') return invalidState(instance);
  const loadBalancer = loadBalancerOf(region, group);
  if (!loadBalancer) return notInUse;
  const zone = zoneOfTarget(region, group, target);
  const isEnabled = zone === 'all' || loadBalancer.nodes.some(({ availabilityZone }) => availabilityZone === zone);
  if (!isEnabled) return zoneNotEnabled;
  return {
    kind: 'inUse',
    isBalancerActive: loadBalancer.state === 'active' || loadBalancer.state === 'activeImpaired',
    nodeInterfaceIds: loadBalancer.nodes.map(({ networkInterfaceId }) => networkInterfaceId),
  };
}

function invalidState({ state }: Instance): TargetStanding {
  const word = state === 'shuttingDown' ? 'shutting-down' : state;
  return { kind: 'unused', reason: 'Target.InvalidState', description: `Target is in the ${word} state` };
}

/** The load balancer that sends to a group; a group belongs to one at most. */
export function loadBalancerOf(region: RegionState, { arn }: TargetGroup): NetworkLoadBalancer | undefined {
  for (const { targetGroupArn, loadBalancerArn } of region.listeners.values())
    if (targetGroupArn === arn) return region.loadBalancers.get(loadBalancerArn);
  return undefined;
}

/** The zone in which a target counts: of its instance, of its address, or `all` for addresses outside of the VPC. */
export function zoneOfTarget(region: RegionState, group: TargetGroup, { id, availabilityZone }: TargetPlace): string {
  if (group.targetType === 'instance') {
    const subnetId = region.instances.get(id as InstanceId)?.subnetId;
    return (subnetId && region.subnets.get(subnetId)?.availabilityZone) ?? 'all';
  }
  if (availabilityZone !== undefined) return availabilityZone;
  for (const { vpcId, cidrBlock, availabilityZone: zone } of region.subnets.values())
    if (vpcId === group.vpcId && covers(cidrBlock, id)) return zone;
  return 'all';
}

/** Where a target's packets go: an instance's primary address, or the address itself. Undefined when the instance has none. */
export function addressOfTarget(region: RegionState, group: TargetGroup, { id }: TargetPlace): string | undefined {
  return group.targetType === 'instance' ? region.instances.get(id as InstanceId)?.privateIpAddress : id;
}
