import { privateHostName } from '../../../core/hostNames';
import type { NetworkInterface } from '../../../core/network';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import type { CallContext, OperationTable } from '../operation';
import { type Listing, list, optional, text } from './describe';
import {
  association,
  attachmentShape,
  groups,
  interfaceShape,
  interfaceTags,
  isRequesterManaged,
  requesterId,
  wireKinds,
} from './interfaceShapes';

const listing = (region: PlaceState): Listing<NetworkInterface> => ({
  kind: 'networkInterface',
  tagsOf: item => interfaceTags(region, item),
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
    'attachment.attachment-id': item => attachmentShape(region, item)?.AttachmentId,
    'attachment.status': item => attachmentShape(region, item)?.Status,
    'attachment.delete-on-termination': item => text(attachmentShape(region, item)?.DeleteOnTermination),
    'attachment.device-index': item => text(attachmentShape(region, item)?.DeviceIndex),
    'attachment.instance-owner-id': item => attachmentShape(region, item)?.InstanceOwnerId,
    'attachment.nat-ip-address': item => (item.instanceId ? item.publicIpAddress : undefined),
    'association.allocation-id': item => association(region, item)?.AllocationId,
    'association.association-id': item => association(region, item)?.AssociationId,
    'association.ip-owner-id': item => association(region, item)?.IpOwnerId,
    'association.public-dns-name': item => association(region, item)?.PublicDnsName,
    'availability-zone-id': item => region.subnets.get(item.subnetId)?.availabilityZoneId,
    'ipv6-addresses.ipv6-address': () => undefined,
    'requester-id': item => (isRequesterManaged(item) ? requesterId : undefined),
    'requester-managed': item => text(isRequesterManaged(item)),
    'source-dest-check': item => text(item.sourceDestCheck ?? true),
    status: item => item.status,
  },
});

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
