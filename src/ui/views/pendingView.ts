import type { Memory, ResourceStore, Scope, ScopeStore } from '../../app/appModel';
import { requestFacets } from '../../app/facets/requestFacets';
import { type InboxEntry, isRequest } from '../../app/requests/pendingRequests';
import type { Clock } from '../../base/clock';
import type { Log } from '../../base/log';
import { t } from '../../words/translation';
import { views } from '../contributions';
import { RequestNode } from './requestNode';
import { ResourceView } from './resourceView';
import type { TreeSlots } from './treeSlots';
import { UnreadNode } from './unreadNode';

/** Requests that wait for an answer, oldest first; several can be chosen and answered at once. */
export function makePendingView(
  scopes: ScopeStore,
  store: ResourceStore<InboxEntry>,
  log: Log,
  memory: Memory,
  slots: TreeSlots,
  clock: Clock,
): ResourceView<InboxEntry> {
  const nowMs = () => clock.now();
  const makeNode = (scope: Scope, entry: InboxEntry) =>
    isRequest(entry)
      ? new RequestNode(views.pending, scope, entry, nowMs)
      : new UnreadNode(views.pending, scope, entry);
  return new ResourceView<InboxEntry>({
    viewId: views.pending,
    scopes,
    store,
    log,
    memory,
    slots,
    clock,
    facets: requestFacets,
    makeNode,
    emptyText: () => t('Nobody waits for an answer.'),
  });
}
