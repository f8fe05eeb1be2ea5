import type { InstanceConnectEndpoint, InstanceConnectEndpointState } from '../../../core/instanceConnectEndpoint';
import type { Subnet } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import {
  deleteInstanceConnectEndpoint,
  makeInstanceConnectEndpoint,
  updateInstanceConnectEndpoint,
} from '../../world/instanceConnectLife';
import type { PlaceState } from '../../world/placeState';
import { makeOnce } from '../common/clientTokens';
import { find } from '../common/resourceIds';
import { tagList, tagsAtCreation } from '../common/tags';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext, OperationTable } from '../operation';
import { type Listing, list, optional } from './describe';
import { checkedGroups, noFreeAddress } from './endpointChecks';
import { checkGroupCount } from './interfaceGroups';

/** "Quotas for EC2 Instance Connect Endpoint": per Region, besides one per VPC and so one per subnet. */
const maximumEndpoints = 5;

const wireStates: Readonly<Record<InstanceConnectEndpointState, Ec2.Ec2InstanceConnectEndpointState>> = {
  createInProgress: 'create-in-progress',
  createComplete: 'create-complete',
  createFailed: 'create-failed',
  deleteInProgress: 'delete-in-progress',
  deleteComplete: 'delete-complete',
  deleteFailed: 'delete-failed',
};

function endpointShape(
  { place, subnets }: PlaceState,
  endpoint: InstanceConnectEndpoint,
): Ec2.Ec2InstanceConnectEndpoint {
  const { accountId, region } = place;
  const subnet = subnets.get(endpoint.subnetId);
  return {
    OwnerId: accountId,
    InstanceConnectEndpointId: endpoint.id,
    InstanceConnectEndpointArn: `arn:aws:ec2:${region}:${accountId}:instance-connect-endpoint/${endpoint.id}`,
    State: wireStates[endpoint.state],
    StateMessage: endpoint.stateMessage,
    DnsName: endpoint.dnsName,
    FipsDnsName: endpoint.dnsName.replace('.ec2-instance-connect-endpoint.', '.fips.ec2-instance-connect-endpoint.'),
    NetworkInterfaceIds: [...endpoint.networkInterfaceIds],
    VpcId: endpoint.vpcId,
    ...optional({ AvailabilityZone: subnet?.availabilityZone, AvailabilityZoneId: subnet?.availabilityZoneId }),
    CreatedAt: wholeSeconds(endpoint.createdAtMs),
    SubnetId: endpoint.subnetId,
    PreserveClientIp: endpoint.preservesClientIp,
    SecurityGroupIds: [...endpoint.securityGroupIds],
    Tags: tagList(endpoint.tags),
    IpAddressType: 'ipv4',
  };
}

function create(
  input: Ec2.CreateInstanceConnectEndpointRequest,
  context: CallContext,
): Ec2.CreateInstanceConnectEndpointResult {
  const { region } = context;
  const [id = ''] = makeOnce(region, 'CreateInstanceConnectEndpoint', input, () => [make(input, context).id]);
  const endpoint = find('instanceConnectEndpoint', region.instanceConnectEndpoints, id);
  return {
    InstanceConnectEndpoint: endpointShape(region, endpoint),
    ...optional({ ClientToken: input.ClientToken }),
  };
}

function make(
  input: Ec2.CreateInstanceConnectEndpointRequest,
  { world, region }: CallContext,
): InstanceConnectEndpoint {
  refuseOtherFamilies(input);
  const subnet = find('subnet', region.subnets, input.SubnetId ?? '');
  const groups = checkedGroups(region, subnet.vpcId, input.SecurityGroupIds);
  checkGroupCount(groups.map(({ id }) => id));
  const tags = tagsAtCreation(input.TagSpecifications, 'instance-connect-endpoint');
  checkCount(region, subnet);
  const made = makeInstanceConnectEndpoint(world, region, {
    subnet,
    securityGroupIds: groups.map(({ id }) => id),
    preservesClientIp: input.PreserveClientIp ?? false,
    tags,
  });
  if (!made) throw noFreeAddress();
  return made;
}

function refuseOtherFamilies({ IpAddressType }: { readonly IpAddressType?: string | undefined }): void {
  if ((IpAddressType ?? 'ipv4') !== 'ipv4')
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud has Instance Connect endpoints for IPv4 only.');
}

function checkCount(region: PlaceState, { vpcId }: Subnet): void {
  const all = [...region.instanceConnectEndpoints.values()];
  if (all.some(endpoint => endpoint.vpcId === vpcId))
    throw limitExceeded(`The maximum number of EC2 Instance Connect Endpoints for VPC ${vpcId} has been reached.`);
  if (all.length >= maximumEndpoints)
    throw limitExceeded('The maximum number of EC2 Instance Connect Endpoints has been reached.');
}

function limitExceeded(message: string): ServiceFault {
  return new ServiceFault('InstanceConnectEndpointLimitExceeded', message);
}

const listing = (region: PlaceState): Listing<InstanceConnectEndpoint> => ({
  kind: 'instanceConnectEndpoint',
  tagsOf: endpoint => endpoint.tags,
  limits: { least: 1, most: 50 },
  filters: {
    'availability-zone': endpoint => region.subnets.get(endpoint.subnetId)?.availabilityZone,
    'instance-connect-endpoint-id': endpoint => endpoint.id,
    state: endpoint => wireStates[endpoint.state],
    'subnet-id': endpoint => endpoint.subnetId,
    'vpc-id': endpoint => endpoint.vpcId,
  },
});

function describe(
  input: Ec2.DescribeInstanceConnectEndpointsRequest,
  { region }: CallContext,
): Ec2.DescribeInstanceConnectEndpointsResult {
  const ids = input.InstanceConnectEndpointIds;
  const page = list(listing(region), region.instanceConnectEndpoints, ids, input);
  return {
    InstanceConnectEndpoints: page.items.map(endpoint => endpointShape(region, endpoint)),
    ...optional({ NextToken: page.nextToken }),
  };
}

function remove(
  input: Ec2.DeleteInstanceConnectEndpointRequest,
  { world, region }: CallContext,
): Ec2.DeleteInstanceConnectEndpointResult {
  const found = find('instanceConnectEndpoint', region.instanceConnectEndpoints, input.InstanceConnectEndpointId ?? '');
  if (found.state !== 'deleteInProgress') deleteInstanceConnectEndpoint(world, region, found.id);
  const after = region.instanceConnectEndpoints.get(found.id) ?? found;
  return { InstanceConnectEndpoint: endpointShape(region, after) };
}

function modify(
  input: Ec2.ModifyInstanceConnectEndpointRequest,
  { region }: CallContext,
): Ec2.ModifyInstanceConnectEndpointResult {
  refuseOtherFamilies(input);
  const found = find('instanceConnectEndpoint', region.instanceConnectEndpoints, input.InstanceConnectEndpointId ?? '');
  if (found.state !== 'createComplete')
    throw new ServiceFault(
      'IncorrectState',
      `The instance connect endpoint ${found.id} is ${wireStates[found.state]}.`,
    );
  const groups = input.SecurityGroupIds && checkedGroups(region, found.vpcId, input.SecurityGroupIds);
  updateInstanceConnectEndpoint(region, found.id, {
    ...(groups ? { securityGroupIds: groups.map(({ id }) => id) } : {}),
    preservesClientIp: input.PreserveClientIp ?? found.preservesClientIp,
  });
  return { Return: true };
}

export const instanceConnectEndpointOperations: OperationTable = {
  CreateInstanceConnectEndpoint: create,
  DeleteInstanceConnectEndpoint: remove,
  DescribeInstanceConnectEndpoints: describe,
  ModifyInstanceConnectEndpoint: modify,
};
