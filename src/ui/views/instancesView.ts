import type { InstanceEntry, Memory, ResourceStore, ScopeStore } from '../../app/appModel';
import { instanceFacets } from '../../app/facets/instanceFacets';
import type { SessionLedger } from '../../app/sessions/sessionLedger';
import type { Clock } from '../../base/clock';
import type { Log } from '../../base/log';
import { t } from '../../words/translation';
import { views } from '../contributions';
import { InstanceNode } from './instanceNode';
import { LeftSessionsNode } from './leftSessionNodes';
import { ResourceView } from './resourceView';
import type { TreeSlots } from './treeSlots';

/** Instances by scope, after the sessions that were left on them. */
export function makeInstancesView(
  scopes: ScopeStore,
  store: ResourceStore<InstanceEntry>,
  log: Log,
  memory: Memory,
  slots: TreeSlots,
  clock: Clock,
  ledger: SessionLedger,
): ResourceView<InstanceEntry> {
  const nowMs = () => clock.now();
  const view = new ResourceView<InstanceEntry>({
    viewId: views.instances,
    scopes,
    store,
    log,
    memory,
    slots,
    clock,
    facets: instanceFacets,
    defaultGrouping: 'vpc',
    makeNode: (scope, entry) => new InstanceNode(views.instances, scope, entry, nowMs),
    emptyText: () => t('No instances yet. Launch one…'),
    emptyCommand: scope => ({
      command: 'vpcLabs.instance.launch',
      title: t('Launch Instance'),
      arguments: [{ scope }],
    }),
    notices: scope => {
      const left = ledger.leftOf(scope);
      return left.length > 0 ? [new LeftSessionsNode(views.instances, scope, left)] : [];
    },
  });
  view.own(ledger.onDidChange(() => view.redrawAll()));
  return view;
}
