import {
  type DhcpOptionsId,
  networkAclId,
  routeTableId,
  type SubnetId,
  securityGroupId,
  subnetId,
  vpcId,
} from '../../core/ids';
import { parseCidr } from '../../core/ipv4';
import type {
  NetworkAcl,
  NetworkAclEntry,
  Route,
  SecurityGroupRule,
  Subnet,
  Tags,
  Vpc,
  VpcDnsAttributes,
} from '../../core/network';
import { reservedAddresses } from './interfaces';
import type { PlaceState } from './placeState';
import type { Zone } from './zones';

export interface VpcPlan {
  readonly cidrBlock: string;
  readonly isDefault: boolean;
  readonly dhcpOptionsId: DhcpOptionsId | undefined;
  readonly dnsAttributes: VpcDnsAttributes;
  /** Besides the local one, in the main route table. */
  readonly routes: readonly Route[];
  readonly tags: Tags;
}

/** A VPC with what comes with it: main route table, default security group and default network ACL. */
export function makeVpc(region: PlaceState, plan: VpcPlan): Vpc {
  const vpc: Vpc = {
    id: vpcId(region.newId('vpc')),
    ownerId: region.place.accountId,
    cidrBlocks: [plan.cidrBlock],
    isDefault: plan.isDefault,
    dhcpOptionsId: plan.dhcpOptionsId,
    tags: plan.tags,
  };
  region.vpcs.set(vpc.id, vpc);
  region.dnsAttributes.set(vpc.id, plan.dnsAttributes);
  addMainRouteTable(region, vpc, plan);
  addDefaultSecurityGroup(region, vpc);
  addDefaultAcl(region, vpc);
  return vpc;
}

function addMainRouteTable(region: PlaceState, vpc: Vpc, { cidrBlock, routes }: VpcPlan): void {
  const id = routeTableId(region.newId('rtb'));
  const local: Route = {
    destination: { kind: 'cidr', cidr: cidrBlock },
    target: { kind: 'local' },
    state: 'active',
    origin: 'createRouteTable',
  };
  const rest = { vpcId: vpc.id, isMain: true, subnetIds: [], tags: {} };
  region.routeTables.set(id, { ...rest, id, routes: [local, ...routes] });
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

function aclEntry(direction: 'ingress' | 'egress', ruleNumber: number, action: 'allow' | 'deny'): NetworkAclEntry {
  return { ruleNumber, direction, protocol: -1, action, cidr: '0.0.0.0/0', fromPort: undefined, toPort: undefined };
}

const lastRule = 32_767;
const [denyOut, denyIn] = [aclEntry('egress', lastRule, 'deny'), aclEntry('ingress', lastRule, 'deny')];

/** What every ACL ends with: all that no rule allows is denied. */
export const finalDenials: readonly NetworkAclEntry[] = [denyOut, denyIn];

function addDefaultAcl(region: PlaceState, vpc: Vpc): void {
  const id = networkAclId(region.newId('acl'));
  region.networkAcls.set(id, {
    id,
    vpcId: vpc.id,
    isDefault: true,
    subnetIds: [],
    entries: [aclEntry('egress', 100, 'allow'), denyOut, aclEntry('ingress', 100, 'allow'), denyIn],
  });
}

export interface SubnetPlan {
  readonly vpcId: Vpc['id'];
  readonly cidrBlock: string;
  readonly zone: Zone;
  readonly mapPublicIpOnLaunch: boolean;
  readonly tags: Tags;
}

/** A subnet, under its VPC's default network ACL. */
export function makeSubnet(region: PlaceState, plan: SubnetPlan): Subnet {
  const range = parseCidr(plan.cidrBlock);
  const subnet: Subnet = {
    id: subnetId(region.newId('subnet')),
    vpcId: plan.vpcId,
    cidrBlock: plan.cidrBlock,
    availabilityZone: plan.zone.name,
    availabilityZoneId: plan.zone.id,
    mapPublicIpOnLaunch: plan.mapPublicIpOnLaunch,
    availableIpAddressCount: range ? range.last - range.first + 1 - reservedAddresses : 0,
    tags: plan.tags,
  };
  region.subnets.set(subnet.id, subnet);
  changeAcls(
    region,
    acl => acl.isDefault && acl.vpcId === plan.vpcId,
    ids => [...ids, subnet.id],
  );
  return subnet;
}

export function removeSubnet(region: PlaceState, id: SubnetId): void {
  region.subnets.delete(id);
  const without = (ids: readonly SubnetId[]) => ids.filter(other => other !== id);
  changeAcls(region, acl => acl.subnetIds.includes(id), without);
  for (const table of [...region.routeTables.values()])
    if (table.subnetIds.includes(id))
      region.routeTables.set(table.id, { ...table, subnetIds: without(table.subnetIds) });
}

function changeAcls(
  region: PlaceState,
  isMeant: (acl: NetworkAcl) => boolean,
  change: (ids: readonly SubnetId[]) => readonly SubnetId[],
): void {
  for (const acl of [...region.networkAcls.values()])
    if (isMeant(acl)) region.networkAcls.set(acl.id, { ...acl, subnetIds: change(acl.subnetIds) });
}

/** Takes a VPC away with what came with it. Everything else must be gone before. */
export function removeVpc(region: PlaceState, id: Vpc['id']): void {
  for (const table of [region.routeTables, region.securityGroups, region.networkAcls])
    for (const [key, item] of [...table]) if (item.vpcId === id) (table as Map<string, unknown>).delete(key);
  region.dnsAttributes.delete(id);
  region.vpcs.delete(id);
}
