import { accountId, isRegion, type Region, vpcId } from '../../../core/ids';
import type { PeeringConnection, PeeringSide } from '../../../core/peering';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import {
  acceptPeering,
  deletePeering,
  isSideOf,
  livePeeringStates,
  rejectPeering,
  requestPeering,
  vpcOfSide,
} from '../../world/peeringLife';
import { checkIdForm, find, notFound } from '../common/resourceIds';
import { tagsAtCreation } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { peeringShape, wirePeeringState } from './peeringShapes';

/** "VPC peering quotas": active ones of a VPC, and requests that it has made and nobody answered. */
const maximumActive = 50;
const maximumOutstanding = 25;

type Context = Pick<CallContext, 'world' | 'region'>;

function create(
  input: Ec2.CreateVpcPeeringConnectionRequest,
  context: CallContext,
): Ec2.CreateVpcPeeringConnectionResult {
  const { world, region } = context;
  const vpc = find('vpc', region.vpcs, input.VpcId ?? '');
  const peer = readPeer(input, context);
  const tags = tagsAtCreation(input.TagSpecifications, 'vpc-peering-connection');
  refuseTwice(context, { ...region.place, vpcId: vpc.id }, peer);
  checkCount(context, { ...region.place, vpcId: vpc.id });
  const outstanding = [...world.peeringConnections.values()].filter(
    ({ requester, state }) =>
      isSameVpc(requester, { ...region.place, vpcId: vpc.id }) &&
      (state === 'pendingAcceptance' || state === 'initiatingRequest'),
  );
  if (outstanding.length >= maximumOutstanding)
    throw new ServiceFault(
      'OutstandingVpcPeeringConnectionLimitExceeded',
      'The maximum number of outstanding VPC peering connection requests has been reached.',
    );
  return { VpcPeeringConnection: peeringShape(region, requestPeering(world, region, { vpc, peer, tags })) };
}

type VpcPlace = Pick<PeeringSide, 'accountId' | 'region' | 'vpcId'>;

/** The other VPC, of the caller's account and Region unless said otherwise. Whether it is there shows later. */
function readPeer(input: Ec2.CreateVpcPeeringConnectionRequest, { region }: CallContext): VpcPlace {
  if (!input.PeerVpcId) throw new ServiceFault('MissingParameter', 'The request must contain the parameter peerVpcId');
  checkIdForm('vpc', input.PeerVpcId);
  const { PeerOwnerId = region.place.accountId, PeerRegion = region.place.region } = input;
  if (!/^\d{12}$/.test(PeerOwnerId))
    throw new ServiceFault(
      'InvalidParameterValue',
      `Value (${PeerOwnerId}) for parameter peerOwnerId is invalid. Expected a 12-digit account ID.`,
    );
  return { accountId: accountId(PeerOwnerId), region: readRegion(PeerRegion), vpcId: vpcId(input.PeerVpcId) };
}

function readRegion(text: string): Region {
  if (isRegion(text)) return text;
  throw new ServiceFault('InvalidParameterValue', `Value (${text}) for parameter peerRegion is invalid.`);
}

function isSameVpc(left: VpcPlace, right: VpcPlace): boolean {
  return left.vpcId === right.vpcId && left.accountId === right.accountId && left.region === right.region;
}

function isBetween({ requester, accepter }: PeeringConnection, left: VpcPlace, right: VpcPlace): boolean {
  return (
    (isSameVpc(requester, left) && isSameVpc(accepter, right)) ||
    (isSameVpc(requester, right) && isSameVpc(accepter, left))
  );
}

/** Two VPCs have one connection between them, whoever asks for it. */
function refuseTwice({ world }: Context, own: VpcPlace, peer: VpcPlace): void {
  const live = [...world.peeringConnections.values()].find(
    connection => livePeeringStates.includes(connection.state) && isBetween(connection, own, peer),
  );
  if (live)
    throw new ServiceFault(
      'VpcPeeringConnectionAlreadyExists',
      `The vpc peering connection identified by ${live.id} already exists.`,
    );
}

function checkCount({ world }: Context, own: VpcPlace): void {
  const active = [...world.peeringConnections.values()].filter(
    ({ requester, accepter, state }) =>
      (state === 'active' || state === 'provisioning') && (isSameVpc(requester, own) || isSameVpc(accepter, own)),
  );
  if (active.length >= maximumActive)
    throw new ServiceFault(
      'VpcPeeringConnectionsPerVpcLimitExceeded',
      'The maximum number of active VPC peering connections per VPC has been reached.',
    );
}

/** A connection that has to do with the caller's account and Region, listed there or not. */
function findKnown({ world, region }: Context, id: string): PeeringConnection {
  const { accountId, region: name } = region.place;
  const found = find('peeringConnection', world.peeringConnections, id);
  const sides = [found.requester, found.accepter];
  const isKnown = sides.some(side => side.accountId === accountId) && sides.some(side => side.region === name);
  if (!isKnown) throw notFound('peeringConnection', id);
  return found;
}

/** Only the accepter's account answers a request, and in the accepter's Region. */
function checkAccepter({ region }: Context, { id, accepter }: PeeringConnection, verb: 'accept' | 'reject'): void {
  const { accountId, region: name } = region.place;
  if (accepter.accountId !== accountId)
    throw new ServiceFault('OperationNotPermitted', `User (${accountId}) cannot ${verb} peering ${id}`);
  if (accepter.region !== name)
    throw new ServiceFault(
      'OperationNotPermitted',
      `Incorrect region (${name}) specified for this request. VPC peering connection ${id} must be ${verb}ed in region ${accepter.region}`,
    );
}

function invalidTransition(connection: PeeringConnection, to: string): ServiceFault {
  return new ServiceFault(
    'InvalidStateTransition',
    `Invalid state transition for ${connection.id}, attempted to transition from ${wirePeeringState(connection)} to ${to}`,
  );
}

function accept(
  input: Ec2.AcceptVpcPeeringConnectionRequest,
  context: CallContext,
): Ec2.AcceptVpcPeeringConnectionResult {
  const { world, region } = context;
  const connection = findKnown(context, readId(input));
  checkAccepter(context, connection, 'accept');
  if (connection.state !== 'pendingAcceptance') throw invalidTransition(connection, 'provisioning');
  for (const side of [connection.requester, connection.accepter]) {
    if (!vpcOfSide(world, side)) throw notFound('vpc', side.vpcId);
    checkCount(context, side);
  }
  acceptPeering(world, region, connection.id);
  return { VpcPeeringConnection: peeringShape(region, findKnown(context, connection.id)) };
}

function readId({ VpcPeeringConnectionId }: { readonly VpcPeeringConnectionId?: string | undefined }): string {
  if (VpcPeeringConnectionId) return VpcPeeringConnectionId;
  throw new ServiceFault('MissingParameter', 'The request must contain the parameter vpcPeeringConnectionId');
}

function reject(
  input: Ec2.RejectVpcPeeringConnectionRequest,
  context: CallContext,
): Ec2.RejectVpcPeeringConnectionResult {
  const connection = findKnown(context, readId(input));
  checkAccepter(context, connection, 'reject');
  if (connection.state !== 'pendingAcceptance') throw invalidTransition(connection, 'rejected');
  rejectPeering(context.world, connection);
  return { Return: true };
}

/** By either side when it is active; a request is taken back by who made it. What was deleted before stays deleted. */
function remove(
  input: Ec2.DeleteVpcPeeringConnectionRequest,
  context: CallContext,
): Ec2.DeleteVpcPeeringConnectionResult {
  const { region } = context;
  const connection = findKnown(context, readId(input));
  const { state, requester, accepter, id } = connection;
  if (![requester, accepter].some(side => isSideOf(region.place, side))) throw notFound('peeringConnection', id);
  if (state === 'deleted' || state === 'deleting') return { Return: true };
  if (!livePeeringStates.includes(state)) throw invalidTransition(connection, 'deleting');
  const isRequest = state === 'pendingAcceptance' || state === 'initiatingRequest';
  if (isRequest && requester.accountId !== region.place.accountId)
    throw new ServiceFault('OperationNotPermitted', `User (${region.place.accountId}) cannot delete peering ${id}`);
  deletePeering(context.world, region, connection);
  return { Return: true };
}

export const peeringChangeOperations: OperationTable = {
  AcceptVpcPeeringConnection: accept,
  CreateVpcPeeringConnection: create,
  DeleteVpcPeeringConnection: remove,
  RejectVpcPeeringConnection: reject,
};
