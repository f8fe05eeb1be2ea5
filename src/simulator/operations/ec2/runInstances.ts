import type { InstanceId } from '../../../core/ids';
import type { Instance, SecurityGroup, Subnet } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { findImage, findImageByParameter, type MachineImage } from '../../world/images';
import { beginRunning, makeInstance } from '../../world/instanceLife';
import type { PlaceState } from '../../world/placeState';
import { makeOnce } from '../common/clientTokens';
import { checkIdForm, find, notFound } from '../common/resourceIds';
import { tagsByType } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { checkFreeAddress } from './chosenAddress';
import { usableProfile } from './instanceProfiles';
import { reservations } from './instances';
import { checkGroupCount } from './interfaceGroups';

type Input = Ec2.RunInstancesRequest;

/** What of the network an instance gets; from the top of the request, or from its one interface. */
interface NetworkWish {
  readonly subnetId: string | undefined;
  readonly groupIds: readonly string[] | undefined;
  readonly privateIpAddress: string | undefined;
  readonly associatePublicIpAddress: boolean | undefined;
}

const maximumAtOnce = 20;
const instanceTypeForm = /^[a-z][a-z0-9-]*\.(?:nano|micro|small|medium|large|\d*xlarge|metal(?:-\d+xl)?)$/;
const resolvePrefix = 'resolve:ssm:';
const taggedTypes = ['instance', 'network-interface', 'volume'];

/** What would make another instance than the practice cloud has; a false or zero asks for nothing. */
const unsimulated = [
  'DisableApiTermination',
  'InstanceMarketOptions',
  'Ipv6AddressCount',
  'Ipv6Addresses',
  'LaunchTemplate',
  'LicenseSpecifications',
] as const satisfies readonly (keyof Input)[];

function refuseUnsimulated(input: Input): void {
  const asked = unsimulated.find(name => input[name]);
  if (asked !== undefined)
    throw new ServiceFault('UnsupportedOperation', `The practice cloud does not launch instances with ${asked}.`);
}

function runInstances(input: Input, context: CallContext): Ec2.Reservation {
  const { region, account } = context;
  const ids = makeOnce(region, 'RunInstances', input, () => launch(input, context));
  const instances = ids.flatMap(id => region.instances.get(id as InstanceId) ?? []);
  const [reservation] = reservations(region, account, instances);
  if (!reservation) throw notFound('instance', ids[0] ?? '');
  return reservation;
}

function launch(input: Input, context: CallContext): readonly string[] {
  const { world, region } = context;
  refuseUnsimulated(input);
  const wanted = countOf(input);
  const image = imageOf(region, input.ImageId);
  const instanceType = typeOf(input.InstanceType, image);
  const wish = networkWish(input);
  const subnet = subnetOf(region, wish.subnetId, input.Placement?.AvailabilityZone);
  const groups = groupsOf(region, subnet, wish, input);
  const privateIpAddress = addressOf(region, subnet, wish.privateIpAddress, wanted);
  const profile = input.IamInstanceProfile && usableProfile(context, input.IamInstanceProfile);
  const tags = tagsByType(input.TagSpecifications, taggedTypes);
  const count = Math.min(wanted, subnet.availableIpAddressCount);
  if (count < (input.MinCount ?? 1))
    throw new ServiceFault(
      'InsufficientFreeAddressesInSubnet',
      `There are not enough free addresses in subnet '${subnet.id}' to satisfy the requested number of instances.`,
    );
  const reservationId = region.newId('r');
  const made = Array.from({ length: count }, (_, launchIndex) =>
    makeInstance(world, region, {
      subnet,
      image,
      instanceType,
      securityGroupIds: groups.map(({ id }) => id),
      instanceProfileArn: profile?.arn,
      privateIpAddress,
      wantsPublicAddress: wish.associatePublicIpAddress ?? subnet.mapPublicIpOnLaunch,
      tags: tags.instance ?? {},
      interfaceTags: tags['network-interface'] ?? {},
      reservationId,
      launchIndex,
      keyName: undefined,
      clientToken: input.ClientToken ?? '',
      requiresMetadataTokens: input.MetadataOptions?.HttpTokens !== 'optional',
    }),
  ).filter((instance): instance is Instance => instance !== undefined);
  for (const { id } of made) beginRunning(world, region, id);
  return made.map(({ id }) => id);
}

function countOf({ MinCount = 1, MaxCount = 1, KeyName }: Input): number {
  if (KeyName !== undefined)
    throw new ServiceFault('InvalidKeyPair.NotFound', `The key pair '${KeyName}' does not exist`);
  if (MinCount < 1 || MaxCount < MinCount)
    throw new ServiceFault(
      'InvalidParameterValue',
      `Value (${MinCount}) for parameter minCount is invalid. It must be at least 1 and not more than maxCount.`,
    );
  if (MinCount > maximumAtOnce)
    throw new ServiceFault(
      'VcpuLimitExceeded',
      `You have requested more vCPU capacity than your current vCPU limit of ${maximumAtOnce} allows for the instance bucket that the specified instance type belongs to.`,
    );
  return Math.min(MaxCount, maximumAtOnce);
}

function imageOf(region: PlaceState, imageId: string | undefined): MachineImage {
  if (imageId === undefined)
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter ImageId');
  if (imageId.startsWith(resolvePrefix)) {
    const name = imageId.slice(resolvePrefix.length);
    const found = findImageByParameter(region.place, name);
    if (!found)
      throw new ServiceFault(
        'InvalidParameterValue',
        `Value (${imageId}) for parameter ImageId is invalid. The parameter ${name} does not exist in Systems Manager.`,
      );
    return found;
  }
  checkIdForm('image', imageId);
  const found = findImage(region.place, imageId);
  if (!found) throw notFound('image', imageId);
  return found;
}

/** Graviton types have a `g` after the generation: they take arm64 images only, the others x86_64 only. */
function typeOf(instanceType: string | undefined, image: MachineImage): string {
  const type = instanceType ?? 'm1.small';
  if (!instanceTypeForm.test(type))
    throw new ServiceFault('InvalidParameterValue', `Invalid value '${type}' for InstanceType.`);
  const architecture = /^(?:a1|[a-z]+\d+g[a-z]*)\./.test(type) ? 'arm64' : 'x86_64';
  if (architecture !== image.architecture)
    throw new ServiceFault(
      'InvalidParameterValue',
      `The architecture '${architecture}' of the specified instance type does not match the architecture '${image.architecture}' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.`,
    );
  return type;
}

function networkWish(input: Input): NetworkWish {
  const [own, ...others] = input.NetworkInterfaces ?? [];
  if (!own)
    return {
      subnetId: input.SubnetId,
      groupIds: input.SecurityGroupIds,
      privateIpAddress: input.PrivateIpAddress,
      associatePublicIpAddress: undefined,
    };
  const { SubnetId, SecurityGroupIds, SecurityGroups, PrivateIpAddress } = input;
  if (SubnetId ?? PrivateIpAddress ?? SecurityGroupIds?.[0] ?? SecurityGroups?.[0])
    throw new ServiceFault(
      'InvalidParameterCombination',
      'Network interfaces and an instance-level subnet ID, security groups or private IP address may not be specified on the same request',
    );
  if (others.length > 0 || own.NetworkInterfaceId !== undefined)
    throw new ServiceFault(
      'UnsupportedOperation',
      'The practice cloud launches instances with one new network interface.',
    );
  return {
    subnetId: own.SubnetId,
    groupIds: own.Groups,
    privateIpAddress: own.PrivateIpAddress,
    associatePublicIpAddress: own.AssociatePublicIpAddress,
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

function groupsOf(region: PlaceState, subnet: Subnet, wish: NetworkWish, input: Input): readonly SecurityGroup[] {
  const named = (input.SecurityGroups ?? []).map(name => groupByName(region, subnet, name).id as string);
  const ids = [...new Set([...(wish.groupIds ?? []), ...named])];
  if (ids.length === 0) return [groupByName(region, subnet, 'default')];
  checkGroupCount(ids);
  return ids.map(id => {
    const group = find('launchSecurityGroup', region.securityGroups, id);
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
  if (!found) throw notFound('launchSecurityGroup', wanted);
  return found;
}

function addressOf(region: PlaceState, subnet: Subnet, address: string | undefined, count: number): string | undefined {
  if (address !== undefined && count > 1)
    throw new ServiceFault(
      'InvalidParameterCombination',
      'Only one instance can be launched with a private IP address of its own.',
    );
  checkFreeAddress(region, subnet, address);
  return address;
}

export const runInstancesOperations: OperationTable = { RunInstances: runInstances };
