import type { EndpointConnection, EndpointService } from '../../core/endpointService';
import { type VpcEndpointId, vpcEndpointId } from '../../core/ids';
import type { EndpointState, VpcEndpoint } from '../../core/network';
import { findOwnService } from './ownServices';
import type { PlaceState } from './placeState';
import type { TransitionTable, World } from './world';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const dayMs = 24 * 60 * minuteMs;
/** How long a connection stays listed when its endpoint is gone. */
const lingeringMs = 60 * minuteMs;

/** Tells a service's provider of a new endpoint; one that nobody accepts expires after seven days. */
export function addConnection(
  world: World,
  service: EndpointService,
  endpoint: VpcEndpoint,
  consumer: PlaceState,
): void {
  const provider = world.region(service.place);
  provider.endpointConnections.set(endpoint.id, {
    id: provider.newId('vpce-con'),
    endpointId: endpoint.id,
    serviceId: service.id,
    ownerId: endpoint.ownerId,
    endpointRegion: consumer.place.region,
    state: endpoint.state,
    createdAtMs: endpoint.createdAtMs,
    tags: {},
  });
  if (endpoint.state === 'pendingAcceptance')
    world.schedule(7 * dayMs, { kind: 'endpointRequestExpired', place: consumer.place, subject: endpoint.id });
}

/** Moves an endpoint to another state, in its provider's eyes as well. */
export function moveEndpoint(world: World, consumer: PlaceState, endpoint: VpcEndpoint, state: EndpointState): void {
  consumer.endpoints.set(endpoint.id, { ...endpoint, state });
  moveConnection(world, endpoint, state);
}

function moveConnection(world: World, { id, serviceName }: VpcEndpoint, state: EndpointState): void {
  const service = findOwnService(world, serviceName);
  const provider = service && world.region(service.place);
  const connection = provider?.endpointConnections.get(id);
  if (provider && connection) provider.endpointConnections.set(id, { ...connection, state });
}

/** The endpoint is gone; its connection is still told of for a while. */
export function endConnection(world: World, endpoint: VpcEndpoint): void {
  const service = findOwnService(world, endpoint.serviceName);
  if (!service) return;
  moveConnection(world, endpoint, 'deleted');
  world.schedule(lingeringMs, { kind: 'endpointConnectionForgotten', place: service.place, subject: endpoint.id });
}

/** Where the endpoint behind a connection is; undefined when it is gone. */
export function endpointOf(
  world: World,
  { endpointId, ownerId, endpointRegion }: EndpointConnection,
): { readonly consumer: PlaceState; readonly endpoint: VpcEndpoint } | undefined {
  const consumer = world.region({ accountId: ownerId, region: endpointRegion });
  const endpoint = consumer.endpoints.get(endpointId);
  return endpoint && { consumer, endpoint };
}

/** Lets a waiting endpoint in: `pending`, and `available` 20 to 60 s later. */
export function acceptConnection(world: World, connection: EndpointConnection): void {
  const { consumer, endpoint } = endpointOf(world, connection) ?? {};
  if (!consumer || !endpoint) return;
  moveEndpoint(world, consumer, endpoint, 'pending');
  const durationMs = consumer.chanceFor('endpoint accepted').between(20, 60) * secondMs;
  world.schedule(durationMs, { kind: 'endpointAvailable', place: consumer.place, subject: endpoint.id });
}

export function rejectConnection(world: World, connection: EndpointConnection): void {
  const { consumer, endpoint } = endpointOf(world, connection) ?? {};
  if (consumer && endpoint) moveEndpoint(world, consumer, endpoint, 'rejected');
}

/** States in which a connection keeps its service from being deleted. */
export function isLive({ state }: Pick<EndpointConnection, 'state'>): boolean {
  return state === 'pendingAcceptance' || state === 'pending' || state === 'available';
}

function expire(world: World, consumer: PlaceState, id: VpcEndpointId): void {
  const endpoint = consumer.endpoints.get(id);
  if (endpoint?.state === 'pendingAcceptance') moveEndpoint(world, consumer, endpoint, 'expired');
}

/** What time does to connections. */
export const endpointConnectionTransitions: TransitionTable = {
  endpointRequestExpired: (world, { place, subject }) => expire(world, world.region(place), vpcEndpointId(subject)),
  endpointConnectionForgotten: (world, { place, subject }) => {
    world.region(place).endpointConnections.delete(vpcEndpointId(subject));
  },
};
