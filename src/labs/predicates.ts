/**
 * The predicates that checks are made of, over a site with gaps: each ends the surrounding `check` at a gap. Each composes core's rules; none
 * decides about the network by itself.
 */
import { policyEffect } from '../core/identityPolicy';
import type { InstanceId, VpcId } from '../core/ids';
import type {
  Instance,
  NetworkInterface,
  PrefixList,
  Route,
  SecurityGroup,
  Subnet,
  VpcEndpoint,
} from '../core/network';
import { servicePrincipals } from '../core/partition';
import { statementsOf } from '../core/policyStatements';
import type { ProfileRole } from '../core/ports/roleGateway';
import { predictDelivery } from '../core/prediction/predictDelivery';
import { giveUp, need } from '../core/reading';
import { evaluateSecurityGroups } from '../core/rules/evaluateSecurityGroups';
import { type Flow, ICMP, TCP } from '../core/rules/flow';
import { matchRoute, type RouteMatch } from '../core/rules/matchRoute';
import type { NetworkSnapshot } from '../core/snapshot';
import { dnsAttributesIn, groupsOf, interfaceIn, prefixListsFor, tableOf } from '../core/snapshotLookup';
import type { LabSite } from './labWorld';

/** Both DNS attributes of a VPC are on. */
export function hasDnsAttributes(snapshot: NetworkSnapshot, vpcId: VpcId): boolean {
  const { enableDnsSupport, enableDnsHostnames } = dnsAttributesIn(snapshot, vpcId);
  return enableDnsSupport && enableDnsHostnames;
}

/** The active route of a subnet's table that carries a destination. */
export function routeTo(snapshot: NetworkSnapshot, subnet: Subnet, destination: string): RouteMatch | undefined {
  const table = tableOf(snapshot, subnet);
  const { winner } = matchRoute(table.routes, destination, prefixListsFor(snapshot, table));
  return winner?.route.state === 'active' ? winner : undefined;
}

/** The active default route of a subnet's table. */
export function defaultRouteOf(snapshot: NetworkSnapshot, subnet: Subnet): Route | undefined {
  return tableOf(snapshot, subnet).routes.find(
    ({ destination, target, state }) =>
      state === 'active' && destination.kind === 'cidr' && destination.cidr === '0.0.0.0/0' && target.kind !== 'local',
  );
}

/** No active default route leads out of the subnet. */
export function isPrivateSubnet(snapshot: NetworkSnapshot, subnet: Subnet): boolean {
  return defaultRouteOf(snapshot, subnet) === undefined;
}

/** The subnet uses a table of its own rather than the VPC's main one. */
export function hasOwnTable(snapshot: NetworkSnapshot, subnet: Subnet): boolean {
  return tableOf(snapshot, subnet).subnetIds.includes(subnet.id);
}

/** Some inbound rule of these groups admits TCP from an interface. */
export function admitsTcp(
  snapshot: NetworkSnapshot,
  groups: readonly SecurityGroup[],
  from: NetworkInterface,
  port: number,
): boolean {
  const flow = tcpFlow(from, '', port);
  const prefixLists = listsFor(snapshot, groups);
  return evaluateSecurityGroups('ingress', flow, { groups, peerInterface: from, prefixLists }).isAllowed;
}

/** Some inbound rule of an interface's groups admits echo requests (type 8, code 0) from another interface. */
export function admitsPing(snapshot: NetworkSnapshot, to: NetworkInterface, from: NetworkInterface): boolean {
  const flow: Flow = {
    protocol: ICMP,
    source: from.privateIpAddress,
    sourcePort: 8,
    destination: to.privateIpAddress,
    destinationPort: 0,
  };
  const groups = groupsOf(snapshot, to);
  const prefixLists = listsFor(snapshot, groups);
  return evaluateSecurityGroups('ingress', flow, { groups, peerInterface: from, prefixLists }).isAllowed;
}

/** Some outbound rule of an interface's groups lets TCP out to an address. */
export function letsOutTcp(
  snapshot: NetworkSnapshot,
  from: NetworkInterface,
  destination: string,
  port: number,
): boolean {
  const flow = tcpFlow(from, destination, port);
  const groups = groupsOf(snapshot, from);
  const prefixLists = listsFor(snapshot, groups);
  return evaluateSecurityGroups('egress', flow, { groups, peerInterface: undefined, prefixLists }).isAllowed;
}

const tcpFlow = (from: NetworkInterface, destination: string, destinationPort: number): Flow => ({
  protocol: TCP,
  source: from.privateIpAddress,
  sourcePort: undefined,
  destination,
  destinationPort,
});

/** Prefix lists, where a rule names one: unread ones are then a gap. */
function listsFor(snapshot: NetworkSnapshot, groups: readonly SecurityGroup[]): readonly PrefixList[] {
  const isNamed = groups.some(({ rules }) => rules.some(({ peer }) => peer.kind === 'prefixList'));
  return isNamed ? need(snapshot.prefixLists) : [];
}

/** TCP from one interface arrives at another, and its answers come back: groups, routes and ACLs. */
export function flows(snapshot: NetworkSnapshot, from: NetworkInterface, to: NetworkInterface, port: number): boolean {
  const question = { networkInterfaceId: from.id, address: to.privateIpAddress, port };
  const { end } = predictDelivery(snapshot, question);
  if (end.kind === 'unknown') giveUp(end.gap);
  return (end.kind === 'endpoint' || end.kind === 'interface') && end.networkInterfaceId === to.id;
}

/** The endpoints of a VPC that are not on their way out. */
export function livingEndpoints(snapshot: NetworkSnapshot, vpcId: VpcId): readonly VpcEndpoint[] {
  return need(snapshot.endpoints).filter(
    endpoint => endpoint.vpcId === vpcId && !['deleting', 'deleted', 'rejected', 'expired'].includes(endpoint.state),
  );
}

/** The interfaces of an endpoint. */
export function interfacesOf(snapshot: NetworkSnapshot, endpoint: VpcEndpoint): readonly NetworkInterface[] {
  const interfaces = need(snapshot.networkInterfaces);
  return interfaces.filter(({ id }) => endpoint.networkInterfaceIds.includes(id));
}

/** The first interface of an instance; undefined while it has none. */
export function interfaceOf(snapshot: NetworkSnapshot, instance: Instance): NetworkInterface | undefined {
  const [id] = instance.networkInterfaceIds;
  return id && interfaceIn(snapshot, id);
}

/** The role that a profile carries; undefined when profile or role is missing. */
export function roleOfProfile(site: LabSite, arn: string): ProfileRole | undefined {
  const reading = site.roles.get(arn);
  return reading ? need(reading) : giveUp({ code: 'notRead', reading: 'iam:GetInstanceProfile', detail: arn });
}

/** Managed policies of AWS that allow an action, where the labs need one ("AWS Managed Policy Reference"). */
const policiesThatAllow = {
  'ec2:DescribeInstances': [
    'AmazonEC2ReadOnlyAccess',
    'AmazonEC2FullAccess',
    'ReadOnlyAccess',
    'PowerUserAccess',
    'AdministratorAccess',
  ],
  's3:ListAllMyBuckets': [
    'AmazonS3ReadOnlyAccess',
    'AmazonS3FullAccess',
    'ReadOnlyAccess',
    'PowerUserAccess',
    'AdministratorAccess',
  ],
  'ssm:UpdateInstanceInformation': ['AmazonSSMManagedInstanceCore', 'AdministratorAccess'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** An action that a lab's instance may need. */
export type RoleAction = keyof typeof policiesThatAllow;

/** A managed policy that is known to allow the action is attached, or one within the role allows it. Managed policies of one's own are not looked into. */
export function roleAllows(role: ProfileRole, action: RoleAction): boolean {
  const names: readonly string[] = policiesThatAllow[action];
  const inline = (role.inlinePolicies ?? []).map(({ document }) => policyEffect(document, action));
  if (inline.includes('denies')) return false;
  return inline.includes('allows') || role.policyArns.some(arn => names.includes(arn.split('/').at(-1) ?? ''));
}

/** The instance wears a role that allows an action. */
export function mayDo(site: LabSite, { instanceProfileArn }: Instance, action: RoleAction): boolean {
  const role = instanceProfileArn === undefined ? undefined : roleOfProfile(site, instanceProfileArn);
  return role !== undefined && roleAllows(role, action);
}

/** The trust policy lets EC2 assume the role ("IAM User Guide: JSON policy elements: Principal"). */
export function trustsEc2(role: ProfileRole, region: string): boolean {
  const principals: readonly unknown[] = servicePrincipals(region, 'ec2');
  return statementsOf(role.trustPolicy).some(
    ({ Effect, Principal, Action }) =>
      Effect === 'Allow' &&
      list((Principal as { Service?: unknown } | undefined)?.Service).some(service => principals.includes(service)) &&
      list(Action).some(action => action === 'sts:AssumeRole' || action === 'sts:*' || action === '*'),
  );
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Session Manager lists the instance as online. */
export function isOnline(site: LabSite, id: InstanceId): boolean {
  return need(site.sessionManager).get(id) === 'online';
}
