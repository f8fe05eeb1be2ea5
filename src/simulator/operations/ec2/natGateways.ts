import type { NatGateway } from '../../../core/natGateway';
import type { Subnet } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { deleteNatGateway, makeNatGateway, type NatGatewayPlan } from '../../world/natGatewayLife';
import type { PlaceState } from '../../world/placeState';
import { makeOnce } from '../common/clientTokens';
import { find } from '../common/resourceIds';
import { tagList, tagsAtCreation } from '../common/tags';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext, OperationTable } from '../operation';
import { checkFreeAddress } from './chosenAddress';
import { type Listing, list, optional } from './describe';

/** "Amazon VPC quotas": per Availability Zone, counting those that are not gone. */
const maximumGateways = 5;

const unsimulated = [
  'AvailabilityZoneAddresses',
  'SecondaryAllocationIds',
  'SecondaryPrivateIpAddresses',
  'SecondaryPrivateIpAddressCount',
  'VpcId',
] as const satisfies readonly (keyof Ec2.CreateNatGatewayRequest)[];

function createNatGateway(input: Ec2.CreateNatGatewayRequest, context: CallContext): Ec2.CreateNatGatewayResult {
  const { world, region } = context;
  const [id = ''] = makeOnce(region, 'CreateNatGateway', input, () => [
    makeNatGateway(world, region, planOf(input, region)).id,
  ]);
  const gateway = find('natGateway', region.natGateways, id);
  return { NatGateway: gatewayShape(region, gateway), ...optional({ ClientToken: input.ClientToken }) };
}

function planOf(input: Ec2.CreateNatGatewayRequest, region: PlaceState): NatGatewayPlan {
  refuseUnsimulated(input);
  if (input.SubnetId === undefined)
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter SubnetId');
  const subnet = find('subnet', region.subnets, input.SubnetId);
  const isPublic = (input.ConnectivityType ?? 'public') === 'public';
  if (isPublic && input.AllocationId === undefined)
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter AllocationId');
  if (!isPublic && input.AllocationId !== undefined)
    throw new ServiceFault('InvalidParameter', 'A private NAT gateway cannot have an Elastic IP address.');
  const address = input.AllocationId && find('elasticAddress', region.elasticAddresses, input.AllocationId);
  checkFreeAddress(region, subnet, input.PrivateIpAddress);
  const tags = tagsAtCreation(input.TagSpecifications, 'natgateway');
  checkCount(region, subnet);
  return {
    subnet,
    allocationId: address ? address.id : undefined,
    privateIpAddress: input.PrivateIpAddress,
    tags,
  };
}

function refuseUnsimulated(input: Ec2.CreateNatGatewayRequest): void {
  const asked = unsimulated.find(name => input[name] !== undefined);
  if (asked !== undefined || (input.AvailabilityMode ?? 'zonal') !== 'zonal')
    throw new ServiceFault(
      'UnsupportedOperation',
      `The practice cloud makes zonal NAT gateways with one address; ${asked ?? 'AvailabilityMode regional'} is not simulated.`,
    );
}

function checkCount(region: PlaceState, { availabilityZone }: Subnet): void {
  const living = [...region.natGateways.values()].filter(
    ({ state, subnetId }) =>
      (state === 'pending' || state === 'available') &&
      region.subnets.get(subnetId)?.availabilityZone === availabilityZone,
  );
  if (living.length >= maximumGateways)
    throw new ServiceFault(
      'NatGatewayLimitExceeded',
      `Performing this operation would exceed the limit of ${maximumGateways} NAT gateways`,
    );
}

function gatewayShape(region: PlaceState, gateway: NatGateway): Ec2.NatGateway {
  const { failure, deletedAtMs } = gateway;
  return {
    CreateTime: wholeSeconds(gateway.createdAtMs),
    ...(deletedAtMs === undefined ? {} : { DeleteTime: wholeSeconds(deletedAtMs) }),
    ...(failure ? { FailureCode: failure.code, FailureMessage: failure.message } : {}),
    NatGatewayAddresses: [addressShape(region, gateway)],
    NatGatewayId: gateway.id,
    State: gateway.state,
    SubnetId: gateway.subnetId,
    VpcId: gateway.vpcId,
    Tags: tagList(gateway.tags),
    ConnectivityType: gateway.connectivity,
    AvailabilityMode: 'zonal',
  };
}

function addressShape(region: PlaceState, gateway: NatGateway): Ec2.NatGatewayAddress {
  const { allocationId, publicIpAddress, networkInterfaceId, privateIpAddress, failure } = gateway;
  const AssociationId = allocationId && region.elasticAddresses.get(allocationId)?.associationId;
  return {
    ...optional({
      AllocationId: allocationId,
      NetworkInterfaceId: networkInterfaceId,
      PrivateIp: privateIpAddress || undefined,
      PublicIp: publicIpAddress,
      AssociationId: networkInterfaceId && AssociationId,
    }),
    IsPrimary: true,
    Status: failure ? 'failed' : 'succeeded',
  };
}

const listing: Listing<NatGateway> = {
  kind: 'natGateway',
  tagsOf: gateway => gateway.tags,
  limits: { least: 5, most: 1000 },
  filters: {
    'nat-gateway-id': gateway => gateway.id,
    state: gateway => gateway.state,
    'subnet-id': gateway => gateway.subnetId,
    'vpc-id': gateway => gateway.vpcId,
  },
};

function describeNatGateways(
  { Filter, ...input }: Ec2.DescribeNatGatewaysRequest,
  { region }: CallContext,
): Ec2.DescribeNatGatewaysResult {
  const page = list(listing, region.natGateways, input.NatGatewayIds, { ...input, Filters: Filter });
  return {
    NatGateways: page.items.map(gateway => gatewayShape(region, gateway)),
    ...optional({ NextToken: page.nextToken }),
  };
}

function remove(input: Ec2.DeleteNatGatewayRequest, { world, region }: CallContext): Ec2.DeleteNatGatewayResult {
  const gateway = find('natGateway', region.natGateways, input.NatGatewayId ?? '');
  deleteNatGateway(world, region, gateway);
  return { NatGatewayId: gateway.id };
}

export const natGatewayOperations: OperationTable = {
  CreateNatGateway: createNatGateway,
  DeleteNatGateway: remove,
  DescribeNatGateways: describeNatGateways,
};
