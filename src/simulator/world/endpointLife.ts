import {
  type PrefixListId,
  type RouteTableId,
  type SecurityGroupId,
  type SubnetId,
  type VpcEndpointId,
  vpcEndpointId,
} from '../../core/ids';
import type { EndpointDnsEntry, NetworkInterface, Route, Subnet, VpcEndpoint } from '../../core/network';
import { awsServiceOf, ownServiceOf, serviceRegionOf } from '../../core/serviceNames';
import { endConnection, moveEndpoint } from './endpointConnections';
import { addInterface, removeInterface } from './interfaces';
import { privateNamesOf } from './ownServices';
import type { PlaceState } from './placeState';
import type { TransitionTable, World } from './world';

const secondMs = 1000;

export interface InterfaceEndpointPlan {
  readonly vpcId: VpcEndpoint['vpcId'];
  readonly serviceName: string;
  /** `pendingAcceptance` where its provider has to let it in. */
  readonly state: 'pending' | 'pendingAcceptance';
  readonly subnets: readonly Subnet[];
  /** By subnet, where the caller chose them. */
  readonly addresses: ReadonlyMap<SubnetId, string>;
  readonly securityGroupIds: readonly SecurityGroupId[];
  readonly privateDnsEnabled: boolean;
  /** The private names are for inbound resolver endpoints only. */
  readonly isInboundOnly: boolean;
  readonly policyDocument: string;
  readonly tags: VpcEndpoint['tags'];
}

export interface GatewayEndpointPlan {
  readonly vpcId: VpcEndpoint['vpcId'];
  readonly serviceName: string;
  readonly prefixListId: PrefixListId;
  readonly routeTableIds: readonly RouteTableId[];
  readonly policyDocument: string;
  readonly tags: VpcEndpoint['tags'];
}

/** Makes a gateway endpoint, `available` at once, with its routes. */
export function makeGatewayEndpoint(world: World, region: PlaceState, plan: GatewayEndpointPlan): VpcEndpoint {
  const endpoint: VpcEndpoint = {
    id: vpcEndpointId(region.newId('vpce')),
    vpcId: plan.vpcId,
    ownerId: region.place.accountId,
    kind: 'gateway',
    serviceName: plan.serviceName,
    state: 'available',
    privateDnsEnabled: false,
    subnetIds: [],
    networkInterfaceIds: [],
    routeTableIds: plan.routeTableIds,
    securityGroupIds: [],
    dnsEntries: [],
    policyDocument: plan.policyDocument,
    failure: undefined,
    createdAtMs: world.timeline.now(),
    tags: plan.tags,
  };
  region.endpoints.set(endpoint.id, endpoint);
  for (const id of plan.routeTableIds) addGatewayRoute(region, id, plan.prefixListId, endpoint.id);
  return endpoint;
}

export function addGatewayRoute(
  region: PlaceState,
  tableId: RouteTableId,
  prefixListId: PrefixListId,
  endpointId: VpcEndpointId,
): void {
  const table = region.routeTables.get(tableId);
  if (!table) return;
  const route: Route = {
    destination: { kind: 'prefixList', prefixListId },
    target: { kind: 'gatewayEndpoint', id: endpointId },
    state: 'active',
    origin: 'createRoute',
  };
  region.routeTables.set(tableId, { ...table, routes: [...table.routes, route] });
}

export function removeGatewayRoute(region: PlaceState, tableId: RouteTableId, endpointId: VpcEndpointId): void {
  const table = region.routeTables.get(tableId);
  if (!table) return;
  const routes = table.routes.filter(({ target }) => target.kind !== 'gatewayEndpoint' || target.id !== endpointId);
  region.routeTables.set(tableId, { ...table, routes });
}

/** Makes an interface endpoint with an interface per subnet; undefined when a subnet is full. */
export function makeInterfaceEndpoint(
  world: World,
  region: PlaceState,
  plan: InterfaceEndpointPlan,
): VpcEndpoint | undefined {
  const id = vpcEndpointId(region.newId('vpce'));
  const interfaces = addEndpointInterfaces(region, id, plan.subnets, plan.securityGroupIds, plan.addresses);
  if (!interfaces) return undefined;
  if (plan.isInboundOnly) region.inboundOnlyNames.add(id);
  const endpoint: VpcEndpoint = {
    id,
    vpcId: plan.vpcId,
    ownerId: region.place.accountId,
    kind: 'interface',
    serviceName: plan.serviceName,
    state: plan.state,
    privateDnsEnabled: plan.privateDnsEnabled,
    subnetIds: plan.subnets.map(subnet => subnet.id),
    networkInterfaceIds: interfaces.map(made => made.id),
    routeTableIds: [],
    securityGroupIds: plan.securityGroupIds,
    dnsEntries: [],
    policyDocument: plan.policyDocument,
    failure: undefined,
    createdAtMs: world.timeline.now(),
    tags: plan.tags,
  };
  return storeWithNames(world, region, endpoint);
}

/** `pending` → `available`, 30 to 120 s as on AWS. */
export function beginAvailable(world: World, region: PlaceState, id: VpcEndpointId): void {
  const durationMs = region.chanceFor('endpoint available').between(30, 120) * secondMs;
  world.schedule(durationMs, { kind: 'endpointAvailable', place: region.place, subject: id });
}

function becomeAvailable(world: World, region: PlaceState, id: VpcEndpointId): void {
  const endpoint = region.endpoints.get(id);
  if (endpoint?.state === 'pending') moveEndpoint(world, region, endpoint, 'available');
}

/** Stores the endpoint with the names that follow from its subnets and its private DNS. */
export function storeWithNames(world: World, region: PlaceState, endpoint: VpcEndpoint): VpcEndpoint {
  const named = { ...endpoint, dnsEntries: dnsEntriesOf(world, region, endpoint) };
  region.endpoints.set(endpoint.id, named);
  return named;
}

/** An endpoint's interface in each subnet; undefined, and none made, when one has no free address. */
export function addEndpointInterfaces(
  region: PlaceState,
  id: VpcEndpointId,
  subnets: readonly Subnet[],
  securityGroupIds: readonly SecurityGroupId[],
  addresses: ReadonlyMap<SubnetId, string> = new Map(),
): readonly NetworkInterface[] | undefined {
  const made: NetworkInterface[] = [];
  for (const subnet of subnets) {
    const fresh = addEndpointInterface(region, id, subnet, securityGroupIds, addresses.get(subnet.id));
    if (!fresh) {
      for (const { id } of made) removeInterface(region, id);
      return undefined;
    }
    made.push(fresh);
  }
  return made;
}

function addEndpointInterface(
  region: PlaceState,
  id: VpcEndpointId,
  subnet: Subnet,
  securityGroupIds: readonly SecurityGroupId[],
  privateIpAddress?: string,
): NetworkInterface | undefined {
  return addInterface(region, subnet, {
    kind: 'vpcEndpoint',
    privateIpAddress,
    publicIpAddress: undefined,
    securityGroupIds,
    description: `VPC Endpoint Interface ${id}`,
    instanceId: undefined,
    status: 'in-use',
  });
}

/** A gateway goes at once with its routes. An interface endpoint is `deleting`, and its interfaces go a little before it does. */
export function deleteEndpoint(world: World, region: PlaceState, endpoint: VpcEndpoint): void {
  if (endpoint.state === 'deleting') return;
  if (endpoint.kind === 'gateway') {
    for (const id of endpoint.routeTableIds) removeGatewayRoute(region, id, endpoint.id);
    region.endpoints.delete(endpoint.id);
    return;
  }
  moveEndpoint(world, region, endpoint, 'deleting');
  const durationMs = region.chanceFor('endpoint deletion').between(30, 180) * secondMs;
  const about = { place: region.place, subject: endpoint.id };
  world.schedule(durationMs * 0.9, { kind: 'endpointInterfacesReleased', ...about });
  world.schedule(durationMs, { kind: 'endpointGone', ...about });
}

function forget(world: World, region: PlaceState, id: VpcEndpointId): void {
  const endpoint = region.endpoints.get(id);
  if (endpoint) endConnection(world, endpoint);
  region.endpoints.delete(id);
  region.inboundOnlyNames.delete(id);
}

/** Nothing that the interfaces held is held by the endpoint any more: subnets and groups may go before it does. */
function releaseInterfaces(region: PlaceState, id: VpcEndpointId): void {
  const endpoint = region.endpoints.get(id);
  if (!endpoint) return;
  for (const interfaceId of endpoint.networkInterfaceIds) removeInterface(region, interfaceId);
  region.endpoints.set(id, { ...endpoint, networkInterfaceIds: [], subnetIds: [], securityGroupIds: [] });
}

/** Hosted zones of the names that AWS makes for endpoints; those of other regions are not in print. */
const publicZones: Readonly<Record<string, string>> = { 'us-east-1': 'Z7HUB22UULQXV', 'us-east-2': 'ZC8PG0KIFKBRI' };

/**
 * Regional name, one zonal name per subnet, then the service's own names in a zone of the VPC's. S3 puts `*.` before the first two; for a
 * service of another Region there are no zonal names.
 */
function dnsEntriesOf(world: World, region: PlaceState, endpoint: VpcEndpoint): readonly EndpointDnsEntry[] {
  const label = `${awsServiceOf(endpoint.serviceName)?.service === 's3' ? '*.' : ''}${endpoint.id}`;
  const suffix = region.derivedId('dns', endpoint.id).slice(-8);
  const serviceRegion = serviceRegionOf(endpoint.serviceName) ?? region.place.region;
  const domain = `${serviceLabelOf(endpoint)}.${serviceRegion}.vpce.amazonaws.com`;
  const hostedZoneId = publicZones[region.place.region] ?? zoneId(region, 'public names');
  const zones = endpoint.subnetIds.map(id => region.subnets.get(id)?.availabilityZone ?? '');
  const parts = ['', ...(serviceRegion === region.place.region ? zones.map(zone => `-${zone}`) : [])];
  const own = parts.map(part => ({ name: `${label}-${suffix}${part}.${domain}`, hostedZoneId }));
  const isNamed = endpoint.privateDnsEnabled || region.inboundOnlyNames.has(endpoint.id);
  const names = isNamed ? privateNamesOf(world, endpoint.serviceName) : [];
  return [...own, ...names.map(name => ({ name, hostedZoneId: zoneId(region, endpoint.id) }))];
}

/** The part of an endpoint's names that stands for its service: `ec2`, or `vpce-svc-…`. */
function serviceLabelOf({ serviceName }: VpcEndpoint): string {
  const own = ownServiceOf(serviceName);
  return own ? own.serviceId : (awsServiceOf(serviceName)?.service ?? '').split('.').reverse().join('.');
}

function zoneId(region: PlaceState, key: string): string {
  return `Z0${region.derivedId('zone', key).slice(-17).toUpperCase()}`;
}

/** What time does to endpoints. */
export const endpointTransitions: TransitionTable = {
  endpointAvailable: (world, { place, subject }) => becomeAvailable(world, world.region(place), vpcEndpointId(subject)),
  endpointInterfacesReleased: (world, { place, subject }) =>
    releaseInterfaces(world.region(place), vpcEndpointId(subject)),
  endpointGone: (world, { place, subject }) => forget(world, world.region(place), vpcEndpointId(subject)),
};
