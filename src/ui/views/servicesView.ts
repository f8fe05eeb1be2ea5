import type { Memory, ResourceStore, ScopeStore } from '../../app/appModel';
import { serviceFacets } from '../../app/facets/serviceFacets';
import type { ServiceDetails } from '../../app/serviceDetails';
import type { Clock } from '../../base/clock';
import type { Log } from '../../base/log';
import { t } from '../../words/translation';
import { views } from '../contributions';
import { ResourceView } from './resourceView';
import { ServiceNode } from './serviceNode';
import type { TreeSlots } from './treeSlots';

/** Endpoint services of one's own by scope. */
export function makeServicesView(
  scopes: ScopeStore,
  store: ResourceStore<ServiceDetails>,
  log: Log,
  memory: Memory,
  slots: TreeSlots,
  clock: Clock,
): ResourceView<ServiceDetails> {
  return new ResourceView({
    viewId: views.services,
    scopes,
    store,
    log,
    memory,
    slots,
    clock,
    facets: serviceFacets,
    makeNode: (scope, details) => new ServiceNode(views.services, scope, details),
    emptyText: () => t('No services yet. Create one…'),
    emptyCommand: scope => ({
      command: 'vpcLabs.service.create',
      title: t('Create Endpoint Service'),
      arguments: [{ scope }],
    }),
  });
}
