import type { AllocationId, SecurityGroupId, SubnetId, VpcId } from '../../../core/ids';
import { parseIpv4 } from '../../../core/ipv4';
import type { Subnet } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Elbv2 } from '../../protocols/wireTypes';
import { isAssignable, usedAddresses } from '../../world/interfaces';
import type { NodePlan } from '../../world/loadBalancerLife';
import type { PlaceState } from '../../world/placeState';
import { invalidConfiguration, notSimulated, validationError } from './elbv2Faults';

export interface NodeRequest {
  readonly Subnets?: readonly string[] | undefined;
  readonly SubnetMappings?: readonly Elbv2.SubnetMapping[] | undefined;
}

const neededAddresses = 8;
const invalidSubnet = (message: string) => new ServiceFault('InvalidSubnet', message);

/** Reads where a load balancer is to stand: subnets of one VPC, each in a zone of its own, with what was chosen for each. */
export function nodePlansOf(
  region: PlaceState,
  request: NodeRequest,
  scheme: 'internal' | 'internet-facing',
  present: readonly SubnetId[] = [],
): readonly NodePlan[] {
  const mappings = mappingsOf(request);
  const subnets = mappings.map(({ SubnetId = '' }) => findSubnet(region, SubnetId));
  checkTogether(subnets);
  if (scheme === 'internet-facing') checkGateway(region, subnets[0]?.vpcId);
  return mappings.map((mapping, index) => {
    const subnet = subnets[index] as Subnet;
    if (scheme === 'internet-facing' && !present.includes(subnet.id)) checkRoom(subnet);
    return {
      subnet,
      privateIpAddress: chosenAddress(region, subnet, mapping, scheme, present.includes(subnet.id)),
      allocationId: chosenAllocation(region, mapping, scheme, present.includes(subnet.id)),
    };
  });
}

function mappingsOf({ Subnets = [], SubnetMappings = [] }: NodeRequest): readonly Elbv2.SubnetMapping[] {
  if (Subnets.length > 0 && SubnetMappings.length > 0)
    throw validationError('You must specify either subnets or subnet mappings, not both');
  if (Subnets.length === 0 && SubnetMappings.length === 0)
    throw validationError('At least one subnet must be specified');
  if (SubnetMappings.some(({ IPv6Address, SourceNatIpv6Prefix }) => IPv6Address ?? SourceNatIpv6Prefix))
    throw notSimulated('The practice cloud makes IPv4 load balancers only.');
  return SubnetMappings.length > 0 ? SubnetMappings : [...new Set(Subnets)].map(SubnetId => ({ SubnetId }));
}

function findSubnet(region: PlaceState, id: string): Subnet {
  const found = region.subnets.get(id as SubnetId);
  if (!found) throw new ServiceFault('SubnetNotFound', `The subnet ID '${id}' is not valid`);
  return found;
}

function checkTogether(subnets: readonly Subnet[]): void {
  const zones = subnets.map(({ availabilityZone }) => availabilityZone);
  if (subnets.some(({ vpcId }) => vpcId !== subnets[0]?.vpcId))
    throw invalidConfiguration('The specified subnets must all belong to the same VPC');
  if (new Set(zones).size < zones.length)
    throw invalidConfiguration('A load balancer cannot be attached to multiple subnets in the same Availability Zone');
}

function checkGateway(region: PlaceState, vpcId: VpcId | undefined): void {
  for (const { attachedVpcIds } of region.internetGateways.values())
    if (vpcId && attachedVpcIds.includes(vpcId)) return;
  throw invalidSubnet(`VPC ${vpcId} has no internet gateway`);
}

/** Of internet-facing load balancers; for an internal one a single free address is enough. */
function checkRoom({ id, availableIpAddressCount }: Subnet): void {
  if (availableIpAddressCount < neededAddresses)
    throw invalidSubnet(
      `Not enough IP space available in ${id}. ELB requires at least ${neededAddresses} free IP addresses in each subnet.`,
    );
}

function chosenAddress(
  region: PlaceState,
  subnet: Subnet,
  { PrivateIPv4Address: address }: Elbv2.SubnetMapping,
  scheme: 'internal' | 'internet-facing',
  isPresent: boolean,
): string | undefined {
  if (address === undefined) return undefined;
  if (scheme === 'internet-facing')
    throw invalidConfiguration('Private IPv4 addresses can be specified for internal load balancers only');
  if (parseIpv4(address) === undefined || !isAssignable(subnet, address))
    throw invalidConfiguration(`The private IPv4 address '${address}' is not valid for the subnet '${subnet.id}'`);
  if (!isPresent && usedAddresses(region, subnet).has(address))
    throw invalidConfiguration(`The private IPv4 address '${address}' is already in use`);
  return address;
}

function chosenAllocation(
  region: PlaceState,
  { AllocationId: id }: Elbv2.SubnetMapping,
  scheme: 'internal' | 'internet-facing',
  isPresent: boolean,
): AllocationId | undefined {
  if (id === undefined) return undefined;
  if (scheme === 'internal')
    throw invalidConfiguration('Elastic IP addresses can be specified for internet-facing load balancers only');
  const found = region.elasticAddresses.get(id as AllocationId);
  if (!found) throw new ServiceFault('AllocationIdNotFound', `The allocation ID '${id}' does not exist`);
  if (found.associationId !== undefined && !isPresent)
    throw new ServiceFault('ResourceInUse', `The allocation ID '${id}' is already associated with another resource`);
  return found.id;
}

const maximumGroups = 5;

/** Security groups of the load balancer's VPC. */
export function checkedLoadBalancerGroups(
  region: PlaceState,
  vpcId: VpcId | undefined,
  ids: readonly string[] | undefined,
): readonly SecurityGroupId[] {
  const unique = [...new Set(ids ?? [])];
  if (unique.length > maximumGroups)
    throw invalidConfiguration(`A load balancer cannot have more than ${maximumGroups} security groups`);
  return unique.map(id => {
    const group = region.securityGroups.get(id as SecurityGroupId);
    if (group?.vpcId !== vpcId || !group)
      throw new ServiceFault('InvalidSecurityGroup', `One or more security groups are invalid: '${id}'`);
    return group.id;
  });
}
