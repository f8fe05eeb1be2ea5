/** Finds things in a snapshot; each ends the surrounding `orGap` when what it needs is a gap. */
import type { NetworkInterfaceId, SubnetId, VpcEndpointId, VpcId } from './ids';
import type {
  NetworkAcl,
  NetworkInterface,
  PrefixList,
  RouteTable,
  SecurityGroup,
  Subnet,
  Vpc,
  VpcDnsAttributes,
  VpcEndpoint,
} from './network';
import { giveUp, need } from './reading';
import { routeTableOf } from './rules/routeTableOf';
import type { NetworkSnapshot } from './snapshot';

const missing = (reading: string, what: string) => giveUp({ code: 'failed', reading, detail: what });

export function vpcIn(snapshot: NetworkSnapshot, id: VpcId): Vpc {
  return need(snapshot.vpcs).find(vpc => vpc.id === id) ?? missing('ec2:DescribeVpcs', id);
}

export function dnsAttributesIn(snapshot: NetworkSnapshot, id: VpcId): VpcDnsAttributes {
  const reading = snapshot.dnsAttributes.get(id);
  return reading ? need(reading) : giveUp({ code: 'notRead', reading: 'ec2:DescribeVpcAttribute', detail: id });
}

export function subnetIn(snapshot: NetworkSnapshot, id: SubnetId): Subnet {
  return need(snapshot.subnets).find(subnet => subnet.id === id) ?? missing('ec2:DescribeSubnets', id);
}

export function interfaceIn(snapshot: NetworkSnapshot, id: NetworkInterfaceId): NetworkInterface {
  const found = need(snapshot.networkInterfaces).find(candidate => candidate.id === id);
  return found ?? missing('ec2:DescribeNetworkInterfaces', id);
}

/** Undefined when no interface of the VPC has the address. */
export function interfaceAt(snapshot: NetworkSnapshot, vpcId: VpcId, address: string): NetworkInterface | undefined {
  return need(snapshot.networkInterfaces).find(
    candidate => candidate.vpcId === vpcId && candidate.privateIpAddress === address,
  );
}

/** The groups of an interface; a group that the list lacks is a gap, because its rules would be missed. */
export function groupsOf(snapshot: NetworkSnapshot, owner: NetworkInterface): readonly SecurityGroup[] {
  const groups = need(snapshot.securityGroups);
  return owner.securityGroupIds.map(
    id => groups.find(group => group.id === id) ?? missing('ec2:DescribeSecurityGroups', id),
  );
}

/** As {@link routeTableOf}: the table that a subnet's traffic leaves by. */
export function tableOf(snapshot: NetworkSnapshot, subnet: Subnet): RouteTable {
  return routeTableOf(subnet, need(snapshot.routeTables)) ?? missing('ec2:DescribeRouteTables', subnet.id);
}

/** Every subnet has one: its own, or the VPC's default. */
export function aclOf(snapshot: NetworkSnapshot, subnetId: SubnetId): NetworkAcl {
  return (
    need(snapshot.networkAcls).find(acl => acl.subnetIds.includes(subnetId)) ??
    missing('ec2:DescribeNetworkAcls', subnetId)
  );
}

/** The endpoint that an interface belongs to: by the endpoint's list, else by the description that AWS gives its interfaces. */
export function endpointOf(snapshot: NetworkSnapshot, owner: NetworkInterface): VpcEndpoint | undefined {
  if (owner.kind !== 'vpcEndpoint') return undefined;
  const described = endpointIdInDescription(owner);
  return need(snapshot.endpoints).find(
    endpoint => endpoint.networkInterfaceIds.includes(owner.id) || endpoint.id === described,
  );
}

/** "VPC Endpoint Interface vpce-…" (`aws-cli:awscli/examples/ec2/describe-network-interfaces.rst`). */
export function endpointIdInDescription(owner: NetworkInterface): VpcEndpointId | undefined {
  return /\bvpce-[0-9a-f]{8,17}\b/.exec(owner.description)?.[0] as VpcEndpointId | undefined;
}

/** Prefix lists that a table's routes need; unread ones, or ones the answer lacks, are a gap. */
export function prefixListsFor(snapshot: NetworkSnapshot, table: Pick<RouteTable, 'routes'>): readonly PrefixList[] {
  const wanted = table.routes.flatMap(({ destination }) =>
    destination.kind === 'prefixList' ? [destination.prefixListId] : [],
  );
  if (wanted.length === 0) return [];
  const lists = need(snapshot.prefixLists);
  const lost = wanted.find(id => !lists.some(list => list.id === id));
  return lost ? missing('ec2:DescribeManagedPrefixLists', lost) : lists;
}
