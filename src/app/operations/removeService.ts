import type { Clock } from '../../base/clock';
import { holdsService } from '../../core/endpointServiceConfiguration';
import { LabError } from '../../core/errors';
import { nameOrId } from '../../core/network';
import type { CloudGateways } from '../../core/ports/gateways';
import { hourlyPriceUsd } from '../../core/prices';
import { endpointStateWords } from '../../words/endpointStates';
import { t } from '../../words/translation';
import type { ResourceStore, Scope } from '../appModel';
import { asLabError } from '../asLabError';
import type { PlannedRemoval } from '../changes/plannedChange';
import type { ServiceDetails, ServiceLoadBalancer } from '../serviceDetails';
import { deleteWhenFree } from './planServiceFromInstance';

/** Deleting a service; endpoints that hold it are rejected first, and the question names each of them. */
export function planServiceRemoval(
  scope: Scope,
  { service, connections = [] }: ServiceDetails,
  store?: ResourceStore<ServiceDetails>,
): PlannedRemoval {
  const holding = connections.filter(holdsService);
  const name = nameOrId(service);
  return {
    verb: holding.length > 0 ? t('Reject and Delete') : t('Delete Service'),
    question: t('Delete {0}', name),
    doing: t('Deleting {0}', name),
    losses: [
      ...(holding.length === 0 ? [t('No endpoint uses it.')] : [t('These endpoints are rejected first:')]),
      ...holding.map(({ endpointId, ownerId, state }) =>
        t('{0} of account {1}, {2}', endpointId, ownerId, endpointStateWords(state)),
      ),
      t('Its name is gone for good. The load balancers stay, and cost what they cost.'),
    ],
    run: async ({ report }) => {
      const gateways = await scope.gateways();
      try {
        if (holding.length > 0) {
          report(t('Rejecting the connections'));
          await rejectAll(
            gateways,
            service.id,
            holding.map(({ endpointId }) => endpointId),
          );
        }
        await deleteUnlessGone(gateways, service.id);
      } finally {
        void store?.noteChange(scope, service.id);
      }
    },
  };
}

/** An endpoint that has gone or was rejected in the meantime holds nothing any more. */
async function rejectAll(
  { endpointServices }: CloudGateways,
  id: ServiceDetails['service']['id'],
  endpointIds: Parameters<CloudGateways['endpointServices']['rejectConnections']>[1],
): Promise<void> {
  const refused = await endpointServices.rejectConnections(id, endpointIds);
  for (const error of refused.values())
    if (error.code !== 'connectionNotWaiting' && error.code !== 'endpointNotFound') throw error;
}

async function deleteUnlessGone(
  { endpointServices }: CloudGateways,
  id: ServiceDetails['service']['id'],
): Promise<void> {
  try {
    await endpointServices.deleteService(id);
  } catch (error) {
    if (asLabError(error).code !== 'resourceNotFound') throw error;
  }
}

/** Deleting a load balancer with its listeners, and the target groups that nothing else uses. */
export function planLoadBalancerRemoval(
  scope: Scope,
  { arn, balancer, listeners, targetGroups }: ServiceLoadBalancer,
  clock: Clock,
): PlannedRemoval {
  const name = balancer?.name ?? arn;
  const own = targetGroups.filter(({ group }) => group.loadBalancerArns.every(other => other === arn));
  const saved = hourlyPriceUsd.networkLoadBalancer.toFixed(4);
  return {
    verb: t('Delete Load Balancer'),
    question: t('Delete {0}', name),
    doing: t('Deleting {0}', name),
    losses: [
      t('Its name {0} leads nowhere, and connections through it end.', balancer?.dnsName ?? ''),
      t(
        'Its listeners go with it: {0}.',
        listeners.map(({ protocol, port }) => `${protocol} ${port}`).join(', ') || '–',
      ),
      ...(own.length > 0
        ? [t('Target groups that nothing else uses go as well: {0}.', own.map(({ group }) => group.name).join(', '))]
        : []),
      t('About {0} USD an hour less (us-east-1).', saved),
    ],
    run: async ({ report, signal }) => {
      const { loadBalancers } = await scope.gateways();
      await loadBalancers.deleteLoadBalancer(arn);
      for (const { group } of own) {
        report(t('Deleting the target group {0}', group.name));
        await deleteWhenFree(clock, () => loadBalancers.deleteTargetGroup(group.arn), signal);
      }
    },
  };
}

/** Whether AWS said that endpoints still hold a service: then the question is to be asked again, with their names. */
export function hasConnections(error: unknown): boolean {
  return error instanceof LabError && error.code === 'serviceHasConnections';
}
