import type { NetworkLoadBalancer, RegisteredTarget } from '../loadBalancing';
import type { ZonedTarget } from './eligibleTargets';

/** A target group behind a load balancer, as far as its names depend on it. */
export interface BalancedGroup {
  readonly targets: readonly ZonedTarget<Pick<RegisteredTarget, 'health'>>[];
  readonly isCrossZone: boolean;
}

/**
 * What a load balancer's name leads to: its nodes in zones where every group has a healthy target, or all of them when there is no such zone;
 * public addresses when it faces the internet ("Network Load Balancers: DNS failover"). Groups without targets do not count. With `zone` the
 * answer of the zonal name, such as `ap-south-1a.<name>`: that zone's node, whatever its targets.
 */
export function loadBalancerAddresses(
  { nodes, scheme }: Pick<NetworkLoadBalancer, 'nodes' | 'scheme'>,
  groups: readonly BalancedGroup[],
  zone?: string,
): readonly string[] {
  const isHealthy = (name: string) => groups.every(group => servesFrom(group, name));
  const inService = nodes.filter(({ availabilityZone }) => isHealthy(availabilityZone));
  const asked = zone === undefined ? (inService.length > 0 ? inService : nodes) : nodes.filter(isIn(zone));
  return asked.flatMap(({ privateIpAddress, publicIpAddress }) =>
    scheme === 'internal' ? privateIpAddress : (publicIpAddress ?? []),
  );
}

const isIn =
  (zone: string) =>
  ({ availabilityZone }: { readonly availabilityZone: string }) =>
    availabilityZone === zone;

function servesFrom({ targets, isCrossZone }: BalancedGroup, name: string): boolean {
  if (targets.length === 0) return true;
  return targets.some(
    ({ target, zone }) => target.health === 'healthy' && (isCrossZone || zone === undefined || zone === name),
  );
}
