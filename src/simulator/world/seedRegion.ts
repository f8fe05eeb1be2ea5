import { dhcpOptionsId, internetGatewayId, prefixListId } from '../../core/ids';
import { formatIpv4, ipv4 } from '../../core/ipv4';
import type { DhcpOptions } from '../../core/network';
import { makeSubnet, makeVpc } from './makeVpc';
import type { PlaceState } from './placeState';
import { prefixListsOf } from './serviceDirectory';

const defaultRange = '172.31.0.0/16';
const subnetSize = 4096;
const subnetPrefixLength = 20;
/** The first lab's subnets: zone a has .32.0, b .0.0, c .16.0. */
const subnetOrder = [2, 0, 1];

/**
 * What every account finds in every region ("Amazon VPC User Guide: Default VPCs"): the VPC with both DNS attributes on, a /20 subnet per
 * zone, a main route table to an attached internet gateway, default security group, network ACL and DHCP options.
 */
export function seedRegion(region: PlaceState): void {
  const dhcpOptions = seedEmptyPlace(region);
  const gateway = internetGatewayId(region.newId('igw'));
  const vpc = makeVpc(region, {
    cidrBlock: defaultRange,
    isDefault: true,
    dhcpOptionsId: dhcpOptions.id,
    dnsAttributes: { enableDnsSupport: true, enableDnsHostnames: true },
    routes: [
      {
        destination: { kind: 'cidr', cidr: '0.0.0.0/0' },
        target: { kind: 'internetGateway', id: gateway },
        state: 'active',
        origin: 'createRoute',
      },
    ],
    tags: {},
  });
  region.internetGateways.set(gateway, { id: gateway, attachedVpcIds: [vpc.id] });
  region.zones.forEach((zone, index) => {
    const first = ipv4('172.31.0.0') + (subnetOrder[index] as number) * subnetSize;
    const cidrBlock = `${formatIpv4(first)}/${subnetPrefixLength}`;
    makeSubnet(region, { vpcId: vpc.id, cidrBlock, zone, mapPublicIpOnLaunch: true, tags: {} });
  });
}

/** What even an account without a default VPC has: the AWS-managed prefix lists and the region's DHCP options. */
export function seedEmptyPlace(region: PlaceState): DhcpOptions {
  for (const { id, serviceName, cidrs } of prefixListsOf(region.place.region))
    region.prefixLists.set(prefixListId(id), { id: prefixListId(id), name: serviceName, cidrs });
  return addDhcpOptions(region);
}

function addDhcpOptions(region: PlaceState): DhcpOptions {
  const { region: name } = region.place;
  const options: DhcpOptions = {
    id: dhcpOptionsId(region.newId('dopt')),
    domainName: name === 'us-east-1' ? 'ec2.internal' : `${name}.compute.internal`,
    domainNameServers: ['AmazonProvidedDNS'],
  };
  region.dhcpOptions.set(options.id, options);
  return options;
}
