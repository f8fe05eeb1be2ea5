import type { Memory, ResourceStore, Scope, ScopeStore } from '../../app/appModel';
import { requestFacets } from '../../app/facets/requestFacets';
import { type InboxEntry, isRequest } from '../../app/requests/pendingRequests';
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
  nowMs: () => number,
): ResourceView<InboxEntry> {
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
    facets: requestFacets,
    makeNode,
    emptyText: () => t('Nobody waits for an answer.'),
  });
}
