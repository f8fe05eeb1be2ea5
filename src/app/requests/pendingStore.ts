import type { Clock } from '../../base/clock';
import type { CallOptions } from '../../core/ports/calls';
import type { CloudGateways } from '../../core/ports/gateways';
import type { ResourceStore, Scope } from '../appModel';
import { asLabError } from '../asLabError';
import { ResourceList } from '../resourceList';
import { type InboxEntry, isRequest, type PendingRequest, type RequestSource } from './pendingRequests';
import { requestSources } from './requestSources';

/** What was last read of each kind, of one scope. */
type LastRead = Map<PendingRequest['kind'], readonly PendingRequest[]>;

/**
 * Requests that wait for this account, oldest first. A kind that could not be read stands at the end and says so; its requests stay as they
 * were last seen, as nobody has answered them because of that.
 */
export class PendingStore extends ResourceList<InboxEntry> {
  constructor(clock: Clock, sources: readonly RequestSource[] = requestSources) {
    const lastReads = new WeakMap<Scope, LastRead>();
    const lastReadOf = (scope: Scope) => {
      const last = lastReads.get(scope) ?? new Map();
      lastReads.set(scope, last);
      return last;
    };
    super(
      {
        read: async (scope, signal) => readInbox(await scope.gateways(), sources, lastReadOf(scope), { signal }),
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
  last: LastRead,
  options: CallOptions,
): Promise<readonly InboxEntry[]> {
  const parts = await Promise.all(sources.map(source => readSource(gateways, source, last, options)));
  const unread = parts.flat().filter(entry => entry.kind === 'unread');
  if (unread[0] && unread.length === sources.length) throw unread[0].error;
  const requests = parts.flat().filter(isRequest);
  const oldestFirst = requests.sort((one, other) => one.askedAtMs - other.askedAtMs || (one.id < other.id ? -1 : 1));
  return [...oldestFirst, ...unread];
}

async function readSource(
  gateways: CloudGateways,
  source: RequestSource,
  last: LastRead,
  options: CallOptions,
): Promise<readonly InboxEntry[]> {
  try {
    const requests = await source.read(gateways, options);
    last.set(source.kind, requests);
    return requests;
  } catch (caught) {
    options.signal?.throwIfAborted();
    return [
      ...(last.get(source.kind) ?? []),
      { kind: 'unread', id: `unread:${source.kind}`, error: asLabError(caught) },
    ];
  }
}
