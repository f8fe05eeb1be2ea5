import type { EndpointEntry, Memory, ResourceStore, ScopeStore } from '../../app/appModel';
import { endpointFacets } from '../../app/facets/endpointFacets';
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
  nowMs: () => number,
): ResourceView<EndpointEntry> {
  return new ResourceView({
    viewId: views.endpoints,
    scopes,
    store,
    log,
    memory,
    slots,
    facets: endpointFacets,
    makeNode: (scope, entry) =>
      'endpoint' in entry
        ? new EndpointNode(views.endpoints, scope, entry, nowMs)
        : new InstanceConnectNode(views.endpoints, scope, entry, nowMs),
    emptyText: () => t('No endpoints yet. Create one…'),
    emptyCommand: scope => ({
      command: 'vpcLabs.endpoint.createInterface',
      title: t('Create Interface Endpoint'),
      arguments: [{ scope }],
    }),
  });
}
