import type { PeeringConnectionId } from '../../core/ids';
import type { NetworkInterface, Route, RouteTable } from '../../core/network';
import type { PeeringConnection } from '../../core/peering';
import type { PlaceState } from './placeState';

type PeeringTable = ReadonlyMap<PeeringConnectionId, PeeringConnection>;

/**
 * Whether a route's target can take packets at this moment; a target that is gone, detached or not ready makes a `blackhole` ("Amazon VPC
 * User Guide: Route table concepts"; "VPC Peering Guide: Update your route tables").
 */
export function routeStateOf(
  region: PlaceState,
  peerings: PeeringTable,
  { vpcId }: Pick<RouteTable, 'vpcId'>,
  target: Route['target'],
): Route['state'] {
  switch (target.kind) {
    case 'internetGateway':
      return stateIf(region.internetGateways.get(target.id)?.attachedVpcIds.includes(vpcId));
    case 'natGateway':
      return stateIf(['pending', 'available'].includes(region.natGateways.get(target.id)?.state ?? ''));
    case 'peeringConnection':
      return stateIf(peerings.get(target.id)?.state === 'active');
    case 'networkInterface':
      return stateIf(isUp(region, region.networkInterfaces.get(target.id)));
    case 'local':
    case 'gatewayEndpoint':
    case 'other':
      return 'active';
  }
}

function stateIf(isReady: boolean | undefined): Route['state'] {
  return isReady ? 'active' : 'blackhole';
}

/** An interface of an instance takes packets while the instance runs; those that AWS made always do. */
function isUp(region: PlaceState, item: NetworkInterface | undefined): boolean {
  if (item?.status !== 'in-use') return false;
  const state = item.instanceId && region.instances.get(item.instanceId)?.state;
  return state === undefined || state === 'pending' || state === 'running';
}

/** Brings the state of every route up to date, after whatever has changed; tables without a change stay the same values. */
export function refreshRouteStates(regions: Iterable<PlaceState>, peerings: PeeringTable): void {
  for (const region of regions)
    for (const table of region.routeTables.values()) {
      const routes = table.routes.map(route => {
        const state = routeStateOf(region, peerings, table, route.target);
        return state === route.state ? route : { ...route, state };
      });
      if (routes.some((route, index) => route !== table.routes[index]))
        region.routeTables.set(table.id, { ...table, routes });
    }
}
