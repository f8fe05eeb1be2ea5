import { gapError } from '../../core/gaps';
import type { LoadBalancerDescription } from '../../core/loadBalancerDescription';
import type { Instance, SecurityGroup, Subnet } from '../../core/network';
import type { CallOptions } from '../../core/ports/calls';
import { valueOr } from '../../core/reading';
import type { Scope } from '../appModel';

/** What the steps of creating an endpoint service choose from. */
export interface ServiceChoices {
  /** Network load balancers that serve nothing yet. */
  readonly freeBalancers: readonly LoadBalancerDescription[];
  /** Names that are taken. */
  readonly balancerNames: ReadonlySet<string>;
  readonly targetGroupNames: ReadonlySet<string>;
  /** Running ones. */
  readonly instances: readonly Instance[];
  readonly subnets: readonly Subnet[];
  readonly securityGroups: readonly SecurityGroup[];
}

/** Rejects with a `LabError` when the load balancers, the services, the instances or the subnets cannot be read. */
export async function readServiceChoices(scope: Scope, options: CallOptions = {}): Promise<ServiceChoices> {
  const gateways = await scope.gateways();
  const [balancers, groups, services, snapshot] = await Promise.all([
    gateways.loadBalancers.listLoadBalancers(options),
    gateways.loadBalancers.listTargetGroups(options),
    gateways.endpointServices.listOwnServices(options),
    gateways.network.readSnapshot(['instances', 'subnets', 'securityGroups'], options),
  ]);
  for (const part of [snapshot.instances, snapshot.subnets] as const) if (!part.known) throw gapError(part.gap);
  const serving = new Set(services.flatMap(({ loadBalancerArns }) => loadBalancerArns));
  return {
    freeBalancers: balancers.filter(
      ({ kind, arn, state }) => kind === 'network' && state !== 'failed' && !serving.has(arn),
    ),
    balancerNames: new Set(balancers.map(({ name }) => name)),
    targetGroupNames: new Set(groups.map(({ name }) => name)),
    instances: valueOr(snapshot.instances, []).filter(({ state }) => state === 'running'),
    subnets: valueOr(snapshot.subnets, []),
    securityGroups: valueOr(snapshot.securityGroups, []),
  };
}
