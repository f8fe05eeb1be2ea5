import { type AddressClass, type AddressPlace, classIndexOf } from './classification';
import type { NetworkInterfaceId, VpcEndpointId } from './ids';
import { type Cidr, formatIpv4, parseCidr, parseIpv4 } from './ipv4';
import { canonicalIpv6, parseIpv6 } from './ipv6';
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
import { rangeHolds, specialAddresses, specialClass, specialRanges } from './specialAddresses';
import { resolverAddress } from './vpcResolver';

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
  /** Where an IPv4 address (unsigned) leads from the capturing interface. */
  classify(address: number): Classified;
  /** The same for an IPv6 address as tcpdump prints it; other text is unknown. */
  classifyIpv6(address: string): Classified;
  readonly endpointInterfaces: readonly EndpointInterfaceRow[];
  /** Table of the capturing interface's subnet; its routes are in the order of `routeRow`. */
  readonly routeTable: Reading<RouteTable>;
}

/** Rows travel in one byte (`packetColumns`). */
const lastRow = 255;
const nowhere: Classified = {
  classIndex: classIndexOf('unknown'),
  interfaceRow: 0,
  routeRow: 0,
  place: { addressClass: 'unknown', endpointId: undefined, networkInterfaceId: undefined, route: undefined },
};
/** IPv6 addresses whose places are remembered. */
const MAX_REMEMBERED = 10_000;

/**
 * Builds the look-up for one capture: the IPv4 space cut at every border that the snapshot knows, each piece judged once by the rules; IPv6
 * addresses judged when they are first seen. Parts that were not read make places `unknown`; they never make them `noRoute` or `local`.
 */
export function createClassifier(snapshot: NetworkSnapshot, networkInterfaceId: NetworkInterfaceId): Classifier {
  const sight = new Sight(snapshot, networkInterfaceId);
  const starts = Uint32Array.from(sight.borders());
  const table = new SegmentTable(
    starts,
    Array.from(starts, start => sight.judge(formatIpv4(start))),
  );
  const seen = new Map<string, Classified>();
  return {
    classify: address => table.lookup(address),
    classifyIpv6: address => {
      const known = seen.get(address);
      if (known) return known;
      if (seen.size >= MAX_REMEMBERED) seen.clear();
      const classified = parseIpv6(address) ? sight.judge(canonicalIpv6(address)) : nowhere;
      seen.set(address, classified);
      return classified;
    },
    endpointInterfaces: sight.endpointInterfaces,
    routeTable: sight.routeTable,
  };
}

/** As the classifier's own questions, for an address as text; undefined for text that is none. */
export function classifyAddress(
  classifier: Pick<Classifier, 'classify' | 'classifyIpv6'>,
  address: string,
): Classified | undefined {
  const number = parseIpv4(address);
  if (number !== undefined) return classifier.classify(number);
  return parseIpv6(address) ? classifier.classifyIpv6(address) : undefined;
}

/** Every address of an interface, of both families, in the form that tcpdump prints. */
export function addressesOf({ privateIpAddress, furtherAddresses = [] }: NetworkInterface): readonly string[] {
  return [privateIpAddress, ...furtherAddresses].filter(Boolean).map(canonicalIpv6);
}

/** What can be seen from the capturing interface, each part with its gap. Addresses are text of either family. */
class Sight {
  readonly routeTable: Reading<RouteTable>;
  readonly endpointInterfaces: readonly EndpointInterfaceRow[];
  readonly #snapshot: NetworkSnapshot;
  readonly #ownId: NetworkInterfaceId;
  readonly #vpc: Reading<Vpc>;
  readonly #owners: ReadonlyMap<string, NetworkInterface>;
  readonly #rowOf: ReadonlyMap<NetworkInterfaceId, number>;
  readonly #resolver: string | undefined;

  constructor(snapshot: NetworkSnapshot, id: NetworkInterfaceId) {
    this.#snapshot = snapshot;
    this.#ownId = id;
    const own = orGap(() => interfaceIn(snapshot, id));
    this.#vpc = own.known ? orGap(() => vpcIn(snapshot, own.value.vpcId)) : own;
    this.#resolver = this.#vpc.known ? resolverAddress(this.#vpc.value) : undefined;
    this.routeTable = own.known ? orGap(() => tableOf(snapshot, subnetIn(snapshot, own.value.subnetId))) : own;
    const neighbours = valueOr(snapshot.networkInterfaces, []).filter(
      candidate => own.known && candidate.vpcId === own.value.vpcId,
    );
    this.#owners = new Map(neighbours.flatMap(owner => addressesOf(owner).map(address => [address, owner])));
    this.endpointInterfaces = endpointRows(snapshot, neighbours);
    this.#rowOf = new Map(this.endpointInterfaces.map((row, i) => [row.networkInterface.id, i + 1]));
  }

  /** First addresses of all pieces of the IPv4 space, sorted; the first is 0. */
  borders(): readonly number[] {
    const starts = new Set([0]);
    for (const { first, last } of this.#ranges()) {
      starts.add(first);
      if (last < 2 ** 32 - 1) starts.add(last + 1);
    }
    return [...starts].sort((a, b) => a - b);
  }

  judge(address: string): Classified {
    const special = address === this.#resolver ? 'resolver' : specialClass(address);
    const route = this.#routeTo(address);
    const owner = this.#owners.get(address);
    const row = (owner && this.#rowOf.get(owner.id)) ?? 0;
    const addressClass = special ?? this.#classOf(address, owner, route);
    return {
      classIndex: classIndexOf(addressClass),
      interfaceRow: upToLastRow(row),
      routeRow: upToLastRow(this.#rowOfRoute(route)),
      place: {
        addressClass,
        endpointId: endpointBehind(valueOr(route, undefined), this.endpointInterfaces[row - 1]),
        networkInterfaceId: owner?.id,
        route: valueOr(route, undefined),
      },
    };
  }

  #classOf(address: string, owner: NetworkInterface | undefined, route: Reading<Route | undefined>): AddressClass {
    if (owner) return owner.id === this.#ownId ? 'ownAddress' : classOfOwner(owner);
    if (this.#isInVpc(address)) return this.#snapshot.networkInterfaces.known ? 'local' : 'unknown';
    if (!route.known || !this.#vpc.known) return 'unknown';
    return route.value ? classOfRoute(route.value) : 'noRoute';
  }

  #rowOfRoute(route: Reading<Route | undefined>): number {
    return route.known && route.value ? need(this.routeTable).routes.indexOf(route.value) + 1 : 0;
  }

  #routeTo(address: string): Reading<Route | undefined> {
    if (specialClass(address)) return known(undefined);
    return orGap(() => {
      const table = need(this.routeTable);
      const lists = this.#isInVpc(address) ? [] : prefixListsFor(this.#snapshot, table);
      return matchRoute(table.routes, address, lists).winner?.route;
    });
  }

  #ranges(): readonly Cidr[] {
    const routes = valueOr(this.routeTable, undefined)?.routes ?? [];
    const lists = valueOr(this.#snapshot.prefixLists, []);
    const texts = [...routes.flatMap(route => rangesOf(route, lists)), ...this.#vpcRanges(), ...specialRanges];
    const single = [...this.#owners.keys(), ...specialAddresses, this.#resolver ?? ''].map(text => `${text}/32`);
    return [...texts, ...single].flatMap(text => parseCidr(text) ?? []);
  }

  #vpcRanges(): readonly string[] {
    const vpc = valueOr(this.#vpc, undefined);
    return [...(vpc?.cidrBlocks ?? []), ...(vpc?.ipv6CidrBlocks ?? [])];
  }

  #isInVpc(address: string): boolean {
    return this.#vpcRanges().some(range => rangeHolds(range, address));
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

/** "Elastic Load Balancing User Guide: Application Load Balancers": an interface of theirs is told by its description alone. */
const LOAD_BALANCER = /^ELB /;

function classOfOwner({ kind, description }: NetworkInterface): AddressClass {
  switch (kind) {
    case 'vpcEndpoint':
      return 'endpointInterface';
    case 'instance':
      return 'instance';
    case 'networkLoadBalancer':
      return 'loadBalancer';
    case 'natGateway':
    case 'instanceConnectEndpoint':
      return 'otherInterface';
    case 'other':
      return LOAD_BALANCER.test(description) ? 'loadBalancer' : 'otherInterface';
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
      return 'otherTarget';
    case 'other':
      return route.target.id.startsWith('eigw-') ? 'egressOnlyGateway' : 'otherTarget';
  }
}
