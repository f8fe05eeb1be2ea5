import type { InstanceEntry, Memory, ResourceStore, ScopeStore } from '../../app/appModel';
import { instanceFacets } from '../../app/facets/instanceFacets';
import type { Log } from '../../base/log';
import { t } from '../../words/translation';
import { views } from '../contributions';
import { InstanceNode } from './instanceNode';
import { ResourceView } from './resourceView';
import type { TreeSlots } from './treeSlots';

/** Instances by scope. */
export function makeInstancesView(
  scopes: ScopeStore,
  store: ResourceStore<InstanceEntry>,
  log: Log,
  memory: Memory,
  slots: TreeSlots,
  nowMs: () => number,
): ResourceView<InstanceEntry> {
  return new ResourceView({
    viewId: views.instances,
    scopes,
    store,
    log,
    memory,
    slots,
    facets: instanceFacets,
    defaultGrouping: 'vpc',
    makeNode: (scope, entry) => new InstanceNode(views.instances, scope, entry, nowMs),
    emptyText: () => t('No instances yet. Launch one…'),
    emptyCommand: scope => ({
      command: 'vpcLabs.instance.launch',
      title: t('Launch Instance'),
      arguments: [{ scope }],
    }),
  });
}
