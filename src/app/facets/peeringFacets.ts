import { nameTag } from '../../core/network';
import type { PeeringState } from '../../core/peering';
import { peeringStateWords } from '../../words/peering';
import type { ResourceFacets, Severity } from '../arrangement/facets';
import type { PeeringDetails } from '../peering/peeringDetails';

const severity: Readonly<Record<PeeringState, Severity>> = {
  initiatingRequest: 'moving',
  pendingAcceptance: 'waiting',
  provisioning: 'moving',
  active: 'good',
  rejected: 'bad',
  expired: 'bad',
  failed: 'bad',
  deleting: 'moving',
  deleted: 'off',
};

const ownTags = ({ sides }: PeeringDetails) => (sides.find(({ isOwn }) => isOwn) ?? sides[0]).side.tags;

/** What peering connections are grouped and found by. */
export const peeringFacets: ResourceFacets<PeeringDetails> = {
  stateOf: ({ connection: { state } }) => ({ words: peeringStateWords(state), severity: severity[state] }),
  vpcOf: ({ sides }) => sides.find(({ isOwn }) => isOwn)?.side.vpcId,
  tagsOf: ownTags,
  textsOf: details => [
    nameTag(ownTags(details)),
    details.connection.id,
    ...details.sides.flatMap(({ side }) => [side.vpcId, side.accountId, side.region, ...side.cidrBlocks]),
  ],
};
