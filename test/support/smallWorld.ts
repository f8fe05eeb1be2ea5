import { Emitter } from '../../src/base/event';
import type { PeeringConnectionId } from '../../src/core/ids';
import type { Place } from '../../src/core/network';
import type { PeeringConnection } from '../../src/core/peering';
import { privateNamesOfService } from '../../src/core/serviceNames';
import type { NetworkSnapshot, Reading } from '../../src/core/snapshot';
import type { RegionState, RoleCredentials, WorldChange, WorldView } from '../../src/simulator/world/regionState';
import { ec2Name, snapshot } from './networkBuilders';

const nothing = { known: true, value: [] } as const;

/** The one public address of the EC2 service. */
export const publicEc2Address = '52.95.80.10';

/** A hand-made world of one region, made from a snapshot; its tables may be changed at any time. */
export class SmallWorld implements WorldView {
  readonly state: RegionState;
  readonly changes = new Emitter<WorldChange>();
  readonly onDidChange = this.changes.event;
  readonly settled = new Emitter<void>();
  readonly onDidSettle = this.settled.event;
  readonly peeringConnections = new Map<PeeringConnectionId, PeeringConnection>();
  readonly #others = new Map<string, RegionState>();
  #looks = 0;
  credentials: RoleCredentials | undefined;
  readonly texts = new Map<string, readonly string[]>();
  readonly services = new Map([[publicEc2Address, { service: 'ec2', region: 'ap-south-1' }]]);
  readonly names = new Map<string, readonly string[]>([[ec2Name, [publicEc2Address]]]);

  constructor(changes: Partial<NetworkSnapshot> = {}) {
    this.state = stateOf(snapshot(changes));
  }

  /** Nothing tells of changes to the tables, so each look may find another world. */
  get version(): number {
    return this.#looks++;
  }

  get place(): Place {
    return this.state.place;
  }

  get regions(): Iterable<RegionState> {
    return [this.state, ...this.#others.values()];
  }

  /** Empty when it is asked for the first time, but for the one that the world was made with. */
  region(place: Place): RegionState {
    const key = `${place.accountId} ${place.region}`;
    if (key === `${this.place.accountId} ${this.place.region}`) return this.state;
    const known = this.#others.get(key) ?? emptyState(place);
    this.#others.set(key, known);
    return known;
  }

  roleCredentials(): RoleCredentials | undefined {
    return this.credentials;
  }

  publicAddresses(name: string): readonly string[] | undefined {
    return this.names.get(name.toLowerCase());
  }

  publishedTexts(name: string): readonly string[] {
    return this.texts.get(name.toLowerCase()) ?? [];
  }

  serviceAt(address: string): { readonly service: string; readonly region: string } | undefined {
    return this.services.get(address);
  }

  privateNamesOf(serviceName: string): readonly string[] {
    return privateNamesOfService(serviceName);
  }
}

function emptyState(place: Place): RegionState {
  return stateOf(
    snapshot({
      place,
      vpcs: nothing,
      dnsAttributes: new Map(),
      subnets: nothing,
      routeTables: nothing,
      prefixLists: nothing,
      internetGateways: nothing,
      securityGroups: nothing,
      networkAcls: nothing,
      networkInterfaces: nothing,
      endpoints: nothing,
      instances: nothing,
    }),
  );
}

function stateOf(from: NetworkSnapshot): RegionState {
  return {
    place: from.place,
    vpcs: table(from.vpcs),
    dnsAttributes: new Map(
      [...from.dnsAttributes].flatMap(([id, reading]) => (reading.known ? [[id, reading.value] as const] : [])),
    ),
    dhcpOptions: table(from.dhcpOptions),
    subnets: table(from.subnets),
    routeTables: table(from.routeTables),
    prefixLists: table(from.prefixLists),
    internetGateways: table(from.internetGateways),
    natGateways: table(from.natGateways ?? nothing),
    elasticAddresses: new Map(),
    securityGroups: table(from.securityGroups),
    networkAcls: table(from.networkAcls),
    networkInterfaces: table(from.networkInterfaces),
    endpoints: table(from.endpoints),
    endpointServices: new Map(),
    loadBalancers: new Map(),
    targetGroups: new Map(),
    listeners: new Map(),
    instanceConnectEndpoints: new Map(),
    instances: table(from.instances),
    instanceDetails: new Map(),
    otherTags: new Map(),
  };
}

function table<Id extends string, T extends { readonly id: Id }>(reading: Reading<readonly T[]>): Map<Id, T> {
  return new Map(reading.known ? reading.value.map(value => [value.id, value]) : []);
}

/** Replaces one value of a table by a changed copy. */
export function change<Id, T extends object>(values: Map<Id, T>, id: Id, changes: Partial<T>): void {
  const before = values.get(id);
  if (!before) throw new RangeError(`${String(id)} is not there`);
  values.set(id, { ...before, ...changes });
}
