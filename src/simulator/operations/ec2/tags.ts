import type { Tags } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { applyFilters } from '../common/filters';
import { pageOf } from '../common/paging';
import { find, type ResourceKind } from '../common/resourceIds';
import { withoutTags, withTags } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { optional } from './describe';

interface Tagged {
  readonly id: string;
  readonly tags: Tags;
}

/** A kind of resource that may carry tags: in its own value, or beside it. */
interface TaggedKind {
  readonly resourceType: string;
  readonly kind: ResourceKind;
  readonly table: (region: PlaceState) => ReadonlyMap<string, { readonly id: string; readonly tags?: Tags }>;
}

const kinds: Readonly<Record<string, TaggedKind>> = {
  vpc: { resourceType: 'vpc', kind: 'vpc', table: region => region.vpcs },
  subnet: { resourceType: 'subnet', kind: 'subnet', table: region => region.subnets },
  rtb: { resourceType: 'route-table', kind: 'routeTable', table: region => region.routeTables },
  igw: { resourceType: 'internet-gateway', kind: 'internetGateway', table: region => region.internetGateways },
  dopt: { resourceType: 'dhcp-options', kind: 'dhcpOptions', table: region => region.dhcpOptions },
  acl: { resourceType: 'network-acl', kind: 'networkAcl', table: region => region.networkAcls },
  sg: { resourceType: 'security-group', kind: 'securityGroup', table: region => region.securityGroups },
  sgr: { resourceType: 'security-group-rule', kind: 'securityGroupRule', table: rulesOf },
  eni: { resourceType: 'network-interface', kind: 'networkInterface', table: region => region.networkInterfaces },
  vpce: { resourceType: 'vpc-endpoint', kind: 'endpoint', table: region => region.endpoints },
  nat: { resourceType: 'natgateway', kind: 'natGateway', table: region => region.natGateways },
  eipalloc: { resourceType: 'elastic-ip', kind: 'elasticAddress', table: region => region.elasticAddresses },
  i: { resourceType: 'instance', kind: 'instance', table: region => region.instances },
};

function rulesOf(region: PlaceState) {
  const rules = [...region.securityGroups.values()].flatMap(group => group.rules);
  return new Map(rules.map(rule => [rule.id, rule]));
}

function kindOf(id: string): TaggedKind {
  const kind = /^([a-z]+)-[0-9a-f]+$/.exec(id)?.[1];
  const found = kind === undefined ? undefined : kinds[kind];
  if (!found) throw new ServiceFault('InvalidID', `The ID '${id}' is not valid`);
  return found;
}

function findTagged(region: PlaceState, id: string): Tagged {
  const { kind, table } = kindOf(id);
  const found = find(kind, table(region), id);
  return { id, tags: found.tags ?? region.otherTags.get(id) ?? {} };
}

function setTags(region: PlaceState, id: string, tags: Tags): void {
  const table = kindOf(id).table(region) as Map<string, { readonly id: string; readonly tags?: Tags }>;
  const found = table.get(id);
  if (found?.tags) table.set(id, { ...found, tags });
  else region.otherTags.set(id, tags);
}

function createTags(input: Ec2.CreateTagsRequest, { region }: CallContext): object {
  const changes = (input.Resources ?? []).map(id => ({
    id,
    tags: withTags(findTagged(region, id).tags, input.Tags ?? []),
  }));
  for (const { id, tags } of changes) setTags(region, id, tags);
  return {};
}

function deleteTags(input: Ec2.DeleteTagsRequest, { region }: CallContext): object {
  const changes = (input.Resources ?? []).map(id => ({
    id,
    tags: withoutTags(findTagged(region, id).tags, input.Tags),
  }));
  for (const { id, tags } of changes) setTags(region, id, tags);
  return {};
}

interface Description {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly key: string;
  readonly value: string;
}

function descriptions(region: PlaceState): readonly Description[] {
  return Object.values(kinds).flatMap(({ resourceType, table }) =>
    [...table(region).values()].flatMap(({ id, tags }) =>
      Object.entries(tags ?? region.otherTags.get(id) ?? {}).map(([key, value]) => ({
        resourceId: id,
        resourceType,
        key,
        value,
      })),
    ),
  );
}

function describeTags(input: Ec2.DescribeTagsRequest, { region }: CallContext): Ec2.DescribeTagsResult {
  const asTags = ({ key, value }: Description): Tags => ({ [key]: value });
  const table = {
    key: (item: Description) => item.key,
    value: (item: Description) => item.value,
    'resource-id': (item: Description) => item.resourceId,
    'resource-type': (item: Description) => item.resourceType,
  };
  const matching = applyFilters(descriptions(region), input.Filters, table, asTags);
  const page = pageOf(matching, input, { least: 5, most: 1000 }, item => `${item.resourceId}/${item.key}`);
  const Tags = page.items.map(item => ({
    Key: item.key,
    ResourceId: item.resourceId,
    ResourceType: item.resourceType as Ec2.ResourceType,
    Value: item.value,
  }));
  return { Tags, ...optional({ NextToken: page.nextToken }) };
}

export const tagOperations: OperationTable = {
  CreateTags: createTags,
  DeleteTags: deleteTags,
  DescribeTags: describeTags,
};
