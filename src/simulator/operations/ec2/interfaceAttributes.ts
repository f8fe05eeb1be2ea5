import type { NetworkInterface } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { updateDetails } from '../../world/instanceLife';
import { instanceWith, setInterfaceGroups, updateInterface } from '../../world/interfaceLife';
import type { PlaceState } from '../../world/placeState';
import { elasticAddressOf, freePublicAddress, setPublicAddress } from '../../world/publicAddresses';
import type { World } from '../../world/world';
import { find } from '../common/resourceIds';
import type { CallContext, OperationTable } from '../operation';
import { checkedGroups } from './endpointChecks';
import { checkGroupCount } from './interfaceGroups';
import { attachmentIdOf, groups, interfaceShape, isRequesterManaged } from './interfaceShapes';
import { answerFor, oneAttribute } from './oneAttribute';

type ModifyInput = Ec2.ModifyNetworkInterfaceAttributeRequest;

/** What a call may change; one of them at a time. */
const changeable = [
  'AssociatePublicIpAddress',
  'Attachment',
  'Description',
  'Groups',
  'SourceDestCheck',
] as const satisfies readonly (keyof ModifyInput)[];

const unsimulated = [
  'AssociatedSubnetIds',
  'ConnectionTrackingSpecification',
  'EnablePrimaryIpv6',
  'EnaSrdSpecification',
] as const satisfies readonly (keyof ModifyInput)[];

function modify(input: ModifyInput, { world, region }: CallContext): object {
  const item = findOwn(region, input.NetworkInterfaceId);
  const other = unsimulated.find(name => input[name] !== undefined);
  if (other !== undefined)
    throw new ServiceFault('UnsupportedOperation', `The practice cloud does not change ${other} of an interface.`);
  changes[oneAttribute(input, changeable)](input, item, { world, region });
  return {};
}

/** Interfaces that AWS made for a service are changed by that service alone. */
function findOwn(region: PlaceState, id: string | undefined): NetworkInterface {
  const item = find('networkInterface', region.networkInterfaces, id ?? '');
  if (isRequesterManaged(item))
    throw new ServiceFault('AuthFailure', 'You do not have permission to access the specified resource.');
  return item;
}

type Change = (input: ModifyInput, item: NetworkInterface, context: { world: World; region: PlaceState }) => void;

const changes: Readonly<Record<(typeof changeable)[number], Change>> = {
  AssociatePublicIpAddress: ({ AssociatePublicIpAddress }, item, { world, region }) =>
    lendPublicAddress(world, region, item, AssociatePublicIpAddress ?? false),
  Attachment: ({ Attachment }, item, { region }) => changeAttachment(region, item, Attachment ?? {}),
  Description: ({ Description }, { id }, { region }) =>
    updateInterface(region, id, { description: Description?.Value ?? '' }),
  Groups: ({ Groups = [] }, item, { region }) => changeGroups(region, item, Groups),
  SourceDestCheck: ({ SourceDestCheck }, { id }, { region }) =>
    updateInterface(region, id, { sourceDestCheck: SourceDestCheck?.Value ?? true }),
};

/** Gives the first interface of an instance a lent address or takes it away, now and at each start. */
function lendPublicAddress(world: World, region: PlaceState, item: NetworkInterface, isWanted: boolean): void {
  const instance = instanceWith(region, item.id);
  if (instance?.networkInterfaceIds[0] !== item.id)
    throw new ServiceFault(
      'InvalidParameterValue',
      `The network interface ${item.id} is not the primary network interface of an instance.`,
    );
  updateDetails(region, instance.id, { wantsPublicAddress: isWanted });
  if (elasticAddressOf(region, item.id)) return;
  const isUp = instance.state === 'running' || instance.state === 'pending';
  if (!isWanted) setPublicAddress(region, item.id, undefined);
  else if (isUp && item.publicIpAddress === undefined)
    setPublicAddress(region, item.id, freePublicAddress(world.regions, region));
}

function changeAttachment(
  region: PlaceState,
  { id }: NetworkInterface,
  { AttachmentId = '', DeleteOnTermination }: Ec2.NetworkInterfaceAttachmentChanges,
): void {
  const attachment = region.interfaceAttachments.get(id);
  const own = new Map(attachment ? [[attachmentIdOf(region, id), attachment]] : []);
  const found = find('interfaceAttachment', own, AttachmentId);
  region.interfaceAttachments.set(id, {
    ...found,
    deletesOnTermination: DeleteOnTermination ?? found.deletesOnTermination,
  });
}

/** Refuses groups of another VPC; at least one must be given. */
export function changeGroups(region: PlaceState, { id, vpcId }: NetworkInterface, ids: readonly string[]): void {
  if (ids.length === 0)
    throw new ServiceFault('InvalidParameterValue', 'A network interface must have at least one security group.');
  checkGroupCount(ids);
  const found = checkedGroups(region, vpcId, ids);
  setInterfaceGroups(
    region,
    id,
    found.map(group => group.id),
  );
}

/** What each attribute that can be asked for is answered with. */
const answers: Readonly<
  Record<string, (region: PlaceState, item: NetworkInterface) => Ec2.DescribeNetworkInterfaceAttributeResult>
> = {
  associatePublicIpAddress: (region, item) => ({
    AssociatePublicIpAddress: wantsPublicAddress(region, item),
  }),
  attachment: (region, item) => {
    const { Attachment } = interfaceShape(region, item);
    return Attachment ? { Attachment } : {};
  },
  description: (_region, { description }) => ({ Description: { Value: description } }),
  groupSet: (region, item) => ({ Groups: groups(region, item) }),
  sourceDestCheck: (_region, { sourceDestCheck = true }) => ({ SourceDestCheck: { Value: sourceDestCheck } }),
};

function wantsPublicAddress(region: PlaceState, { id }: NetworkInterface): boolean {
  const instance = instanceWith(region, id);
  if (instance?.networkInterfaceIds[0] !== id) return false;
  return region.instanceDetails.get(instance.id)?.wantsPublicAddress ?? false;
}

function describeAttribute(
  input: Ec2.DescribeNetworkInterfaceAttributeRequest,
  { region }: CallContext,
): Ec2.DescribeNetworkInterfaceAttributeResult {
  const item = find('networkInterface', region.networkInterfaces, input.NetworkInterfaceId ?? '');
  return { NetworkInterfaceId: item.id, ...answerFor(answers, input.Attribute)(region, item) };
}

function reset(input: Ec2.ResetNetworkInterfaceAttributeRequest, { region }: CallContext): object {
  const { id } = findOwn(region, input.NetworkInterfaceId);
  updateInterface(region, id, { sourceDestCheck: true });
  return {};
}

export const interfaceAttributeOperations: OperationTable = {
  DescribeNetworkInterfaceAttribute: describeAttribute,
  ModifyNetworkInterfaceAttribute: modify,
  ResetNetworkInterfaceAttribute: reset,
};
