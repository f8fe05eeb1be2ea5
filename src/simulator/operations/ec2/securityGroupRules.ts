/** Reading the rules that a caller writes: `IpPermissions`, or the short form with one rule in the request itself. */
import { formatCidr, parseCidr } from '../../../core/ipv4';
import type { SecurityGroup, SecurityGroupPeer, SecurityGroupRule } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import type { World } from '../../world/world';
import { checkIdForm, find, notFound } from '../common/resourceIds';
import { readIpv6Range } from './cidrBlocks';
import { activePeering, findGroupAnywhere } from './groupsAcrossPeering';
import { protocolName } from './securityGroupShapes';

/** A rule before it has an id. */
export type RuleWish = Omit<SecurityGroupRule, 'id'>;

export interface RuleRequest {
  readonly IpPermissions?: readonly Ec2.IpPermission[] | undefined;
  readonly IpProtocol?: string | undefined;
  readonly FromPort?: number | undefined;
  readonly ToPort?: number | undefined;
  readonly CidrIp?: string | undefined;
  readonly SourceSecurityGroupName?: string | undefined;
}

const protocolNumbers: Readonly<Record<string, number>> = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58, all: -1 };
const highestPort = 65535;
const highestType = 255;

const invalid = (message: string) => new ServiceFault('InvalidParameterValue', message);

/** Where a group's rules are read: groups that they name must be of its VPC or of a peered one. */
export interface RuleScope {
  readonly world: World;
  readonly region: PlaceState;
  readonly vpcId: SecurityGroup['vpcId'];
}

/** The rules that a request spells for a group. */
export function readRules(
  scope: RuleScope,
  direction: SecurityGroupRule['direction'],
  request: RuleRequest,
): RuleWish[] {
  const permissions = request.IpPermissions ?? shortForm(request);
  if (permissions.length === 0)
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter ipPermissions');
  return permissions.flatMap(permission => readPermission(scope, direction, permission));
}

function shortForm({ IpProtocol, FromPort, ToPort, CidrIp, SourceSecurityGroupName }: RuleRequest): Ec2.IpPermission[] {
  if (IpProtocol === undefined && CidrIp === undefined && SourceSecurityGroupName === undefined) return [];
  return [
    {
      IpProtocol: IpProtocol ?? '-1',
      FromPort,
      ToPort,
      ...(CidrIp === undefined ? {} : { IpRanges: [{ CidrIp }] }),
      ...(SourceSecurityGroupName === undefined ? {} : { UserIdGroupPairs: [{ GroupName: SourceSecurityGroupName }] }),
    },
  ];
}

function readPermission(
  scope: RuleScope,
  direction: SecurityGroupRule['direction'],
  permission: Ec2.IpPermission,
): RuleWish[] {
  const protocol = readProtocol(permission.IpProtocol);
  const ports = readPorts(protocol, permission);
  const rule = (peer: SecurityGroupPeer, description: string | undefined): RuleWish => ({
    direction,
    protocol,
    ...ports,
    peer,
    description,
  });
  const rules = [
    ...(permission.IpRanges ?? []).map(range => rule(cidrPeer(range.CidrIp), range.Description)),
    ...(permission.Ipv6Ranges ?? []).map(range => rule(ipv6Peer(range.CidrIpv6), range.Description)),
    ...(permission.UserIdGroupPairs ?? []).map(pair => rule(groupPeer(scope, pair), pair.Description)),
    ...(permission.PrefixListIds ?? []).map(list => rule(listPeer(scope.region, list.PrefixListId), list.Description)),
  ];
  if (rules.length === 0)
    throw new ServiceFault('MissingParameter', 'Either a CIDR range, a security group or a prefix list is required.');
  return rules;
}

/** A word or a number from -1 to 255. */
export function readProtocol(text: string | undefined): number {
  if (text === undefined)
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter ipProtocol');
  const word = text.toLowerCase();
  const number = protocolNumbers[word] ?? (/^(-1|\d{1,3})$/.test(word) ? Number(word) : Number.NaN);
  if (!(number >= -1 && number <= 255))
    throw new ServiceFault('InvalidParameterValue', `Invalid value '${text}' for IP protocol. Unknown protocol.`);
  return number;
}

/** TCP and UDP need both ports; ICMP takes type and code, -1 for any; other protocols and `-1` have no ports. */
function readPorts(protocol: number, { FromPort, ToPort }: Ec2.IpPermission): Pick<RuleWish, 'fromPort' | 'toPort'> {
  const name = protocolName(protocol);
  if (name === 'tcp' || name === 'udp') {
    if (FromPort === undefined || ToPort === undefined)
      throw invalid(`Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.`);
    if (!isWithin(0, FromPort, highestPort) || !isWithin(FromPort, ToPort, highestPort))
      throw invalid(`Invalid TCP/UDP port range (${FromPort}:${ToPort})`);
    return { fromPort: FromPort, toPort: ToPort };
  }
  if (name === 'icmp' || name === 'icmpv6') return readTypeAndCode(FromPort, ToPort);
  return { fromPort: undefined, toPort: undefined };
}

function readTypeAndCode(type = -1, code = -1): Pick<RuleWish, 'fromPort' | 'toPort'> {
  if (!isWithin(-1, type, highestType) || !isWithin(-1, code, highestType))
    throw invalid(`ICMP type (${type}) or code (${code}) is out of range.`);
  return { fromPort: type, toPort: code };
}

function isWithin(least: number, value: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most;
}

function cidrPeer(text: string | undefined): SecurityGroupPeer {
  const range = parseCidr(text ?? '');
  if (!range) throw invalid(`CIDR block ${text ?? ''} is malformed`);
  return { kind: 'cidr', cidr: formatCidr(range) };
}

/** Rules for IPv6 are kept and shown; nothing in the practice cloud has an address that they could match. */
function ipv6Peer(text = ''): SecurityGroupPeer {
  const cidr = readIpv6Range(text);
  if (cidr === undefined) throw invalid(`CIDR block ${text} is malformed`);
  return { kind: 'cidr', cidr };
}

/** A group of the VPC itself, or of one that it is actively peered with in the Region. */
function groupPeer(
  { world, region, vpcId }: RuleScope,
  { GroupId, GroupName }: Ec2.UserIdGroupPair,
): SecurityGroupPeer {
  if (GroupId === undefined) return { kind: 'group', groupId: groupNamed(region, vpcId, GroupName ?? '').id };
  checkIdForm('securityGroup', GroupId);
  const found = findGroupAnywhere(world, region, GroupId);
  if (!found) throw notFound('securityGroup', GroupId);
  const { group, place } = found;
  if (group.vpcId === vpcId) return { kind: 'group', groupId: group.id };
  const connection = activePeering(world, region.place, vpcId, { ...place, vpcId: group.vpcId });
  if (!connection)
    throw new ServiceFault(
      'InvalidGroup.NotFound',
      'You have specified two resources that belong to different networks.',
    );
  const across = { accountId: place.accountId, vpcId: group.vpcId, peeringConnectionId: connection.id };
  return { kind: 'group', groupId: group.id, across };
}

function groupNamed(region: PlaceState, vpcId: SecurityGroup['vpcId'], wanted: string): SecurityGroup {
  const named = [...region.securityGroups.values()].find(group => group.name === wanted && group.vpcId === vpcId);
  if (!named) throw new ServiceFault('InvalidGroup.NotFound', `The security group '${wanted}' does not exist`);
  return named;
}

function listPeer(region: PlaceState, id: string | undefined): SecurityGroupPeer {
  return { kind: 'prefixList', prefixListId: find('prefixList', region.prefixLists, id ?? '').id };
}

/** Whether two rules admit the same; descriptions do not count. */
export function isSameRule(left: RuleWish, right: RuleWish): boolean {
  const key = ({ direction, protocol, fromPort, toPort, peer }: RuleWish) =>
    JSON.stringify([direction, protocol, fromPort, toPort, peerText(peer)]);
  return key(left) === key(right);
}

function peerText(peer: SecurityGroupPeer): string {
  if (peer.kind === 'cidr') return peer.cidr;
  return peer.kind === 'group' ? peer.groupId : peer.prefixListId;
}

/** A rule as EC2 quotes it in `InvalidPermission.Duplicate`. */
export function quoteRule(rule: RuleWish): string {
  const ports = rule.fromPort === undefined ? 'ALL' : `from port: ${rule.fromPort}, to port: ${rule.toPort}`;
  const protocol = rule.protocol === -1 ? 'ALL' : protocolName(rule.protocol).toUpperCase();
  return `peer: ${peerText(rule.peer)}, ${protocol}, ${ports}, ALLOW`;
}

/** Whether a rule of the group names another one of its own VPC; across a peering connection groups are free to go. */
export function refersTo(group: SecurityGroup, groupId: string): boolean {
  return group.rules.some(({ peer }) => peer.kind === 'group' && peer.groupId === groupId && !peer.across);
}
