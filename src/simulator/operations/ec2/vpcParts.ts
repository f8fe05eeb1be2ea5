/** Parts of a VPC that the first labs only read: DHCP options, network ACLs. */
import type { DhcpOptions, NetworkAcl, NetworkAclEntry, Tags } from '../../../core/network';
import { ICMP } from '../../../core/rules/flow';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { tagList } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { type Listing, list, optional, text } from './describe';

const limits = { least: 5, most: 1000 };

const otherTags =
  (region: PlaceState) =>
  ({ id }: { readonly id: string }): Tags =>
    region.otherTags.get(id) ?? {};

const dhcpListing = (region: PlaceState): Listing<DhcpOptions> => ({
  kind: 'dhcpOptions',
  tagsOf: otherTags(region),
  limits,
  filters: {
    'dhcp-options-id': options => options.id,
    key: options => configurations(options).map(({ Key = '' }) => Key),
    value: options => configurations(options).flatMap(({ Values = [] }) => Values.map(({ Value = '' }) => Value)),
    'owner-id': () => region.place.accountId,
  },
});

function configurations({ domainName, domainNameServers }: DhcpOptions): Ec2.DhcpConfiguration[] {
  const configuration = (Key: string, values: readonly string[]) => ({ Key, Values: values.map(Value => ({ Value })) });
  return [
    ...(domainName === undefined ? [] : [configuration('domain-name', [domainName])]),
    configuration('domain-name-servers', domainNameServers),
  ];
}

function describeDhcpOptions(
  input: Ec2.DescribeDhcpOptionsRequest,
  { region }: CallContext,
): Ec2.DescribeDhcpOptionsResult {
  const page = list(dhcpListing(region), region.dhcpOptions, input.DhcpOptionsIds, input);
  const DhcpOptions = page.items.map(options => ({
    OwnerId: region.place.accountId,
    Tags: tagList(otherTags(region)(options)),
    DhcpOptionsId: options.id,
    DhcpConfigurations: configurations(options),
  }));
  return { DhcpOptions, ...optional({ NextToken: page.nextToken }) };
}

const aclListing = (region: PlaceState): Listing<NetworkAcl> => ({
  kind: 'networkAcl',
  tagsOf: otherTags(region),
  limits,
  filters: {
    'network-acl-id': acl => acl.id,
    'vpc-id': acl => acl.vpcId,
    default: acl => text(acl.isDefault),
    'owner-id': () => region.place.accountId,
    'association.association-id': acl => acl.subnetIds.map(id => aclAssociationId(region, acl, id)),
    'association.network-acl-id': acl => (acl.subnetIds.length > 0 ? acl.id : undefined),
    'association.subnet-id': acl => acl.subnetIds,
    'entry.cidr': acl => acl.entries.map(({ cidr }) => cidr),
    'entry.icmp.code': acl => entryTexts(acl, ({ IcmpTypeCode }) => IcmpTypeCode?.Code),
    'entry.icmp.type': acl => entryTexts(acl, ({ IcmpTypeCode }) => IcmpTypeCode?.Type),
    'entry.ipv6-cidr': () => undefined,
    'entry.port-range.from': acl => entryTexts(acl, ({ PortRange }) => PortRange?.From),
    'entry.port-range.to': acl => entryTexts(acl, ({ PortRange }) => PortRange?.To),
    'entry.egress': acl => acl.entries.map(({ direction }) => String(direction === 'egress')),
    'entry.protocol': acl => acl.entries.map(({ protocol }) => String(protocol)),
    'entry.rule-action': acl => acl.entries.map(({ action }) => action),
    'entry.rule-number': acl => acl.entries.map(({ ruleNumber }) => String(ruleNumber)),
  },
});

function aclAssociationId(region: PlaceState, acl: NetworkAcl, subnetId: string): string {
  return region.derivedId('aclassoc', `${acl.id}/${subnetId}`);
}

function entryTexts(acl: NetworkAcl, pick: (entry: Ec2.NetworkAclEntry) => number | undefined): readonly string[] {
  return acl.entries.flatMap(entry => text(pick(entryShape(entry))) ?? []);
}

function entryShape(entry: NetworkAclEntry): Ec2.NetworkAclEntry {
  const { fromPort, toPort } = entry;
  const ports =
    entry.protocol === ICMP
      ? { IcmpTypeCode: { Type: fromPort, Code: toPort } }
      : { PortRange: { From: fromPort, To: toPort } };
  return {
    CidrBlock: entry.cidr,
    Egress: entry.direction === 'egress',
    ...(fromPort === undefined ? {} : ports),
    Protocol: String(entry.protocol),
    RuleAction: entry.action,
    RuleNumber: entry.ruleNumber,
  };
}

function describeNetworkAcls(
  input: Ec2.DescribeNetworkAclsRequest,
  { region }: CallContext,
): Ec2.DescribeNetworkAclsResult {
  const page = list(aclListing(region), region.networkAcls, input.NetworkAclIds, input);
  const NetworkAcls = page.items.map(acl => ({
    Associations: acl.subnetIds.map(SubnetId => ({
      NetworkAclAssociationId: aclAssociationId(region, acl, SubnetId),
      NetworkAclId: acl.id,
      SubnetId,
    })),
    Entries: acl.entries.map(entryShape),
    IsDefault: acl.isDefault,
    NetworkAclId: acl.id,
    Tags: tagList(otherTags(region)(acl)),
    VpcId: acl.vpcId,
    OwnerId: region.place.accountId,
  }));
  return { NetworkAcls, ...optional({ NextToken: page.nextToken }) };
}

export const vpcPartOperations: OperationTable = {
  DescribeDhcpOptions: describeDhcpOptions,
  DescribeNetworkAcls: describeNetworkAcls,
};
