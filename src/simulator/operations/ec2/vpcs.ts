import type { Vpc, VpcDnsAttributes } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { find } from '../common/resourceIds';
import { tagList } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { type Listing, list, optional, text } from './describe';
import { oneAttribute } from './oneAttribute';

const listing = (region: PlaceState): Listing<Vpc> => ({
  kind: 'vpc',
  tagsOf: vpc => vpc.tags,
  limits: { least: 5, most: 1000 },
  filters: {
    'vpc-id': vpc => vpc.id,
    cidr: vpc => vpc.cidrBlocks[0],
    'cidr-block-association.cidr-block': vpc => vpc.cidrBlocks,
    'cidr-block-association.association-id': vpc => vpc.cidrBlocks.map(cidr => vpcCidrAssociationId(region, vpc, cidr)),
    'cidr-block-association.state': vpc => vpc.cidrBlocks.map(() => 'associated'),
    'ipv6-cidr-block-association.ipv6-cidr-block': () => undefined,
    'ipv6-cidr-block-association.ipv6-pool': () => undefined,
    'ipv6-cidr-block-association.association-id': () => undefined,
    'ipv6-cidr-block-association.state': () => undefined,
    'dhcp-options-id': vpc => vpc.dhcpOptionsId ?? 'default',
    'is-default': vpc => text(vpc.isDefault),
    isDefault: vpc => text(vpc.isDefault),
    'owner-id': vpc => vpc.ownerId,
    state: () => 'available',
  },
});

/** Names a VPC's range; each range has one. */
export function vpcCidrAssociationId(region: PlaceState, vpc: Vpc, cidr: string): string {
  return region.derivedId('vpc-cidr-assoc', `${vpc.id}/${cidr}`);
}

export function vpcShape(region: PlaceState, vpc: Vpc): Ec2.Vpc {
  return {
    OwnerId: vpc.ownerId,
    InstanceTenancy: 'default',
    CidrBlockAssociationSet: vpc.cidrBlocks.map(cidr => ({
      AssociationId: vpcCidrAssociationId(region, vpc, cidr),
      CidrBlock: cidr,
      CidrBlockState: { State: 'associated' },
    })),
    IsDefault: vpc.isDefault,
    Tags: tagList(vpc.tags),
    VpcId: vpc.id,
    State: 'available',
    CidrBlock: vpc.cidrBlocks[0] ?? '',
    DhcpOptionsId: vpc.dhcpOptionsId ?? 'default',
  };
}

function describeVpcs(input: Ec2.DescribeVpcsRequest, { region }: CallContext): Ec2.DescribeVpcsResult {
  const page = list(listing(region), region.vpcs, input.VpcIds, input);
  return { Vpcs: page.items.map(vpc => vpcShape(region, vpc)), ...optional({ NextToken: page.nextToken }) };
}

function describeVpcAttribute(
  input: Ec2.DescribeVpcAttributeRequest,
  { region }: CallContext,
): Ec2.DescribeVpcAttributeResult {
  const vpc = find('vpc', region.vpcs, input.VpcId ?? '');
  const attributes = attributesOf(region, vpc);
  const { Attribute } = input;
  switch (Attribute) {
    case 'enableDnsSupport':
      return { VpcId: vpc.id, EnableDnsSupport: { Value: attributes.enableDnsSupport } };
    case 'enableDnsHostnames':
      return { VpcId: vpc.id, EnableDnsHostnames: { Value: attributes.enableDnsHostnames } };
    case 'enableNetworkAddressUsageMetrics':
      return { VpcId: vpc.id, EnableNetworkAddressUsageMetrics: { Value: false } };
    default:
      throw new ServiceFault(
        'InvalidParameterValue',
        `Value (${Attribute}) for parameter attribute is invalid. Unknown attribute.`,
      );
  }
}

function attributesOf(region: PlaceState, vpc: Vpc): VpcDnsAttributes {
  return region.dnsAttributes.get(vpc.id) ?? { enableDnsSupport: true, enableDnsHostnames: false };
}

/** One attribute a call; host names need support first ("Amazon VPC User Guide: DNS attributes"). */
function modifyVpcAttribute(input: Ec2.ModifyVpcAttributeRequest, { region }: CallContext): object {
  const vpc = find('vpc', region.vpcs, input.VpcId ?? '');
  const { EnableDnsSupport, EnableDnsHostnames, EnableNetworkAddressUsageMetrics } = input;
  oneAttribute(input, ['EnableDnsSupport', 'EnableDnsHostnames', 'EnableNetworkAddressUsageMetrics']);
  if (EnableNetworkAddressUsageMetrics?.Value)
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud has no network address usage metrics.');
  const before = attributesOf(region, vpc);
  const after = {
    enableDnsSupport: EnableDnsSupport?.Value ?? before.enableDnsSupport,
    enableDnsHostnames: EnableDnsHostnames?.Value ?? before.enableDnsHostnames,
  };
  if (after.enableDnsHostnames && !after.enableDnsSupport)
    throw hostnamesNeedSupport(vpc, EnableDnsHostnames !== undefined);
  region.dnsAttributes.set(vpc.id, after);
  return {};
}

function hostnamesNeedSupport(vpc: Vpc, isAboutHostnames: boolean): ServiceFault {
  const message = isAboutHostnames
    ? `DNS hostnames cannot be enabled for ${vpc.id} while DNS support is disabled`
    : `DNS support cannot be disabled for ${vpc.id} while DNS hostnames are enabled`;
  return new ServiceFault('InvalidParameterValue', message);
}

export const vpcOperations: OperationTable = {
  DescribeVpcs: describeVpcs,
  DescribeVpcAttribute: describeVpcAttribute,
  ModifyVpcAttribute: modifyVpcAttribute,
};
