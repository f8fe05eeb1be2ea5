import type { Clock } from '../../base/clock';
import type { CallOptions } from '../../core/ports/calls';
import type { CloudGateways } from '../../core/ports/gateways';
import type { ResourceStore, Scope } from '../appModel';
import { asLabError } from '../asLabError';
import { ResourceList } from '../resourceList';
import { type InboxEntry, isRequest, type RequestSource } from './pendingRequests';
import { requestSources } from './requestSources';

/** Requests that wait for this account, oldest first. Kinds that could not be read stand at the end and say so. */
export class PendingStore extends ResourceList<InboxEntry> {
  constructor(clock: Clock, sources: readonly RequestSource[] = requestSources) {
    super(
      {
        read: async (scope, signal) => readInbox(await scope.gateways(), sources, { signal }),
        idOf: ({ id }) => id,
        fingerprint: entry => JSON.stringify(isRequest(entry) ? entry : entry.error.code),
        isMoving: () => false,
      },
      clock,
    );
  }
}

/** How many requests wait, in these scopes together. */
export function countWaiting(store: ResourceStore<InboxEntry>, scopes: readonly Scope[]): number {
  return scopes.reduce((sum, scope) => sum + (store.get(scope).value ?? []).filter(isRequest).length, 0);
}

/** Rejects when no kind could be read: that would be an empty inbox that is none. */
async function readInbox(
  gateways: CloudGateways,
  sources: readonly RequestSource[],
  options: CallOptions,
): Promise<readonly InboxEntry[]> {
  const parts = await Promise.all(sources.map(source => readSource(gateways, source, options)));
  const unread = parts.flat().filter(entry => entry.kind === 'unread');
  if (unread[0] && unread.length === sources.length) throw unread[0].error;
  const requests = parts.flat().filter(isRequest);
  const oldestFirst = requests.sort((one, other) => one.askedAtMs - other.askedAtMs || (one.id < other.id ? -1 : 1));
  return [...oldestFirst, ...unread];
}

async function readSource(
  gateways: CloudGateways,
  source: RequestSource,
  options: CallOptions,
): Promise<readonly InboxEntry[]> {
  try {
    return await source.read(gateways, options);
  } catch (caught) {
    options.signal?.throwIfAborted();
    return [{ kind: 'unread', id: `unread:${source.kind}`, error: asLabError(caught) }];
  }
}
