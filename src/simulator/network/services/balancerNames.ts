import { isCrossZone } from '../../../core/loadBalancingAttributes';
import { loadBalancerAddresses } from '../../../core/rules/loadBalancerAddresses';
import type { PlacedBalancer } from '../forwarding/worldIndex';
import type { WorldLookup } from '../forwarding/worldLookup';
import { zonedTargets } from '../middleboxes/balanceLoad';

/** Addresses of an active load balancer's name, or of its zonal form; undefined for other names. */
export function balancerAddresses(lookup: WorldLookup, name: string): readonly string[] | undefined {
  const wanted = name.toLowerCase();
  const own = lookup.loadBalancerNamed(wanted);
  if (own) return addressesOf(lookup, own);
  const [, zone = '', rest = ''] = /^([a-z0-9-]+)\.(.+)$/.exec(wanted) ?? [];
  const zonal = lookup.loadBalancerNamed(rest);
  return zonal && addressesOf(lookup, zonal, zone);
}

function addressesOf(
  lookup: WorldLookup,
  { state, loadBalancer }: PlacedBalancer,
  zone?: string,
): readonly string[] | undefined {
  if (loadBalancer.state !== 'active') return undefined;
  const arns = new Set<string>();
  for (const { loadBalancerArn, targetGroupArn } of state.listeners.values())
    if (loadBalancerArn === loadBalancer.arn) arns.add(targetGroupArn);
  const groups = [...arns].flatMap(arn => state.targetGroups.get(arn) ?? []);
  const balanced = groups.map(group => ({
    targets: zonedTargets(state, lookup, group),
    isCrossZone: isCrossZone(loadBalancer, group),
  }));
  const addresses = loadBalancerAddresses(loadBalancer, balanced, zone);
  return addresses.length > 0 ? addresses : undefined;
}
