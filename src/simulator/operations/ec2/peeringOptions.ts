import type { PeeringConnection } from '../../../core/peering';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { isSideOf, type SideName, vpcOfSide } from '../../world/peeringLife';
import type { CallContext, OperationTable } from '../operation';
import { findPeering, optionsShape } from './peeringShapes';

type Options = Ec2.PeeringConnectionOptionsRequest;

/** Each owner sets its own side, in its own Region, while the connection is active ("ModifyVpcPeeringConnectionOptions"). */
function modifyOptions(
  input: Ec2.ModifyVpcPeeringConnectionOptionsRequest,
  context: CallContext,
): Ec2.ModifyVpcPeeringConnectionOptionsResult {
  const { world } = context;
  const connection = findPeering(context, input.VpcPeeringConnectionId ?? '');
  const wishes = {
    requester: input.RequesterPeeringConnectionOptions,
    accepter: input.AccepterPeeringConnectionOptions,
  };
  if (!wishes.requester && !wishes.accepter)
    throw new ServiceFault('MissingParameter', 'The request must contain options of the requester or the accepter.');
  if (connection.state !== 'active')
    throw new ServiceFault(
      'OperationNotPermitted',
      `Peering ${connection.id} is not active. Peering options can be added only to active peerings.`,
    );
  for (const name of ['requester', 'accepter'] as const)
    if (wishes[name]) checkWish(context, connection, name, wishes[name]);
  const changed = {
    ...connection,
    requester: withOptions(connection.requester, wishes.requester),
    accepter: withOptions(connection.accepter, wishes.accepter),
  };
  world.peeringConnections.set(connection.id, changed);
  return {
    ...(wishes.requester ? { RequesterPeeringConnectionOptions: optionsShape(changed.requester) } : {}),
    ...(wishes.accepter ? { AccepterPeeringConnectionOptions: optionsShape(changed.accepter) } : {}),
  };
}

function withOptions(side: PeeringConnection[SideName], wish: Options | undefined): PeeringConnection[SideName] {
  return {
    ...side,
    allowsRemoteDnsResolution: wish?.AllowDnsResolutionFromRemoteVpc ?? side.allowsRemoteDnsResolution,
  };
}

function checkWish({ world, region }: CallContext, connection: PeeringConnection, name: SideName, wish: Options): void {
  if (!isSideOf(region.place, connection[name]))
    throw new ServiceFault(
      'OperationNotPermitted',
      `User (${region.place.accountId}) cannot modify ${name} peering options of ${connection.id} in region ${region.place.region}`,
    );
  if (wish.AllowEgressFromLocalClassicLinkToRemoteVpc || wish.AllowEgressFromLocalVpcToRemoteClassicLink)
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud has no EC2-Classic, as AWS has none any more.');
  if (wish.AllowDnsResolutionFromRemoteVpc) checkNames(world, connection);
}

/** Names of one VPC are answered to the other only where both have both DNS attributes. */
function checkNames(world: CallContext['world'], { requester, accepter }: PeeringConnection): void {
  for (const side of [requester, accepter]) {
    const { accountId, region, vpcId } = side;
    const attributes = vpcOfSide(world, side) && world.region({ accountId, region }).dnsAttributes.get(vpcId);
    if (!attributes?.enableDnsHostnames || !attributes.enableDnsSupport)
      throw new ServiceFault(
        'InvalidVpcPeeringConnectionState.DnsHostnamesDisabled',
        'To enable DNS hostname resolution, both VPCs of the peering connection must be enabled for DNS hostnames and DNS resolution.',
      );
  }
}

export const peeringOptionOperations: OperationTable = { ModifyVpcPeeringConnectionOptions: modifyOptions };
