import type { Place, SecurityGroup } from '../../../core/network';
import type { PeeringConnection, PeeringSide } from '../../../core/peering';
import { isSideOf } from '../../world/peeringLife';
import type { PlaceState } from '../../world/placeState';
import type { World } from '../../world/world';

/** A group of any account in the Region: references do not reach further ("Update your security groups to reference peer groups"). */
export function findGroupAnywhere(
  world: World,
  region: PlaceState,
  id: string,
): { readonly group: SecurityGroup; readonly place: Place } | undefined {
  const own = region.securityGroups.get(id as SecurityGroup['id']);
  if (own) return { group: own, place: region.place };
  for (const { place, securityGroups } of world.regions) {
    const group = place.region === region.place.region ? securityGroups.get(id as SecurityGroup['id']) : undefined;
    if (group) return { group, place };
  }
  return undefined;
}

type VpcPlace = Pick<PeeringSide, 'accountId' | 'region' | 'vpcId'>;

/** The active connection between a VPC and another one. */
export function activePeering(
  { peeringConnections }: World,
  place: Place,
  vpcId: SecurityGroup['vpcId'],
  other: VpcPlace,
): PeeringConnection | undefined {
  const isOwn = (side: PeeringSide) => side.vpcId === vpcId && isSideOf(place, side);
  const isOther = (side: PeeringSide) => side.vpcId === other.vpcId && isSideOf(other, side);
  return [...peeringConnections.values()].find(
    ({ state, requester, accepter }) =>
      state === 'active' && ((isOwn(requester) && isOther(accepter)) || (isOwn(accepter) && isOther(requester))),
  );
}
