import type * as Wire from '@aws-sdk/client-ec2';
import { accountId, peeringConnectionId, region, vpcId } from '../../core/ids';
import type { PeeringConnection, PeeringSide, PeeringState } from '../../core/peering';
import { narrowed, required, tagsOf } from './fields';

const states: readonly PeeringState[] = [
  'initiatingRequest',
  'pendingAcceptance',
  'provisioning',
  'active',
  'rejected',
  'expired',
  'failed',
  'deleting',
  'deleted',
];

/** Tags are those of the account that asks; it does not say which side it is, so both have them. */
export function mapPeering(wire: Wire.VpcPeeringConnection): PeeringConnection {
  return {
    id: required('VpcPeeringConnectionId', wire.VpcPeeringConnectionId, peeringConnectionId),
    requester: mapSide(wire.RequesterVpcInfo ?? {}, wire.Tags),
    accepter: mapSide(wire.AccepterVpcInfo ?? {}, wire.Tags),
    state: narrowed(wire.Status?.Code, states, 'failed'),
    statusMessage: wire.Status?.Message ?? '',
    expiresAtMs: wire.ExpirationTime?.getTime(),
  };
}

function mapSide(wire: Wire.VpcPeeringConnectionVpcInfo, tags: Wire.Tag[] | undefined): PeeringSide {
  const listed = (wire.CidrBlockSet ?? []).flatMap(({ CidrBlock }) => CidrBlock ?? []);
  const primary = wire.CidrBlock ? [wire.CidrBlock] : [];
  return {
    accountId: required('OwnerId', wire.OwnerId, accountId),
    region: required('Region', wire.Region, region),
    vpcId: required('VpcId', wire.VpcId, vpcId),
    cidrBlocks: [...new Set([...primary, ...listed])],
    allowsRemoteDnsResolution: wire.PeeringOptions?.AllowDnsResolutionFromRemoteVpc ?? false,
    tags: tagsOf(tags),
  };
}
