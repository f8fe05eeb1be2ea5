import { describeError } from '../../words/errors';
import { requestStateWords, wantedWords } from '../../words/requests';
import type { ResourceFacets } from '../arrangement/facets';
import { type InboxEntry, isRequest } from '../requests/pendingRequests';

/** What requests are grouped and found by. */
export const requestFacets: ResourceFacets<InboxEntry> = {
  stateOf: entry =>
    isRequest(entry)
      ? { words: requestStateWords(), severity: 'waiting' }
      : { words: describeError(entry.error).sentence, severity: 'bad' },
  vpcOf: entry => (entry.kind === 'peering' ? entry.vpcId : undefined),
  serviceOf: entry => (isRequest(entry) ? wantedWords(entry) : undefined),
  textsOf: entry => [entry.id, ...(isRequest(entry) ? [entry.ownerId, entry.ownerRegion, wantedWords(entry)] : [])],
};
