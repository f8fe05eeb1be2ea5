import type { EndpointEntry, Memory, ResourceStore, Scope, ScopeStore } from '../../app/appModel';
import { endpointFacets } from '../../app/facets/endpointFacets';
import { listenerPorts } from '../../app/listenerPorts';
import type { ServiceDetails } from '../../app/serviceDetails';
import type { Clock } from '../../base/clock';
import type { Log } from '../../base/log';
import { t } from '../../words/translation';
import { views } from '../contributions';
import { EndpointNode } from './endpointNode';
import { InstanceConnectNode } from './instanceConnectNode';
import { ResourceView } from './resourceView';
import type { TreeSlots } from './treeSlots';

/** Endpoints of every kind by scope. */
export function makeEndpointsView(
  scopes: ScopeStore,
  store: ResourceStore<EndpointEntry>,
  log: Log,
  memory: Memory,
  slots: TreeSlots,
  clock: Clock,
  services: ResourceStore<ServiceDetails>,
): ResourceView<EndpointEntry> {
  const nowMs = () => clock.now();
  const portsOf = (scope: Scope, serviceName: string) => listenerPorts(services, scope, scopes.scopes, serviceName);
  return new ResourceView({
    viewId: views.endpoints,
    scopes,
    store,
    log,
    memory,
    slots,
    clock,
    facets: endpointFacets,
    makeNode: (scope, entry) =>
      'endpoint' in entry
        ? new EndpointNode(views.endpoints, scope, entry, nowMs, portsOf)
        : new InstanceConnectNode(views.endpoints, scope, entry, nowMs),
    emptyText: () => t('No endpoints yet. Create one…'),
    emptyCommand: scope => ({
      command: 'vpcLabs.endpoint.createInterface',
      title: t('Create Interface Endpoint'),
      arguments: [{ scope }],
    }),
  });
}
