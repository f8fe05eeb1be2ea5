/** Where in the network an instance is launched: from the top of a request, or from its one interface. */
import type { NetworkInterface, SecurityGroup, Subnet } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { LaunchPlan } from '../../world/instanceLife';
import { usualLaunch } from '../../world/instanceLife';
import type { PlaceState } from '../../world/placeState';
import { find, notFound } from '../common/resourceIds';
import { checkFreeAddress } from './chosenAddress';
import { checkGroupCount } from './interfaceGroups';

type Input = Ec2.RunInstancesRequest;

export type LaunchNetwork = Pick<LaunchPlan, 'subnet' | 'securityGroupIds' | 'networkInterface' | 'wantsPublicAddress'>;

/** Reads and checks it for so many instances. */
export function launchNetwork(
  region: PlaceState,
  input: Input,
  count: number,
  interfaceTags: LaunchPlan['tags'],
): LaunchNetwork {
  const [own, ...others] = input.NetworkInterfaces ?? [];
  if (others.length > 0)
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud launches instances with one network interface.');
  if (own) refuseBoth(input);
  if (own?.NetworkInterfaceId !== undefined) return onExisting(region, own, own.NetworkInterfaceId, count);
  const subnet = subnetOf(region, own ? own.SubnetId : input.SubnetId, input.Placement?.AvailabilityZone);
  const groups = groupsOf(region, subnet, own ? own.Groups : input.SecurityGroupIds, input.SecurityGroups);
  const privateIpAddress = chosenAddress(own ?? input);
  if (privateIpAddress !== undefined && count > 1)
    throw new ServiceFault(
      'InvalidParameterCombination',
      'Only one instance can be launched with a private IP address of its own.',
    );
  checkFreeAddress(region, subnet, privateIpAddress);
  return {
    subnet,
    securityGroupIds: groups.map(({ id }) => id),
    networkInterface: {
      ...usualLaunch.networkInterface,
      privateIpAddress,
      description: own?.Description ?? '',
      deletesOnTermination: own?.DeleteOnTermination ?? true,
      tags: interfaceTags,
    },
    wantsPublicAddress: own?.AssociatePublicIpAddress ?? subnet.mapPublicIpOnLaunch,
  };
}

function refuseBoth({ SubnetId, SecurityGroupIds, SecurityGroups, PrivateIpAddress }: Input): void {
  if (SubnetId ?? PrivateIpAddress ?? SecurityGroupIds?.[0] ?? SecurityGroups?.[0])
    throw new ServiceFault(
      'InvalidParameterCombination',
      'Network interfaces and an instance-level subnet ID, security groups or private IP address may not be specified on the same request',
    );
}

interface AddressRequest {
  readonly PrivateIpAddress?: string | undefined;
  readonly PrivateIpAddresses?: readonly Ec2.PrivateIpAddressSpecification[] | undefined;
}

function chosenAddress({ PrivateIpAddress, PrivateIpAddresses = [] }: AddressRequest): string | undefined {
  const [listed, ...others] = PrivateIpAddresses;
  if (others.length > 0 || listed?.Primary === false)
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud has no secondary private addresses.');
  return PrivateIpAddress ?? listed?.PrivateIpAddress;
}

/** An interface that is there already brings its subnet and its groups. */
function onExisting(
  region: PlaceState,
  own: Ec2.InstanceNetworkInterfaceSpecification,
  id: string,
  count: number,
): LaunchNetwork {
  const existing: NetworkInterface = find('networkInterface', region.networkInterfaces, id);
  const subnet = region.subnets.get(existing.subnetId);
  if (existing.status !== 'available' || count > 1 || !subnet)
    throw new ServiceFault('InvalidNetworkInterface.InUse', `Interface: [${id}] in use.`);
  if (own.AssociatePublicIpAddress)
    throw new ServiceFault(
      'InvalidParameterCombination',
      'The associatePublicIPAddress parameter cannot be specified when launching with an existing network interface.',
    );
  return {
    subnet,
    securityGroupIds: existing.securityGroupIds,
    networkInterface: {
      ...usualLaunch.networkInterface,
      existing,
      deletesOnTermination: own.DeleteOnTermination ?? false,
    },
    wantsPublicAddress: false,
  };
}

/** A named zone must be the named subnet's; without a subnet it chooses one of the default VPC's. */
function subnetOf(region: PlaceState, id: string | undefined, zone: string | undefined): Subnet {
  const isThere = (subnet: Subnet) => zone === undefined || subnet.availabilityZone === zone;
  if (zone !== undefined && !region.zones.some(({ name }) => name === zone))
    throw new ServiceFault('InvalidParameterValue', `Invalid availability zone: [${zone}]`);
  if (id !== undefined) {
    const named = find('subnet', region.subnets, id);
    if (isThere(named)) return named;
    throw new ServiceFault('InvalidParameter', `The subnet ${id} is not in the availability zone ${zone}.`);
  }
  const found = [...region.subnets.values()].find(
    subnet => region.vpcs.get(subnet.vpcId)?.isDefault && isThere(subnet),
  );
  if (!found) throw new ServiceFault('MissingInput', 'No subnets found for the default VPC. Please specify a subnet.');
  return found;
}

function groupsOf(
  region: PlaceState,
  subnet: Subnet,
  groupIds: readonly string[] = [],
  names: readonly string[] = [],
): readonly SecurityGroup[] {
  const named = names.map(name => groupByName(region, subnet, name).id as string);
  const ids = [...new Set([...groupIds, ...named])];
  if (ids.length === 0) return [groupByName(region, subnet, 'default')];
  checkGroupCount(ids);
  return ids.map(id => {
    const group = find('securityGroup', region.securityGroups, id);
    if (group.vpcId !== subnet.vpcId)
      throw new ServiceFault(
        'InvalidParameter',
        `Security group ${id} and subnet ${subnet.id} belong to different networks.`,
      );
    return group;
  });
}

function groupByName(region: PlaceState, { vpcId }: Subnet, wanted: string): SecurityGroup {
  const found = [...region.securityGroups.values()].find(group => group.vpcId === vpcId && group.name === wanted);
  if (!found) throw notFound('securityGroup', wanted);
  return found;
}
