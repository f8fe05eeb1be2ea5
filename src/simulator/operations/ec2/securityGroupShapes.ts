import type { SecurityGroup, SecurityGroupPeer, SecurityGroupRule, Tags } from '../../../core/network';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { tagList } from '../common/tags';
import type { CallContext } from '../operation';
import { isIpv6Range } from './cidrBlocks';
import { wirePeeringState } from './peeringShapes';

const protocolNames: Readonly<Record<number, string>> = { 6: 'tcp', 17: 'udp', 1: 'icmp', 58: 'icmpv6', [-1]: '-1' };

/** As EC2 answers it: a word for TCP, UDP and ICMP, the number for all others. */
export function protocolName(protocol: number): string {
  return protocolNames[protocol] ?? String(protocol);
}

export function groupArn({ place }: PlaceState, group: SecurityGroup): string {
  return `arn:aws:ec2:${place.region}:${place.accountId}:security-group/${group.id}`;
}

export function ruleTags(region: PlaceState, rule: SecurityGroupRule): Tags {
  return region.otherTags.get(rule.id) ?? {};
}

/** What a group's rules are described with: peered groups belong to other places. */
export type GroupContext = Pick<CallContext, 'world' | 'region'>;

export function groupShape(context: GroupContext, group: SecurityGroup): Ec2.SecurityGroup {
  const { region } = context;
  return {
    GroupId: group.id,
    IpPermissionsEgress: permissions(context, group, 'egress'),
    Tags: tagList(group.tags),
    VpcId: group.vpcId,
    SecurityGroupArn: groupArn(region, group),
    OwnerId: region.place.accountId,
    GroupName: group.name,
    Description: group.description,
    IpPermissions: permissions(context, group, 'ingress'),
  };
}

/** Rules of one direction, those with the same protocol and ports together. */
export function permissions(
  context: GroupContext,
  group: SecurityGroup,
  direction: 'ingress' | 'egress',
): Ec2.IpPermission[] {
  return permissionsOf(
    context,
    group.rules.filter(rule => rule.direction === direction),
  );
}

/** Rules as permissions, those with the same protocol and ports together. */
export function permissionsOf(context: GroupContext, rules: readonly SecurityGroupRule[]): Ec2.IpPermission[] {
  const byPorts = new Map<string, SecurityGroupRule[]>();
  for (const rule of rules) {
    const key = `${rule.protocol}/${rule.fromPort}/${rule.toPort}`;
    byPorts.set(key, [...(byPorts.get(key) ?? []), rule]);
  }
  return [...byPorts.values()].map(alike => permission(context, alike));
}

function permission(context: GroupContext, rules: readonly SecurityGroupRule[]): Ec2.IpPermission {
  const [first] = rules as readonly [SecurityGroupRule];
  const described = ({ description }: SecurityGroupRule) =>
    description === undefined ? {} : { Description: description };
  return {
    IpProtocol: protocolName(first.protocol),
    ...ports(first),
    UserIdGroupPairs: rules.flatMap(rule =>
      rule.peer.kind === 'group' ? [{ ...described(rule), ...groupReference(context, rule.peer) }] : [],
    ),
    IpRanges: rules.flatMap(rule =>
      rule.peer.kind === 'cidr' && !isIpv6Range(rule.peer.cidr) ? [{ ...described(rule), CidrIp: rule.peer.cidr }] : [],
    ),
    Ipv6Ranges: rules.flatMap(rule =>
      rule.peer.kind === 'cidr' && isIpv6Range(rule.peer.cidr)
        ? [{ ...described(rule), CidrIpv6: rule.peer.cidr }]
        : [],
    ),
    PrefixListIds: rules.flatMap(rule =>
      rule.peer.kind === 'prefixList' ? [{ ...described(rule), PrefixListId: rule.peer.prefixListId }] : [],
    ),
  };
}

function ports({ fromPort, toPort }: SecurityGroupRule): { FromPort?: number; ToPort?: number } {
  return {
    ...(fromPort === undefined ? {} : { FromPort: fromPort }),
    ...(toPort === undefined ? {} : { ToPort: toPort }),
  };
}

export function ruleShape(context: GroupContext, group: SecurityGroup, rule: SecurityGroupRule): Ec2.SecurityGroupRule {
  const { region } = context;
  const { accountId, region: name } = region.place;
  return {
    SecurityGroupRuleId: rule.id,
    GroupId: group.id,
    GroupOwnerId: accountId,
    IsEgress: rule.direction === 'egress',
    IpProtocol: protocolName(rule.protocol),
    FromPort: rule.fromPort ?? -1,
    ToPort: rule.toPort ?? -1,
    ...peerShape(context, rule),
    ...(rule.description === undefined ? {} : { Description: rule.description }),
    Tags: tagList(ruleTags(region, rule)),
    SecurityGroupRuleArn: `arn:aws:ec2:${name}:${accountId}:security-group-rule/${rule.id}`,
  };
}

/** A group that a rule names; one of a peered VPC with the connection that leads to it, as it is or was. */
function groupReference(
  { world, region }: GroupContext,
  { groupId, across }: Extract<SecurityGroupPeer, { kind: 'group' }>,
): Ec2.ReferencedSecurityGroup {
  if (!across) return { GroupId: groupId, UserId: region.place.accountId };
  const connection = world.peeringConnections.get(across.peeringConnectionId);
  return {
    GroupId: groupId,
    PeeringStatus: connection ? wirePeeringState(connection) : 'deleted',
    UserId: across.accountId,
    VpcId: across.vpcId,
    VpcPeeringConnectionId: across.peeringConnectionId,
  };
}

function peerShape(context: GroupContext, { peer }: SecurityGroupRule): Ec2.SecurityGroupRule {
  switch (peer.kind) {
    case 'cidr':
      return isIpv6Range(peer.cidr) ? { CidrIpv6: peer.cidr } : { CidrIpv4: peer.cidr };
    case 'prefixList':
      return { PrefixListId: peer.prefixListId };
    case 'group':
      return { ReferencedGroupInfo: groupReference(context, peer) };
  }
}
