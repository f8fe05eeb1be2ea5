import type { RegisteredTarget } from '../loadBalancing';

/** A registered target with the zone that it is in, by name; undefined when it counts in every zone. */
export interface ZonedTarget<T extends Pick<RegisteredTarget, 'health'> = RegisteredTarget> {
  readonly target: T;
  readonly zone: string | undefined;
}

export type EligibleTargets<T extends Pick<RegisteredTarget, 'health'> = RegisteredTarget> =
  /** One or more; a new conversation goes to one of them. */
  | { readonly kind: 'targets'; readonly targets: readonly T[] }
  /** The group is empty: the node refuses. */
  | { readonly kind: 'noneRegistered' }
  /** The targets are all in other zones, and the node may not send there: the node is silent. */
  | { readonly kind: 'noneInZone' };

/**
 * Targets to which one node of a network load balancer sends new conversations: those of its zone, or of all zones when it balances across
 * them; the healthy ones, or all of them when none is healthy ("Network Load Balancers: Target group health", fail-open). Draining targets get
 * nothing new, and targets that are in no use get nothing. What a node without targets does is not in print; a lab's symptoms tell silence
 * (no target in the zone) from refusal (no target at all).
 */
export function eligibleTargets<T extends Pick<RegisteredTarget, 'health'>>(
  registered: readonly ZonedTarget<T>[],
  node: { readonly zone: string; readonly isCrossZone: boolean },
): EligibleTargets<T> {
  const usable = registered.filter(({ target }) => target.health !== 'unused' && target.health !== 'draining');
  if (usable.length === 0) return { kind: 'noneRegistered' };
  const near = usable.filter(({ zone }) => node.isCrossZone || zone === undefined || zone === node.zone);
  if (near.length === 0) return { kind: 'noneInZone' };
  const inService = near.filter(({ target }) => target.health === 'healthy' || target.health === 'unavailable');
  return { kind: 'targets', targets: (inService.length > 0 ? inService : near).map(({ target }) => target) };
}
