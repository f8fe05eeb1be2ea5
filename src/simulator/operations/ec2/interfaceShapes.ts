import { privateHostName, publicHostName } from '../../../core/hostNames';
import type { NetworkInterface, Tags } from '../../../core/network';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { elasticAddressOf } from '../../world/publicAddresses';
import { tagList } from '../common/tags';
import { wholeSeconds } from '../common/wholeSeconds';
import { optional } from './describe';

export const wireKinds = {
  instance: 'interface',
  vpcEndpoint: 'vpc_endpoint',
  networkLoadBalancer: 'network_load_balancer',
  natGateway: 'nat_gateway',
  instanceConnectEndpoint: 'ec2_instance_connect_endpoint',
  other: 'interface',
} as const;

/** The account of AWS that makes interfaces of endpoints. */
export const requesterId = '727180483921';

/** Made by AWS for one of its services, not by the account's owner. */
export const isRequesterManaged = ({ kind }: NetworkInterface) => kind !== 'instance' && kind !== 'other';

export function interfaceTags(region: PlaceState, { id }: NetworkInterface): Tags {
  return region.otherTags.get(id) ?? {};
}

export function attachmentIdOf(region: PlaceState, id: NetworkInterface['id']): string {
  return region.derivedId('eni-attach', `${id}/${region.networkInterfaces.get(id)?.instanceId ?? ''}`);
}

export function groups(region: PlaceState, item: NetworkInterface): Ec2.GroupIdentifier[] {
  return item.securityGroupIds.map(id => ({ GroupId: id, GroupName: region.securityGroups.get(id)?.name ?? '' }));
}

export function association(
  region: PlaceState,
  { id, publicIpAddress }: NetworkInterface,
): Ec2.NetworkInterfaceAssociation | undefined {
  if (publicIpAddress === undefined) return undefined;
  const elastic = elasticAddressOf(region, id);
  return {
    ...(elastic ? optional({ AllocationId: elastic.id, AssociationId: elastic.associationId }) : {}),
    IpOwnerId: elastic ? region.place.accountId : 'amazon',
    PublicDnsName: publicHostName(publicIpAddress, region.place.region),
    PublicIp: publicIpAddress,
  };
}

/** How an interface hangs on its instance, or on a service of AWS; undefined while it is on nothing. */
export function attachmentShape(
  region: PlaceState,
  item: NetworkInterface,
): Ec2.NetworkInterfaceAttachment | undefined {
  if (item.status !== 'in-use') return undefined;
  const about = { AttachmentId: attachmentIdOf(region, item.id), Status: 'attached', NetworkCardIndex: 0 } as const;
  const attachment = region.interfaceAttachments.get(item.id);
  if (!attachment || !item.instanceId)
    return { ...about, DeviceIndex: 1, DeleteOnTermination: false, InstanceOwnerId: 'amazon-aws' };
  return {
    ...about,
    DeviceIndex: attachment.deviceIndex,
    DeleteOnTermination: attachment.deletesOnTermination,
    AttachTime: wholeSeconds(attachment.attachedAtMs),
    InstanceId: item.instanceId,
    InstanceOwnerId: region.place.accountId,
  };
}

export function interfaceShape(region: PlaceState, item: NetworkInterface): Ec2.NetworkInterface {
  const Association = association(region, item);
  const PrivateDnsName = privateHostName(item.privateIpAddress, region.place.region);
  return {
    ...optional({ Association }),
    ...optional({ Attachment: attachmentShape(region, item) }),
    AvailabilityZone: region.subnets.get(item.subnetId)?.availabilityZone ?? '',
    Description: item.description,
    Groups: groups(region, item),
    InterfaceType: wireKinds[item.kind] as Ec2.NetworkInterfaceType,
    Ipv6Addresses: [],
    MacAddress: item.macAddress,
    NetworkInterfaceId: item.id,
    OwnerId: region.place.accountId,
    PrivateDnsName,
    PrivateIpAddress: item.privateIpAddress,
    PrivateIpAddresses: [
      { ...optional({ Association }), Primary: true, PrivateDnsName, PrivateIpAddress: item.privateIpAddress },
    ],
    ...(isRequesterManaged(item) ? { RequesterId: requesterId } : {}),
    RequesterManaged: isRequesterManaged(item),
    SourceDestCheck: item.sourceDestCheck ?? true,
    Status: item.status as Ec2.NetworkInterfaceStatus,
    SubnetId: item.subnetId,
    TagSet: tagList(interfaceTags(region, item)),
    VpcId: item.vpcId,
  };
}
