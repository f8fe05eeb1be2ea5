import { privateHostName, publicHostName } from '../../../core/hostNames';
import type { NetworkInterface, Tags } from '../../../core/network';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { elasticAddressOf } from '../../world/publicAddresses';
import { tagList } from '../common/tags';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext, OperationTable } from '../operation';
import { type Listing, list, optional, text } from './describe';

const wireKinds = {
  instance: 'interface',
  vpcEndpoint: 'vpc_endpoint',
  networkLoadBalancer: 'network_load_balancer',
  natGateway: 'nat_gateway',
  instanceConnectEndpoint: 'ec2_instance_connect_endpoint',
  other: 'interface',
} as const;

/** The account of AWS that makes interfaces of endpoints. */
const requesterId = '727180483921';

const isRequesterManaged = ({ kind }: NetworkInterface) => kind !== 'instance' && kind !== 'other';

const tagsOf =
  (region: PlaceState) =>
  ({ id }: NetworkInterface): Tags =>
    region.otherTags.get(id) ?? {};

const listing = (region: PlaceState): Listing<NetworkInterface> => ({
  kind: 'networkInterface',
  tagsOf: tagsOf(region),
  limits: { least: 5, most: 1000 },
  filters: {
    'network-interface-id': item => item.id,
    'vpc-id': item => item.vpcId,
    'subnet-id': item => item.subnetId,
    'availability-zone': item => region.subnets.get(item.subnetId)?.availabilityZone,
    description: item => item.description,
    'group-id': item => item.securityGroupIds,
    'group-name': item => groups(region, item).map(({ GroupName = '' }) => GroupName),
    'interface-type': item => wireKinds[item.kind],
    'mac-address': item => item.macAddress,
    'owner-id': () => region.place.accountId,
    'private-ip-address': item => item.privateIpAddress,
    'addresses.private-ip-address': item => item.privateIpAddress,
    'addresses.primary': () => 'true',
    'addresses.association.public-ip': item => item.publicIpAddress,
    'association.public-ip': item => item.publicIpAddress,
    'private-dns-name': item => privateHostName(item.privateIpAddress, region.place.region),
    'attachment.instance-id': item => item.instanceId,
    'attachment.attachment-id': item => attachmentId(region, item),
    'attachment.status': () => 'attached',
    'attachment.delete-on-termination': item => text(attachment(region, item).DeleteOnTermination),
    'attachment.device-index': item => text(attachment(region, item).DeviceIndex),
    'attachment.instance-owner-id': item => attachment(region, item).InstanceOwnerId,
    'attachment.nat-ip-address': () => undefined,
    'association.allocation-id': item => association(region, item)?.AllocationId,
    'association.association-id': item => association(region, item)?.AssociationId,
    'association.ip-owner-id': item => association(region, item)?.IpOwnerId,
    'association.public-dns-name': item => association(region, item)?.PublicDnsName,
    'availability-zone-id': item => region.subnets.get(item.subnetId)?.availabilityZoneId,
    'ipv6-addresses.ipv6-address': () => undefined,
    'requester-id': item => (isRequesterManaged(item) ? requesterId : undefined),
    'requester-managed': item => text(isRequesterManaged(item)),
    'source-dest-check': () => 'true',
    status: item => item.status,
  },
});

function attachmentId(region: PlaceState, { id }: NetworkInterface): string {
  return region.derivedId('eni-attach', id);
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

function attachment(region: PlaceState, item: NetworkInterface): Ec2.NetworkInterfaceAttachment {
  const about = { AttachmentId: attachmentId(region, item), Status: 'attached', NetworkCardIndex: 0 } as const;
  const instance = item.instanceId && region.instances.get(item.instanceId);
  if (!instance) return { ...about, DeviceIndex: 1, DeleteOnTermination: false, InstanceOwnerId: 'amazon-aws' };
  return {
    ...about,
    DeviceIndex: 0,
    DeleteOnTermination: true,
    AttachTime: wholeSeconds(instance.launchedAtMs),
    InstanceId: instance.id,
    InstanceOwnerId: region.place.accountId,
  };
}

function interfaceShape(region: PlaceState, item: NetworkInterface): Ec2.NetworkInterface {
  const Association = association(region, item);
  const PrivateDnsName = privateHostName(item.privateIpAddress, region.place.region);
  return {
    ...optional({ Association }),
    Attachment: attachment(region, item),
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
    SourceDestCheck: true,
    Status: item.status as Ec2.NetworkInterfaceStatus,
    SubnetId: item.subnetId,
    TagSet: tagList(tagsOf(region)(item)),
    VpcId: item.vpcId,
  };
}

function describeNetworkInterfaces(
  input: Ec2.DescribeNetworkInterfacesRequest,
  { region }: CallContext,
): Ec2.DescribeNetworkInterfacesResult {
  const page = list(listing(region), region.networkInterfaces, input.NetworkInterfaceIds, input);
  return {
    NetworkInterfaces: page.items.map(item => interfaceShape(region, item)),
    ...optional({ NextToken: page.nextToken }),
  };
}

export const networkInterfaceOperations: OperationTable = { DescribeNetworkInterfaces: describeNetworkInterfaces };
