import type { NetworkAcl, NetworkAclEntry, Tags } from '../../../core/network';
import { ICMP } from '../../../core/rules/flow';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { tagList } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { isIpv6Range } from './cidrBlocks';
import { type Listing, list, optional, text } from './describe';

const icmpV6 = 58;

const aclTags = (region: PlaceState, { id }: NetworkAcl): Tags => region.otherTags.get(id) ?? {};

const aclListing = (region: PlaceState): Listing<NetworkAcl> => ({
  kind: 'networkAcl',
  tagsOf: acl => aclTags(region, acl),
  limits: { least: 5, most: 1000 },
  filters: {
    'network-acl-id': acl => acl.id,
    'vpc-id': acl => acl.vpcId,
    default: acl => text(acl.isDefault),
    'owner-id': () => region.place.accountId,
    'association.association-id': acl => acl.subnetIds.map(id => aclAssociationId(region, acl, id)),
    'association.network-acl-id': acl => (acl.subnetIds.length > 0 ? acl.id : undefined),
    'association.subnet-id': acl => acl.subnetIds,
    'entry.cidr': acl => acl.entries.flatMap(({ cidr }) => (isIpv6Range(cidr) ? [] : cidr)),
    'entry.icmp.code': acl => entryTexts(acl, ({ IcmpTypeCode }) => IcmpTypeCode?.Code),
    'entry.icmp.type': acl => entryTexts(acl, ({ IcmpTypeCode }) => IcmpTypeCode?.Type),
    'entry.ipv6-cidr': acl => acl.entries.flatMap(({ cidr }) => (isIpv6Range(cidr) ? cidr : [])),
    'entry.port-range.from': acl => entryTexts(acl, ({ PortRange }) => PortRange?.From),
    'entry.port-range.to': acl => entryTexts(acl, ({ PortRange }) => PortRange?.To),
    'entry.egress': acl => acl.entries.map(({ direction }) => String(direction === 'egress')),
    'entry.protocol': acl => acl.entries.map(({ protocol }) => String(protocol)),
    'entry.rule-action': acl => acl.entries.map(({ action }) => action),
    'entry.rule-number': acl => acl.entries.map(({ ruleNumber }) => String(ruleNumber)),
  },
});

/** Names an ACL's association with a subnet. */
export function aclAssociationId(region: PlaceState, { id }: Pick<NetworkAcl, 'id'>, subnetId: string): string {
  return region.derivedId('aclassoc', `${id}/${subnetId}`);
}

function entryTexts(acl: NetworkAcl, pick: (entry: Ec2.NetworkAclEntry) => number | undefined): readonly string[] {
  return acl.entries.flatMap(entry => text(pick(entryShape(entry))) ?? []);
}

function entryShape(entry: NetworkAclEntry): Ec2.NetworkAclEntry {
  const { fromPort, toPort } = entry;
  const ports =
    entry.protocol === ICMP || entry.protocol === icmpV6
      ? { IcmpTypeCode: { Type: fromPort, Code: toPort } }
      : { PortRange: { From: fromPort, To: toPort } };
  return {
    ...(isIpv6Range(entry.cidr) ? { Ipv6CidrBlock: entry.cidr } : { CidrBlock: entry.cidr }),
    Egress: entry.direction === 'egress',
    ...(fromPort === undefined ? {} : ports),
    Protocol: String(entry.protocol),
    RuleAction: entry.action,
    RuleNumber: entry.ruleNumber,
  };
}

export function aclShape(region: PlaceState, acl: NetworkAcl): Ec2.NetworkAcl {
  return {
    Associations: acl.subnetIds.map(SubnetId => ({
      NetworkAclAssociationId: aclAssociationId(region, acl, SubnetId),
      NetworkAclId: acl.id,
      SubnetId,
    })),
    Entries: acl.entries.map(entryShape),
    IsDefault: acl.isDefault,
    NetworkAclId: acl.id,
    Tags: tagList(aclTags(region, acl)),
    VpcId: acl.vpcId,
    OwnerId: region.place.accountId,
  };
}

function describeNetworkAcls(
  input: Ec2.DescribeNetworkAclsRequest,
  { region }: CallContext,
): Ec2.DescribeNetworkAclsResult {
  const page = list(aclListing(region), region.networkAcls, input.NetworkAclIds, input);
  return { NetworkAcls: page.items.map(acl => aclShape(region, acl)), ...optional({ NextToken: page.nextToken }) };
}

export const networkAclOperations: OperationTable = { DescribeNetworkAcls: describeNetworkAcls };
