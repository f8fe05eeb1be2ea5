import type { NetworkInterface, Subnet } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { findInstanceType } from '../../world/instanceTypes';
import { attachInterface, detachInterface } from '../../world/interfaceLife';
import { addInterface, removeInterface } from '../../world/interfaces';
import type { PlaceState } from '../../world/placeState';
import { disassociateAddress, elasticAddressOf } from '../../world/publicAddresses';
import { makeOnce } from '../common/clientTokens';
import { find } from '../common/resourceIds';
import { tagsAtCreation } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { checkFreeAddress } from './chosenAddress';
import { optional } from './describe';
import { checkedGroups } from './endpointChecks';
import { checkGroupCount } from './interfaceGroups';
import { attachmentIdOf, interfaceShape } from './interfaceShapes';

type CreateInput = Ec2.CreateNetworkInterfaceRequest;

/** Of a type whose limits are not known here. */
const fewestInterfaces = 2;

const unsimulated = [
  'ConnectionTrackingSpecification',
  'EnablePrimaryIpv6',
  'Ipv4PrefixCount',
  'Ipv4Prefixes',
  'Ipv6AddressCount',
  'Ipv6Addresses',
  'Ipv6PrefixCount',
  'Ipv6Prefixes',
  'SecondaryPrivateIpAddressCount',
] as const satisfies readonly (keyof CreateInput)[];

function create(input: CreateInput, { region }: CallContext): Ec2.CreateNetworkInterfaceResult {
  const [id = ''] = makeOnce(region, 'CreateNetworkInterface', input, () => [make(input, region).id]);
  const made = find('networkInterface', region.networkInterfaces, id);
  return {
    NetworkInterface: { ...interfaceShape(region, made), Status: 'pending' as Ec2.NetworkInterfaceStatus },
    ...optional({ ClientToken: input.ClientToken }),
  };
}

function make(input: CreateInput, region: PlaceState): NetworkInterface {
  refuseUnsimulated(input);
  const subnet = find('subnet', region.subnets, input.SubnetId ?? '');
  const groups = checkedGroups(region, subnet.vpcId, input.Groups);
  checkGroupCount(groups.map(({ id }) => id));
  const privateIpAddress = primaryAddress(region, subnet, input);
  const tags = tagsAtCreation(input.TagSpecifications, 'network-interface');
  const made = addInterface(region, subnet, {
    kind: 'other',
    privateIpAddress,
    publicIpAddress: undefined,
    securityGroupIds: groups.map(({ id }) => id),
    description: input.Description ?? '',
    instanceId: undefined,
    status: 'available',
  });
  if (!made)
    throw new ServiceFault(
      'InsufficientFreeAddressesInSubnet',
      `The subnet '${subnet.id}' does not have enough free addresses to satisfy the request.`,
    );
  if (Object.keys(tags).length > 0) region.otherTags.set(made.id, tags);
  return made;
}

function refuseUnsimulated(input: CreateInput): void {
  const asked = unsimulated.find(name => input[name]);
  if (asked !== undefined || (input.InterfaceType ?? 'interface') !== 'interface')
    throw new ServiceFault(
      'UnsupportedOperation',
      `The practice cloud makes network interfaces with one private IPv4 address; ${asked ?? `type ${input.InterfaceType}`} is not simulated.`,
    );
}

/** The one private address that the caller chose, in either of the two places where it may stand. */
function primaryAddress(region: PlaceState, subnet: Subnet, input: CreateInput): string | undefined {
  const [listed, ...others] = input.PrivateIpAddresses ?? [];
  if (others.length > 0 || listed?.Primary === false)
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud has no secondary private addresses.');
  const address = input.PrivateIpAddress ?? listed?.PrivateIpAddress;
  checkFreeAddress(region, subnet, address);
  return address;
}

function remove(input: Ec2.DeleteNetworkInterfaceRequest, { world, region }: CallContext): object {
  const item = find('networkInterface', region.networkInterfaces, input.NetworkInterfaceId ?? '');
  if (item.status === 'in-use')
    throw new ServiceFault('InvalidParameterValue', `Network interface '${item.id}' is currently in use.`);
  const address = elasticAddressOf(region, item.id);
  if (address) disassociateAddress(world.regions, region, address.id);
  removeInterface(region, item.id);
  return {};
}

function attach(
  input: Ec2.AttachNetworkInterfaceRequest,
  { world, region }: CallContext,
): Ec2.AttachNetworkInterfaceResult {
  const item = find('networkInterface', region.networkInterfaces, input.NetworkInterfaceId ?? '');
  const instance = find('instance', region.instances, input.InstanceId ?? '');
  if (item.status === 'in-use')
    throw new ServiceFault('InvalidNetworkInterface.InUse', `Interface: [${item.id}] in use.`);
  if (instance.state !== 'running' && instance.state !== 'stopped')
    throw new ServiceFault('IncorrectInstanceState', `Instance '${instance.id}' is not 'running' or 'stopped'.`);
  checkZone(region, item, instance.subnetId);
  const deviceIndex = input.DeviceIndex ?? 0;
  const attached = instance.networkInterfaceIds.flatMap(id => region.interfaceAttachments.get(id) ?? []);
  if (attached.some(other => other.deviceIndex === deviceIndex))
    throw new ServiceFault(
      'InvalidParameterValue',
      `Instance '${instance.id}' already has an interface attached at device index '${deviceIndex}'.`,
    );
  const most = findInstanceType(instance.instanceType)?.interfaces ?? fewestInterfaces;
  if (attached.length >= most)
    throw new ServiceFault(
      'AttachmentLimitExceeded',
      `Interface count ${attached.length + 1} exceeds the limit for ${instance.instanceType}`,
    );
  attachInterface(world, region, {
    interfaceId: item.id,
    instanceId: instance.id,
    deviceIndex,
    deletesOnTermination: false,
  });
  return { AttachmentId: attachmentIdOf(region, item.id), NetworkCardIndex: 0 };
}

function checkZone(region: PlaceState, item: NetworkInterface, subnetId: Subnet['id'] | undefined): void {
  const own = region.subnets.get(item.subnetId);
  const other = subnetId && region.subnets.get(subnetId);
  if (!other || own?.availabilityZone !== other.availabilityZone)
    throw new ServiceFault(
      'InvalidParameterCombination',
      'You may not attach a network interface to an instance if they are not in the same availability zone',
    );
  if (own.vpcId !== other.vpcId)
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud has no instances in two VPCs at once.');
}

function detach(input: Ec2.DetachNetworkInterfaceRequest, { region }: CallContext): object {
  const byAttachment = new Map(
    [...region.networkInterfaces.values()]
      .filter(({ status }) => status === 'in-use')
      .map(item => [attachmentIdOf(region, item.id), item]),
  );
  const item = find('interfaceAttachment', byAttachment, input.AttachmentId ?? '');
  const attachment = region.interfaceAttachments.get(item.id);
  if (!attachment)
    throw new ServiceFault('OperationNotPermitted', "You are not allowed to manage 'ela-attach' attachments.");
  if (attachment.deviceIndex === 0)
    throw new ServiceFault('OperationNotPermitted', 'The network interface at device index 0 cannot be detached.');
  detachInterface(region, item.id);
  return {};
}

export const interfaceChangeOperations: OperationTable = {
  AttachNetworkInterface: attach,
  CreateNetworkInterface: create,
  DeleteNetworkInterface: remove,
  DetachNetworkInterface: detach,
};
