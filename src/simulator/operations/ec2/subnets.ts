import type { Subnet } from '../../../core/network';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { tagList } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { type Listing, list, optional, text } from './describe';

const listing = (region: PlaceState): Listing<Subnet> => ({
  kind: 'subnet',
  tagsOf: subnet => subnet.tags,
  limits: { least: 5, most: 1000 },
  filters: {
    'subnet-id': subnet => subnet.id,
    'subnet-arn': subnet => arnOf(region, subnet),
    'vpc-id': subnet => subnet.vpcId,
    'availability-zone': subnet => subnet.availabilityZone,
    availabilityZone: subnet => subnet.availabilityZone,
    'availability-zone-id': subnet => subnet.availabilityZoneId,
    availabilityZoneId: subnet => subnet.availabilityZoneId,
    'available-ip-address-count': subnet => text(subnet.availableIpAddressCount),
    cidr: subnet => subnet.cidrBlock,
    'cidr-block': subnet => subnet.cidrBlock,
    cidrBlock: subnet => subnet.cidrBlock,
    'default-for-az': subnet => text(isDefault(region, subnet)),
    defaultForAz: subnet => text(isDefault(region, subnet)),
    'map-public-ip-on-launch': subnet => text(subnet.mapPublicIpOnLaunch),
    'customer-owned-ipv4-pool': () => undefined,
    'enable-dns64': () => 'false',
    'enable-lni-at-device-index': () => undefined,
    'ipv6-cidr-block-association.association-id': () => undefined,
    'ipv6-cidr-block-association.ipv6-cidr-block': () => undefined,
    'ipv6-cidr-block-association.state': () => undefined,
    'ipv6-native': () => 'false',
    'map-customer-owned-ip-on-launch': () => 'false',
    'outpost-arn': () => undefined,
    'private-dns-name-options-on-launch.enable-resource-name-dns-a-record': () => 'false',
    'private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record': () => 'false',
    'private-dns-name-options-on-launch.hostname-type': () => 'ip-name',
    'owner-id': () => region.place.accountId,
    state: () => 'available',
  },
});

function isDefault(region: PlaceState, subnet: Subnet): boolean {
  return region.vpcs.get(subnet.vpcId)?.isDefault ?? false;
}

function arnOf({ place }: PlaceState, subnet: Subnet): string {
  return `arn:aws:ec2:${place.region}:${place.accountId}:subnet/${subnet.id}`;
}

export function subnetShape(region: PlaceState, subnet: Subnet): Ec2.Subnet {
  return {
    AvailabilityZoneId: subnet.availabilityZoneId,
    MapCustomerOwnedIpOnLaunch: false,
    OwnerId: region.place.accountId,
    AssignIpv6AddressOnCreation: false,
    Ipv6CidrBlockAssociationSet: [],
    Tags: tagList(subnet.tags),
    SubnetArn: arnOf(region, subnet),
    EnableDns64: false,
    Ipv6Native: false,
    PrivateDnsNameOptionsOnLaunch: {
      HostnameType: 'ip-name',
      EnableResourceNameDnsARecord: false,
      EnableResourceNameDnsAAAARecord: false,
    },
    SubnetId: subnet.id,
    State: 'available',
    VpcId: subnet.vpcId,
    CidrBlock: subnet.cidrBlock,
    AvailableIpAddressCount: subnet.availableIpAddressCount,
    AvailabilityZone: subnet.availabilityZone,
    DefaultForAz: isDefault(region, subnet),
    MapPublicIpOnLaunch: subnet.mapPublicIpOnLaunch,
  };
}

function describeSubnets(input: Ec2.DescribeSubnetsRequest, { region }: CallContext): Ec2.DescribeSubnetsResult {
  const page = list(listing(region), region.subnets, input.SubnetIds, input);
  return { Subnets: page.items.map(subnet => subnetShape(region, subnet)), ...optional({ NextToken: page.nextToken }) };
}

export const subnetOperations: OperationTable = { DescribeSubnets: describeSubnets };
