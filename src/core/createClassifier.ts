import { type AddressClass, type AddressPlace, addressClasses } from './classification';
import type { NetworkInterfaceId, VpcEndpointId } from './ids';
import { type Cidr, cidrAround, contains, formatIpv4, ipv4, parseCidr, parseIpv4 } from './ipv4';
import type { NetworkInterface, Route, RouteTable, Vpc, VpcEndpoint } from './network';
import { need, orGap, valueOr } from './reading';
import { matchRoute, rangesOf } from './rules/matchRoute';
import { SegmentTable } from './segmentTable';
import { known, type NetworkSnapshot, type Reading } from './snapshot';
import {
  endpointIdInDescription,
  endpointOf,
  interfaceIn,
  prefixListsFor,
  subnetIn,
  tableOf,
  vpcIn,
} from './snapshotLookup';
import { LINK_LOCAL_RESOLVER, resolverAddress } from './vpcResolver';

/** What the ingest of a packet needs of an address. Shared objects: looking up allocates nothing. */
export interface Classified {
  /** Index into `addressClasses`. */
  readonly classIndex: number;
  /** Row of `endpointInterfaces`, 1-based; 0 none. */
  readonly interfaceRow: number;
  /** Row of the route table's routes, 1-based; 0 none. */
  readonly routeRow: number;
  readonly place: AddressPlace;
}

/** An interface of an endpoint in the capturing VPC, in the order of `interfaceRow`. */
export interface EndpointInterfaceRow {
  readonly networkInterface: NetworkInterface;
  readonly endpoint: VpcEndpoint | undefined;
  readonly availabilityZone: string | undefined;
}

export interface Classifier {
  /** Where an address (unsigned) leads from the capturing interface. */
  classify(address: number): Classified;
  readonly endpointInterfaces: readonly EndpointInterfaceRow[];
  /** Table of the capturing interface's subnet; its routes are in the order of `routeRow`. */
  readonly routeTable: Reading<RouteTable>;
}

/** Rows travel in one byte (`packetColumns`). */
const lastRow = 255;
const LINK_LOCAL = parseCidr('169.254.0.0/16')!;
/** Multicast and reserved: never routed by a VPC. */
const UNROUTED = parseCidr('224.0.0.0/3')!;

/**
 * Builds the look-up for one capture: the address space cut at every border that the snapshot knows, each piece judged once by the rules.
 * Parts that were not read make pieces `unknown`; they never make them `noRoute` or `local`.
 */
export function createClassifier(snapshot: NetworkSnapshot, networkInterfaceId: NetworkInterfaceId): Classifier {
  const sight = new Sight(snapshot, networkInterfaceId);
  const starts = Uint32Array.from(sight.borders());
  const table = new SegmentTable(
    starts,
    Array.from(starts, start => sight.judge(start)),
  );
  return {
    classify: address => table.lookup(address),
    endpointInterfaces: sight.endpointInterfaces,
    routeTable: sight.routeTable,
  };
}

/** What can be seen from the capturing interface, each part with its gap. */
class Sight {
  readonly routeTable: Reading<RouteTable>;
  readonly endpointInterfaces: readonly EndpointInterfaceRow[];
  readonly #snapshot: NetworkSnapshot;
  readonly #vpc: Reading<Vpc>;
  readonly #owners: ReadonlyMap<number, NetworkInterface>;
  readonly #rowOf: ReadonlyMap<NetworkInterfaceId, number>;

  constructor(snapshot: NetworkSnapshot, id: NetworkInterfaceId) {
    this.#snapshot = snapshot;
    const own = orGap(() => interfaceIn(snapshot, id));
    this.#vpc = own.known ? orGap(() => vpcIn(snapshot, own.value.vpcId)) : own;
    this.routeTable = own.known ? orGap(() => tableOf(snapshot, subnetIn(snapshot, own.value.subnetId))) : own;
    const neighbours = valueOr(snapshot.networkInterfaces, []).filter(
      candidate =>
        own.known && candidate.vpcId === own.value.vpcId && parseIpv4(candidate.privateIpAddress) !== undefined,
    );
    this.#owners = new Map(neighbours.map(neighbour => [ipv4(neighbour.privateIpAddress), neighbour]));
    this.endpointInterfaces = endpointRows(snapshot, neighbours);
    this.#rowOf = new Map(this.endpointInterfaces.map((row, i) => [row.networkInterface.id, i + 1]));
  }

  /** First addresses of all pieces, sorted; the first is 0. */
  borders(): readonly number[] {
    const starts = new Set([0]);
    for (const { first, last } of this.#ranges()) {
      starts.add(first);
      if (last < 2 ** 32 - 1) starts.add(last + 1);
    }
    return [...starts].sort((a, b) => a - b);
  }

  judge(address: number): Classified {
    const route = this.#routeTo(address);
    const owner = this.#owners.get(address);
    const row = (owner && this.#rowOf.get(owner.id)) ?? 0;
    return {
      classIndex: addressClasses.indexOf(this.#classOf(address, owner, route)),
      interfaceRow: upToLastRow(row),
      routeRow: upToLastRow(this.#rowOfRoute(route)),
      place: {
        addressClass: this.#classOf(address, owner, route),
        endpointId: endpointBehind(valueOr(route, undefined), this.endpointInterfaces[row - 1]),
        networkInterfaceId: owner?.id,
        route: valueOr(route, undefined),
      },
    };
  }

  #classOf(address: number, owner: NetworkInterface | undefined, route: Reading<Route | undefined>): AddressClass {
    if (this.#resolvers().includes(address)) return 'resolver';
    if (contains(LINK_LOCAL, address)) return 'linkLocal';
    if (contains(UNROUTED, address)) return 'unknown';
    if (owner) return classOfOwner(owner);
    if (this.#isInVpc(address)) return this.#snapshot.networkInterfaces.known ? 'local' : 'unknown';
    if (!route.known || !this.#vpc.known) return 'unknown';
    return route.value ? classOfRoute(route.value) : 'noRoute';
  }

  #rowOfRoute(route: Reading<Route | undefined>): number {
    return route.known && route.value ? need(this.routeTable).routes.indexOf(route.value) + 1 : 0;
  }

  /** Link-local services are at hand on every host, and what a VPC never routes has no route either. */
  #routeTo(address: number): Reading<Route | undefined> {
    if (contains(LINK_LOCAL, address) || contains(UNROUTED, address)) return known(undefined);
    return orGap(() => {
      const table = need(this.routeTable);
      const lists = this.#isInVpc(address) ? [] : prefixListsFor(this.#snapshot, table);
      return matchRoute(table.routes, formatIpv4(address), lists).winner?.route;
    });
  }

  #ranges(): readonly Cidr[] {
    const routes = valueOr(this.routeTable, undefined)?.routes ?? [];
    const lists = valueOr(this.#snapshot.prefixLists, []);
    const texts = [...routes.flatMap(route => rangesOf(route, lists)), ...this.#vpcRanges()];
    const single = [...this.#owners.keys(), ...this.#resolvers()].map(address => cidrAround(address, 32));
    return [...texts.flatMap(text => parseCidr(text) ?? []), ...single, LINK_LOCAL, UNROUTED];
  }

  #vpcRanges(): readonly string[] {
    return valueOr(this.#vpc, undefined)?.cidrBlocks ?? [];
  }

  #isInVpc(address: number): boolean {
    return this.#vpcRanges().some(text => {
      const range = parseCidr(text);
      return range !== undefined && contains(range, address);
    });
  }

  #resolvers(): readonly number[] {
    const own = this.#vpc.known ? resolverAddress(this.#vpc.value) : undefined;
    return own ? [ipv4(LINK_LOCAL_RESOLVER), ipv4(own)] : [ipv4(LINK_LOCAL_RESOLVER)];
  }
}

function endpointBehind(route: Route | undefined, row: EndpointInterfaceRow | undefined): VpcEndpointId | undefined {
  if (route?.target.kind === 'gatewayEndpoint') return route.target.id;
  return row && (row.endpoint?.id ?? endpointIdInDescription(row.networkInterface));
}

function endpointRows(
  snapshot: NetworkSnapshot,
  neighbours: readonly NetworkInterface[],
): readonly EndpointInterfaceRow[] {
  const subnets = valueOr(snapshot.subnets, []);
  const rows = neighbours
    .filter(({ kind }) => kind === 'vpcEndpoint')
    .map(networkInterface => ({
      networkInterface,
      endpoint: valueOr(
        orGap(() => endpointOf(snapshot, networkInterface)),
        undefined,
      ),
      availabilityZone: subnets.find(({ id }) => id === networkInterface.subnetId)?.availabilityZone,
    }));
  return rows.sort((a, b) => compare(sortKey(a), sortKey(b)));
}

const sortKey = (row: EndpointInterfaceRow) =>
  `${row.endpoint?.id ?? '~'} ${row.availabilityZone ?? '~'} ${row.networkInterface.id}`;

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

const upToLastRow = (row: number) => (row > lastRow ? 0 : row);

function classOfOwner(owner: NetworkInterface): AddressClass {
  switch (owner.kind) {
    case 'vpcEndpoint':
      return 'endpointInterface';
    case 'instance':
      return 'instance';
    case 'networkLoadBalancer':
      return 'loadBalancer';
    case 'natGateway':
    case 'instanceConnectEndpoint':
    case 'other':
      return 'local';
  }
}

function classOfRoute(route: Route): AddressClass {
  if (route.state === 'blackhole') return 'noRoute';
  switch (route.target.kind) {
    case 'local':
      return 'local';
    case 'internetGateway':
      return 'internetGateway';
    case 'natGateway':
      return 'natGateway';
    case 'gatewayEndpoint':
      return 'gatewayEndpoint';
    case 'peeringConnection':
      return 'peering';
    case 'networkInterface':
    case 'other':
      return 'unknown';
  }
}
