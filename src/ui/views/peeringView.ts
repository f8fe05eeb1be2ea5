import type { Memory, ResourceStore, ScopeStore } from '../../app/appModel';
import { peeringFacets } from '../../app/facets/peeringFacets';
import type { PeeringDetails } from '../../app/peering/peeringDetails';
import type { Clock } from '../../base/clock';
import type { Log } from '../../base/log';
import { t } from '../../words/translation';
import { views } from '../contributions';
import { PeeringNode } from './peeringNode';
import { ResourceView } from './resourceView';
import type { TreeSlots } from './treeSlots';

/** Peering connections by scope. */
export function makePeeringView(
  scopes: ScopeStore,
  store: ResourceStore<PeeringDetails>,
  log: Log,
  memory: Memory,
  slots: TreeSlots,
  clock: Clock,
): ResourceView<PeeringDetails> {
  const nowMs = () => clock.now();
  return new ResourceView({
    viewId: views.peering,
    scopes,
    store,
    log,
    memory,
    slots,
    clock,
    facets: peeringFacets,
    makeNode: (scope, details) => new PeeringNode(views.peering, scope, details, nowMs),
    emptyText: () => t('No peering yet. Create one…'),
    emptyCommand: scope => ({ command: 'vpcLabs.peering.create', title: t('Create Peering…'), arguments: [{ scope }] }),
  });
}
