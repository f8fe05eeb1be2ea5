import type { NetworkInterfaceId, RouteTableId, SecurityGroupId, VpcId } from '../core/ids';
import type { InstanceConnectEndpoint } from '../core/instanceConnectEndpoint';
import { nameTag, type RouteTable, type Subnet, type VpcEndpoint } from '../core/network';
import type { Gap, NetworkSnapshot, Reading } from '../core/snapshot';
import type { EndpointDetails, EndpointInterface, EndpointRouteTable, InstanceConnectDetails } from './appModel';

/** Joins endpoints with what one snapshot knows of their surroundings. Everything is found by id: many endpoints cost what they are. */
export class EndpointJoiner {
  readonly #interfaces;
  readonly #subnets;
  readonly #groups;
  readonly #tables;
  readonly #prefixLists;
  readonly #subnetsOfTable: ReadonlyMap<RouteTableId, readonly Subnet[]>;

  constructor(snapshot: NetworkSnapshot) {
    this.#interfaces = byId(snapshot.networkInterfaces);
    this.#subnets = byId(snapshot.subnets);
    this.#groups = byId(snapshot.securityGroups);
    this.#tables = byId(snapshot.routeTables);
    this.#prefixLists = byId(snapshot.prefixLists);
    this.#subnetsOfTable = subnetsByTable([...this.#tables.items.values()], [...this.#subnets.items.values()]);
  }

  endpoint(endpoint: VpcEndpoint): EndpointDetails {
    const { networkInterfaceIds, securityGroupIds, routeTableIds } = endpoint;
    return {
      endpoint,
      interfaces: this.#interfacesOf(networkInterfaceIds),
      securityGroups: this.#groupsOf(securityGroupIds),
      routeTables: routeTableIds.map(id => this.#routeTable(id, endpoint)),
      gaps: [
        ...(networkInterfaceIds.length > 0 ? [this.#subnets, this.#interfaces] : []),
        ...(securityGroupIds.length > 0 ? [this.#groups] : []),
        ...(routeTableIds.length > 0 ? [this.#tables, this.#prefixLists] : []),
      ].flatMap(({ gap }) => gap ?? []),
    };
  }

  instanceConnect(instanceConnect: InstanceConnectEndpoint): InstanceConnectDetails {
    return {
      instanceConnect,
      interfaces: this.#interfacesOf(instanceConnect.networkInterfaceIds),
      subnet: this.#subnets.items.get(instanceConnect.subnetId),
      securityGroups: this.#groupsOf(instanceConnect.securityGroupIds),
      gaps: [this.#subnets, this.#interfaces, this.#groups].flatMap(({ gap }) => gap ?? []),
    };
  }

  #interfacesOf(ids: readonly NetworkInterfaceId[]): readonly EndpointInterface[] {
    return ids
      .flatMap(id => this.#interfaces.items.get(id) ?? [])
      .map(item => {
        const subnet = this.#subnets.items.get(item.subnetId);
        return { ...item, availabilityZone: subnet?.availabilityZone, availabilityZoneId: subnet?.availabilityZoneId };
      })
      .sort(byZone);
  }

  #groupsOf(ids: readonly SecurityGroupId[]) {
    return ids.flatMap(id => this.#groups.items.get(id) ?? []);
  }

  #routeTable(id: RouteTableId, endpoint: VpcEndpoint): EndpointRouteTable {
    const table = this.#tables.items.get(id);
    const route = table?.routes.find(({ target }) => target.kind === 'gatewayEndpoint' && target.id === endpoint.id);
    const prefixListId = route?.destination.kind === 'prefixList' ? route.destination.prefixListId : undefined;
    return {
      id,
      name: table && nameTag(table.tags),
      prefixListId,
      prefixListName: prefixListId && this.#prefixLists.items.get(prefixListId)?.name,
      subnets: this.#subnetsOfTable.get(id) ?? [],
    };
  }
}

/** Whose traffic leaves by each table: explicit associations, and for a main table the rest of its VPC. */
export function subnetsByTable(
  tables: readonly RouteTable[],
  subnets: readonly Subnet[],
): ReadonlyMap<RouteTableId, readonly Subnet[]> {
  const explicit = new Map(tables.flatMap(table => table.subnetIds.map(subnet => [subnet, table.id] as const)));
  const main = new Map<VpcId, RouteTableId>();
  for (const table of tables) if (table.isMain) main.set(table.vpcId, table.id);
  const found = new Map<RouteTableId, Subnet[]>();
  for (const subnet of subnets) {
    const table = explicit.get(subnet.id) ?? main.get(subnet.vpcId);
    if (table === undefined) continue;
    const users = found.get(table);
    if (users) users.push(subnet);
    else found.set(table, [subnet]);
  }
  return found;
}

interface Indexed<T> {
  readonly items: ReadonlyMap<string, T>;
  readonly gap: Gap | undefined;
}

function byId<T extends { readonly id: string }>(reading: Reading<readonly T[]>): Indexed<T> {
  if (!reading.known) return { items: new Map(), gap: reading.gap };
  return { items: new Map(reading.value.map(item => [item.id, item])), gap: undefined };
}

function byZone(one: EndpointInterface, other: EndpointInterface): number {
  return (
    (one.availabilityZone ?? '').localeCompare(other.availabilityZone ?? '', 'en') ||
    one.id.localeCompare(other.id, 'en')
  );
}
