import type { PeeringConnection, PeeringSide, PeeringState } from '../../../core/peering';
import type { Ec2 } from '../../protocols/wireTypes';
import { isSideOf } from '../../world/peeringLife';
import type { PlaceState } from '../../world/placeState';
import { find, notFound } from '../common/resourceIds';
import { tagList } from '../common/tags';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext } from '../operation';

const wireStates: Readonly<Record<PeeringState, Ec2.VpcPeeringConnectionStateReasonCode>> = {
  initiatingRequest: 'initiating-request',
  pendingAcceptance: 'pending-acceptance',
  provisioning: 'provisioning',
  active: 'active',
  rejected: 'rejected',
  expired: 'expired',
  failed: 'failed',
  deleting: 'deleting',
  deleted: 'deleted',
};

export function wirePeeringState({ state }: PeeringConnection): Ec2.VpcPeeringConnectionStateReasonCode {
  return wireStates[state];
}

/** A connection as the caller's account sees it in the caller's Region. */
export function findPeering({ world, region }: Pick<CallContext, 'world' | 'region'>, id: string): PeeringConnection {
  const found = find('peeringConnection', world.peeringConnections, id);
  if (!region.listedPeerings.has(found.id)) throw notFound('peeringConnection', id);
  return found;
}

/** The side whose tags the place sees; the requester's when it has both. */
export function ownSide({ place }: PlaceState, { requester, accepter }: PeeringConnection): PeeringSide {
  return isSideOf(place, requester) ? requester : accepter;
}

export function optionsShape({ allowsRemoteDnsResolution }: PeeringSide): Ec2.VpcPeeringConnectionOptionsDescription {
  return {
    AllowDnsResolutionFromRemoteVpc: allowsRemoteDnsResolution,
    AllowEgressFromLocalClassicLinkToRemoteVpc: false,
    AllowEgressFromLocalVpcToRemoteClassicLink: false,
  };
}

/** Ranges and options of the other side are told once the connection is active. */
function sideShape(side: PeeringSide, isOpen: boolean): Ec2.VpcPeeringConnectionVpcInfo {
  const [CidrBlock] = side.cidrBlocks;
  return {
    ...(CidrBlock === undefined
      ? {}
      : { CidrBlock, CidrBlockSet: side.cidrBlocks.map(block => ({ CidrBlock: block })) }),
    OwnerId: side.accountId,
    ...(isOpen ? { PeeringOptions: optionsShape(side) } : {}),
    VpcId: side.vpcId,
    Region: side.region,
  };
}

export function peeringShape(region: PlaceState, connection: PeeringConnection): Ec2.VpcPeeringConnection {
  const { requester, accepter, expiresAtMs, statusMessage } = connection;
  return {
    AccepterVpcInfo: sideShape(accepter, connection.state === 'active'),
    ...(expiresAtMs === undefined ? {} : { ExpirationTime: wholeSeconds(expiresAtMs) }),
    RequesterVpcInfo: sideShape(requester, true),
    Status: { Code: wirePeeringState(connection), Message: statusMessage },
    Tags: tagList(ownSide(region, connection).tags),
    VpcPeeringConnectionId: connection.id,
  };
}
