import type { Tags } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import { isSideOf } from '../../world/peeringLife';
import type { PlaceState } from '../../world/placeState';
import type { World } from '../../world/world';
import { find, type ResourceKind } from '../common/resourceIds';
import { ownSide } from './peeringShapes';

type Context = { readonly world: World; readonly region: PlaceState };

type TaggedTable = ReadonlyMap<string, { readonly id: string; readonly tags?: Tags }>;

/** A kind of resource that may carry tags: in its own value, or beside it. */
interface TaggedKind {
  readonly resourceType: string;
  readonly kind: ResourceKind;
  readonly table: (context: Context) => TaggedTable;
  /** Where tags are kept in neither of the two ways. */
  readonly store?: (context: Context, id: string, tags: Tags) => void;
}

function inRegion(resourceType: string, kind: ResourceKind, table: (region: PlaceState) => TaggedTable): TaggedKind {
  return { resourceType, kind, table: ({ region }) => table(region) };
}

/** By the prefix of their ids. */
const kinds: Readonly<Record<string, TaggedKind>> = {
  vpc: inRegion('vpc', 'vpc', region => region.vpcs),
  subnet: inRegion('subnet', 'subnet', region => region.subnets),
  rtb: inRegion('route-table', 'routeTable', region => region.routeTables),
  igw: inRegion('internet-gateway', 'internetGateway', region => region.internetGateways),
  nat: inRegion('natgateway', 'natGateway', region => region.natGateways),
  eipalloc: inRegion('elastic-ip', 'elasticAddress', region => region.elasticAddresses),
  dopt: inRegion('dhcp-options', 'dhcpOptions', region => region.dhcpOptions),
  acl: inRegion('network-acl', 'networkAcl', region => region.networkAcls),
  sg: inRegion('security-group', 'namedSecurityGroup', region => region.securityGroups),
  sgr: inRegion('security-group-rule', 'securityGroupRule', rulesOf),
  eni: inRegion('network-interface', 'networkInterface', region => region.networkInterfaces),
  vpce: inRegion('vpc-endpoint', 'endpoint', region => region.endpoints),
  'vpce-svc': inRegion('vpc-endpoint-service', 'endpointService', region => region.endpointServices),
  pcx: {
    resourceType: 'vpc-peering-connection',
    kind: 'peeringConnection',
    table: listedPeerings,
    store: tagPeering,
  },
  i: inRegion('instance', 'instance', region => region.instances),
  vol: inRegion('volume', 'volume', region => region.volumes),
  pl: inRegion('prefix-list', 'prefixList', region => region.managedPrefixLists),
  key: inRegion('key-pair', 'keyPair', region => region.keyPairs),
  eice: inRegion('instance-connect-endpoint', 'instanceConnectEndpoint', region => region.instanceConnectEndpoints),
};

function rulesOf(region: PlaceState): TaggedTable {
  const rules = [...region.securityGroups.values()].flatMap(group => group.rules);
  return new Map(rules.map(rule => [rule.id, rule]));
}

function listedPeerings({ world, region }: Context): TaggedTable {
  const listed = [...region.listedPeerings].flatMap(id => world.peeringConnections.get(id) ?? []);
  return new Map(
    listed.map(connection => [connection.id, { id: connection.id, tags: ownSide(region, connection).tags }]),
  );
}

/** Tags of a peering connection are seen on the side that set them. */
function tagPeering({ world, region }: Context, id: string, tags: Tags): void {
  for (const connection of world.peeringConnections.values()) {
    if (connection.id !== id) continue;
    const name = isSideOf(region.place, connection.requester) ? 'requester' : 'accepter';
    world.peeringConnections.set(connection.id, { ...connection, [name]: { ...connection[name], tags } });
  }
}

function prefixOf(id: string): string | undefined {
  return /^([a-z]+(?:-[a-z]+)*)-[0-9a-f]+$/.exec(id)?.[1];
}

function kindOf(id: string): TaggedKind {
  const prefix = prefixOf(id);
  const found = prefix !== undefined && Object.hasOwn(kinds, prefix) ? kinds[prefix] : undefined;
  if (!found) throw new ServiceFault('InvalidID', `The ID '${id}' is not valid`);
  return found;
}

/** Tags of a resource that must exist. */
export function tagsOfResource(context: Context, id: string): Tags {
  const { kind, table } = kindOf(id);
  return find(kind, table(context), id).tags ?? context.region.otherTags.get(id) ?? {};
}

/** What an id names, as far as that is known from the id alone when there is no such resource; undefined for ids of no taggable kind. */
export function describeTagged(
  context: Context,
  id: string,
): { readonly resourceType: string; readonly tags: Tags; readonly vpcId: string | undefined } | undefined {
  const prefix = prefixOf(id);
  const found = prefix !== undefined && Object.hasOwn(kinds, prefix) ? kinds[prefix] : undefined;
  if (!found) return undefined;
  const value = found.table(context).get(id) as { readonly tags?: Tags; readonly vpcId?: string } | undefined;
  const tags = value?.tags ?? context.region.otherTags.get(id) ?? {};
  return { resourceType: found.resourceType, tags, vpcId: value?.vpcId };
}

export function setTagsOfResource(context: Context, id: string, tags: Tags): void {
  const { table, store } = kindOf(id);
  if (store) {
    store(context, id, tags);
    return;
  }
  const own = table(context) as Map<string, { readonly id: string; readonly tags?: Tags }>;
  const found = own.get(id);
  if (found?.tags) own.set(id, { ...found, tags });
  else context.region.otherTags.set(id, tags);
}

export interface TagDescription {
  readonly resourceId: string;
  readonly resourceType: string;
  readonly key: string;
  readonly value: string;
}

/** Every tag of every resource of a place, kind by kind. */
export function allTags(context: Context): readonly TagDescription[] {
  return Object.values(kinds).flatMap(({ resourceType, table }) =>
    [...table(context).values()].flatMap(({ id, tags }) =>
      Object.entries(tags ?? context.region.otherTags.get(id) ?? {}).map(([key, value]) => ({
        resourceId: id,
        resourceType,
        key,
        value,
      })),
    ),
  );
}
