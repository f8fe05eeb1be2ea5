import type { SecurityGroup, SecurityGroupRule, Tags } from '../../../core/network';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { tagList } from '../common/tags';

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

export function groupShape(region: PlaceState, group: SecurityGroup): Ec2.SecurityGroup {
  return {
    GroupId: group.id,
    IpPermissionsEgress: permissions(region, group, 'egress'),
    Tags: tagList(group.tags),
    VpcId: group.vpcId,
    SecurityGroupArn: groupArn(region, group),
    OwnerId: region.place.accountId,
    GroupName: group.name,
    Description: group.description,
    IpPermissions: permissions(region, group, 'ingress'),
  };
}

/** Rules of one direction, those with the same protocol and ports together. */
export function permissions(
  region: PlaceState,
  group: SecurityGroup,
  direction: 'ingress' | 'egress',
): Ec2.IpPermission[] {
  const byPorts = new Map<string, SecurityGroupRule[]>();
  for (const rule of group.rules.filter(rule => rule.direction === direction)) {
    const key = `${rule.protocol}/${rule.fromPort}/${rule.toPort}`;
    byPorts.set(key, [...(byPorts.get(key) ?? []), rule]);
  }
  return [...byPorts.values()].map(rules => permission(region, rules));
}

function permission(region: PlaceState, rules: readonly SecurityGroupRule[]): Ec2.IpPermission {
  const [first] = rules as readonly [SecurityGroupRule];
  const described = ({ description }: SecurityGroupRule) =>
    description === undefined ? {} : { Description: description };
  return {
    IpProtocol: protocolName(first.protocol),
    ...ports(first),
    UserIdGroupPairs: rules.flatMap(rule =>
      rule.peer.kind === 'group'
        ? [{ ...described(rule), UserId: region.place.accountId, GroupId: rule.peer.groupId }]
        : [],
    ),
    IpRanges: rules.flatMap(rule =>
      rule.peer.kind === 'cidr' ? [{ ...described(rule), CidrIp: rule.peer.cidr }] : [],
    ),
    Ipv6Ranges: [],
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

export function ruleShape(region: PlaceState, group: SecurityGroup, rule: SecurityGroupRule): Ec2.SecurityGroupRule {
  const { accountId, region: name } = region.place;
  return {
    SecurityGroupRuleId: rule.id,
    GroupId: group.id,
    GroupOwnerId: accountId,
    IsEgress: rule.direction === 'egress',
    IpProtocol: protocolName(rule.protocol),
    FromPort: rule.fromPort ?? -1,
    ToPort: rule.toPort ?? -1,
    ...peerShape(region, rule),
    ...(rule.description === undefined ? {} : { Description: rule.description }),
    Tags: tagList(ruleTags(region, rule)),
    SecurityGroupRuleArn: `arn:aws:ec2:${name}:${accountId}:security-group-rule/${rule.id}`,
  };
}

function peerShape({ place }: PlaceState, { peer }: SecurityGroupRule): Ec2.SecurityGroupRule {
  switch (peer.kind) {
    case 'cidr':
      return { CidrIpv4: peer.cidr };
    case 'prefixList':
      return { PrefixListId: peer.prefixListId };
    case 'group':
      return { ReferencedGroupInfo: { GroupId: peer.groupId, UserId: place.accountId } };
  }
}
