import { LabError } from '../../core/errors';
import type { PeeringConnection } from '../../core/peering';
import { asLabError } from '../asLabError';
import type { PeeringRequest, RefusedAnswer, RequestSource } from './pendingRequests';

/** A request expires after a week ("Amazon VPC Peering Guide: VPC peering connection lifecycle"); AWS does not say when it was made. */
const lifetimeMs = 7 * 24 * 60 * 60_000;

/** Peering connections that wait for this account's word on one of its VPCs. */
export const peeringRequests: RequestSource = {
  kind: 'peering',
  read: async ({ peering, identity, region }, options) => {
    const all = await peering.listPeeringConnections(options);
    const waiting = all.filter(({ state, accepter }) => state === 'pendingAcceptance' && accepter.region === region);
    if (waiting.length === 0) return [];
    const { accountId } = await identity.whoAmI(options);
    return waiting.filter(({ accepter }) => accepter.accountId === accountId).map(peeringRequestOf);
  },
  answer: async ({ peering }, answer, requests, options) => {
    const refused: RefusedAnswer[] = [];
    for (const request of requests) {
      if (request.kind !== 'peering') continue;
      try {
        if (answer === 'accept') await peering.acceptPeeringConnection(request.id, options);
        else await peering.rejectPeeringConnection(request.id, options);
      } catch (caught) {
        refused.push({ request, error: goneIsNotAnswerable(asLabError(caught), request) });
      }
    }
    return refused;
  },
};

/** A request whose owner has taken it back is not to be found any more. */
function goneIsNotAnswerable(error: LabError, { id }: PeeringRequest): LabError {
  if (error.code !== 'resourceNotFound') return error;
  return new LabError('peeringNotAnswerable', { ...error.parameters, id }, { cause: error });
}

export function peeringRequestOf({ id, requester, accepter, expiresAtMs }: PeeringConnection): PeeringRequest {
  return {
    kind: 'peering',
    id,
    ownerId: requester.accountId,
    ownerRegion: requester.region,
    askedAtMs: expiresAtMs === undefined ? 0 : expiresAtMs - lifetimeMs,
    vpcId: accepter.vpcId,
    expiresAtMs,
  };
}
