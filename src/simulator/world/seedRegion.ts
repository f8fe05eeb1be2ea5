import {
  dhcpOptionsId,
  internetGatewayId,
  networkAclId,
  prefixListId,
  routeTableId,
  securityGroupId,
  subnetId,
  vpcId,
} from '../../core/ids';
import { formatIpv4, ipv4 } from '../../core/ipv4';
import type { NetworkAclEntry, SecurityGroupRule, Vpc } from '../../core/network';
import type { PlaceState } from './placeState';
import { prefixListsOf } from './serviceDirectory';

const defaultRange = '172.31.0.0/16';
const subnetSize = 4096;
const subnetPrefixLength = 20;

/**
 * What every account finds in every region ("Amazon VPC User Guide: Default VPCs"): the VPC with both DNS attributes on, a /20 subnet per
 * zone, a main route table to an attached internet gateway, default security group, network ACL and DHCP options.
 */
export function seedRegion(region: PlaceState): void {
  for (const { id, serviceName, cidrs } of prefixListsOf(region.place.region))
    region.prefixLists.set(prefixListId(id), { id: prefixListId(id), name: serviceName, cidrs });
  const vpc = addDefaultVpc(region);
  addSubnets(region, vpc);
  addGatewayAndRoutes(region, vpc);
  addDefaultSecurityGroup(region, vpc);
  addDefaultAcl(region, vpc);
}

function addDefaultVpc(region: PlaceState): Vpc {
  const { accountId, region: name } = region.place;
  const options = dhcpOptionsId(region.newId('dopt'));
  region.dhcpOptions.set(options, {
    id: options,
    domainName: name === 'us-east-1' ? 'ec2.internal' : `${name}.compute.internal`,
    domainNameServers: ['AmazonProvidedDNS'],
  });
  const vpc: Vpc = {
    id: vpcId(region.newId('vpc')),
    ownerId: accountId,
    cidrBlocks: [defaultRange],
    isDefault: true,
    dhcpOptionsId: options,
    tags: {},
  };
  region.vpcs.set(vpc.id, vpc);
  region.dnsAttributes.set(vpc.id, { enableDnsSupport: true, enableDnsHostnames: true });
  return vpc;
}

/** The first lab's subnets: zone a has .32.0, b .0.0, c .16.0. */
const subnetOrder = [2, 0, 1];

function addSubnets(region: PlaceState, vpc: Vpc): void {
  region.zones.forEach((zone, index) => {
    const first = ipv4('172.31.0.0') + (subnetOrder[index] as number) * subnetSize;
    const id = subnetId(region.newId('subnet'));
    region.subnets.set(id, {
      id,
      vpcId: vpc.id,
      cidrBlock: `${formatIpv4(first)}/${subnetPrefixLength}`,
      availabilityZone: zone.name,
      availabilityZoneId: zone.id,
      mapPublicIpOnLaunch: true,
      availableIpAddressCount: subnetSize - 5,
      tags: {},
    });
  });
}

function addGatewayAndRoutes(region: PlaceState, vpc: Vpc): void {
  const gateway = internetGatewayId(region.newId('igw'));
  region.internetGateways.set(gateway, { id: gateway, attachedVpcIds: [vpc.id] });
  const table = routeTableId(region.newId('rtb'));
  region.routeTables.set(table, {
    id: table,
    vpcId: vpc.id,
    isMain: true,
    subnetIds: [],
    routes: [
      {
        destination: { kind: 'cidr', cidr: defaultRange },
        target: { kind: 'local' },
        state: 'active',
        origin: 'createRouteTable',
      },
      {
        destination: { kind: 'cidr', cidr: '0.0.0.0/0' },
        target: { kind: 'internetGateway', id: gateway },
        state: 'active',
        origin: 'createRoute',
      },
    ],
    tags: {},
  });
}

function addDefaultSecurityGroup(region: PlaceState, vpc: Vpc): void {
  const id = securityGroupId(region.newId('sg'));
  const everything = { protocol: -1, fromPort: undefined, toPort: undefined, description: undefined };
  const rules: readonly SecurityGroupRule[] = [
    { ...everything, id: region.newId('sgr'), direction: 'ingress', peer: { kind: 'group', groupId: id } },
    { ...everything, id: region.newId('sgr'), direction: 'egress', peer: { kind: 'cidr', cidr: '0.0.0.0/0' } },
  ];
  region.securityGroups.set(id, {
    id,
    vpcId: vpc.id,
    name: 'default',
    description: 'default VPC security group',
    rules,
    tags: {},
  });
}

function addDefaultAcl(region: PlaceState, vpc: Vpc): void {
  const id = networkAclId(region.newId('acl'));
  const rule = (direction: 'ingress' | 'egress', ruleNumber: number, action: 'allow' | 'deny'): NetworkAclEntry => ({
    ruleNumber,
    direction,
    protocol: -1,
    action,
    cidr: '0.0.0.0/0',
    fromPort: undefined,
    toPort: undefined,
  });
  region.networkAcls.set(id, {
    id,
    vpcId: vpc.id,
    isDefault: true,
    subnetIds: [...region.subnets.keys()],
    entries: [
      rule('egress', 100, 'allow'),
      rule('egress', 32767, 'deny'),
      rule('ingress', 100, 'allow'),
      rule('ingress', 32767, 'deny'),
    ],
  });
}
