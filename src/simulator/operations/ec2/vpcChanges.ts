import { formatCidr } from '../../../core/ipv4';
import type { Vpc } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { makeSubnet, makeVpc, removeSubnet, removeVpc } from '../../world/makeVpc';
import { isSideOf, livePeeringStates } from '../../world/peeringLife';
import type { PlaceState } from '../../world/placeState';
import type { World } from '../../world/world';
import type { Zone } from '../../world/zones';
import { find } from '../common/resourceIds';
import { tagsAtCreation } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { holds, isOverlapping, readRange } from './cidrBlocks';
import { oneAttribute } from './oneAttribute';
import { subnetShape } from './subnets';
import { vpcShape } from './vpcs';

/** "Amazon VPC quotas". */
const maximumVpcs = 5;
const maximumSubnets = 200;

/** A new VPC answers names but gives none to instances, unlike the default VPC. */
const newVpcDnsAttributes = { enableDnsSupport: true, enableDnsHostnames: false };

function createVpc(input: Ec2.CreateVpcRequest, { region }: CallContext): Ec2.CreateVpcResult {
  refuseOtherVpcs(input);
  const cidrBlock = formatCidr(readRange(input.CidrBlock, 'InvalidVpc.Range'));
  const tags = tagsAtCreation(input.TagSpecifications, 'vpc');
  if (region.vpcs.size >= maximumVpcs)
    throw new ServiceFault('VpcLimitExceeded', 'The maximum number of VPCs has been reached.');
  const [dhcpOptions] = [...region.dhcpOptions.values()];
  const vpc = makeVpc(region, {
    cidrBlock,
    isDefault: false,
    dhcpOptionsId: dhcpOptions?.id,
    dnsAttributes: newVpcDnsAttributes,
    routes: [],
    tags,
  });
  return { Vpc: vpcShape(region, vpc) };
}

function refuseOtherVpcs(input: Ec2.CreateVpcRequest): void {
  const hasIpv6 = input.AmazonProvidedIpv6CidrBlock || input.Ipv6CidrBlock || input.Ipv6Pool || input.Ipv6IpamPoolId;
  if (hasIpv6 || input.Ipv4IpamPoolId || (input.InstanceTenancy ?? 'default') !== 'default')
    throw new ServiceFault(
      'UnsupportedOperation',
      'The practice cloud makes IPv4 VPCs with a block of their own and default tenancy only.',
    );
}

function deleteVpc(input: Ec2.DeleteVpcRequest, { world, region }: CallContext): object {
  const vpc = find('vpc', region.vpcs, input.VpcId ?? '');
  if (hasDependents(region, vpc) || isPeered(world, region, vpc))
    throw new ServiceFault('DependencyViolation', `The vpc '${vpc.id}' has dependencies and cannot be deleted.`);
  removeVpc(region, vpc.id);
  return {};
}

function hasDependents(region: PlaceState, { id }: Vpc): boolean {
  const isOwn = (item: { readonly vpcId: string }) => item.vpcId === id;
  return (
    [...region.subnets.values(), ...region.endpoints.values(), ...region.networkInterfaces.values()].some(isOwn) ||
    [...region.securityGroups.values()].some(group => isOwn(group) && group.name !== 'default') ||
    [...region.routeTables.values()].some(table => isOwn(table) && !table.isMain) ||
    [...region.networkAcls.values()].some(acl => isOwn(acl) && !acl.isDefault) ||
    [...region.internetGateways.values()].some(({ attachedVpcIds }) => attachedVpcIds.includes(id))
  );
}

/** A request that others made for the VPC does not hold it. */
function isPeered({ peeringConnections }: World, { place }: PlaceState, { id }: Vpc): boolean {
  return [...peeringConnections.values()].some(({ requester, accepter, state }) => {
    if (!livePeeringStates.includes(state)) return false;
    const isRequest = state === 'pendingAcceptance' || state === 'initiatingRequest';
    const holding = isRequest ? [requester] : [requester, accepter];
    return holding.some(side => side.vpcId === id && isSideOf(place, side));
  });
}

function createSubnet(input: Ec2.CreateSubnetRequest, { region }: CallContext): Ec2.CreateSubnetResult {
  const vpc = find('vpc', region.vpcs, input.VpcId ?? '');
  const range = readRange(input.CidrBlock, 'InvalidSubnet.Range');
  const cidrBlock = formatCidr(range);
  if (!vpc.cidrBlocks.some(block => holds(block, range)))
    throw new ServiceFault('InvalidSubnet.Range', `The CIDR '${cidrBlock}' is invalid.`);
  if (input.Ipv6CidrBlock || input.Ipv6Native || input.OutpostArn)
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud makes IPv4 subnets of Regions only.');
  const siblings = [...region.subnets.values()].filter(({ vpcId }) => vpcId === vpc.id);
  if (siblings.length >= maximumSubnets)
    throw new ServiceFault('SubnetLimitExceeded', 'The maximum number of subnets in the VPC has been reached.');
  if (siblings.some(sibling => isOverlapping(sibling.cidrBlock, range)))
    throw new ServiceFault('InvalidSubnet.Conflict', `The CIDR '${cidrBlock}' conflicts with another subnet`);
  const zone = zoneOf(region, input);
  const tags = tagsAtCreation(input.TagSpecifications, 'subnet');
  const subnet = makeSubnet(region, { vpcId: vpc.id, cidrBlock, zone, mapPublicIpOnLaunch: false, tags });
  return { Subnet: subnetShape(region, subnet) };
}

/** By name or id; EC2 chooses one when neither is given. */
function zoneOf(region: PlaceState, { AvailabilityZone, AvailabilityZoneId }: Ec2.CreateSubnetRequest): Zone {
  if (AvailabilityZone !== undefined && AvailabilityZoneId !== undefined)
    throw new ServiceFault(
      'InvalidParameterCombination',
      'The parameters AvailabilityZone and AvailabilityZoneId may not be used together.',
    );
  const wanted = AvailabilityZone ?? AvailabilityZoneId;
  const found = region.zones.find(
    ({ name, id }) => wanted === undefined || name === AvailabilityZone || id === AvailabilityZoneId,
  );
  if (!found)
    throw new ServiceFault(
      'InvalidParameterValue',
      `Value (${wanted}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${region.zones.map(({ name }) => name).join(', ')}.`,
    );
  return found;
}

function deleteSubnet(input: Ec2.DeleteSubnetRequest, { region }: CallContext): object {
  const subnet = find('subnet', region.subnets, input.SubnetId ?? '');
  if ([...region.networkInterfaces.values()].some(({ subnetId }) => subnetId === subnet.id))
    throw new ServiceFault('DependencyViolation', `The subnet '${subnet.id}' has dependencies and cannot be deleted.`);
  removeSubnet(region, subnet.id);
  return {};
}

type SubnetInput = Ec2.ModifySubnetAttributeRequest;

/** What a call may change, and whether it asks for something that the practice cloud has not. */
const subnetAttributes = {
  AssignIpv6AddressOnCreation: input => input.AssignIpv6AddressOnCreation?.Value === true,
  DisableLniAtDeviceIndex: () => false,
  EnableDns64: input => input.EnableDns64?.Value === true,
  EnableLniAtDeviceIndex: () => true,
  EnableResourceNameDnsAAAARecordOnLaunch: input => input.EnableResourceNameDnsAAAARecordOnLaunch?.Value === true,
  EnableResourceNameDnsARecordOnLaunch: input => input.EnableResourceNameDnsARecordOnLaunch?.Value === true,
  MapCustomerOwnedIpOnLaunch: input => input.MapCustomerOwnedIpOnLaunch?.Value === true,
  MapPublicIpOnLaunch: () => false,
  PrivateDnsHostnameTypeOnLaunch: input => input.PrivateDnsHostnameTypeOnLaunch !== 'ip-name',
} as const satisfies { readonly [Name in keyof SubnetInput]?: (input: SubnetInput) => boolean };

const subnetAttributeNames = Object.keys(subnetAttributes) as (keyof typeof subnetAttributes)[];

/** One attribute a call; of them only the public address at launch is simulated, others stay as they are. */
function modifySubnetAttribute(input: SubnetInput, { region }: CallContext): object {
  const subnet = find('subnet', region.subnets, input.SubnetId ?? '');
  const name = oneAttribute(input, subnetAttributeNames);
  if (subnetAttributes[name](input))
    throw new ServiceFault('UnsupportedOperation', `The practice cloud does not change ${name} of a subnet.`);
  const mapPublicIpOnLaunch = input.MapPublicIpOnLaunch?.Value ?? subnet.mapPublicIpOnLaunch;
  region.subnets.set(subnet.id, { ...subnet, mapPublicIpOnLaunch });
  return {};
}

export const vpcChangeOperations: OperationTable = {
  CreateSubnet: createSubnet,
  CreateVpc: createVpc,
  DeleteSubnet: deleteSubnet,
  DeleteVpc: deleteVpc,
  ModifySubnetAttribute: modifySubnetAttribute,
};
