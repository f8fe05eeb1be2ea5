import { type Cidr, formatCidr, parseCidr, parseIpv4 } from '../../../core/ipv4';
import type { Route, RouteDestination, RouteTable, RouteTarget } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { routeStateOf } from '../../world/routeLife';
import { find } from '../common/resourceIds';
import type { CallContext, OperationTable } from '../operation';
import { prefixListWeight } from './prefixListWeight';
import { readTarget } from './routeTargets';

/** "Amazon VPC quotas": besides the local ones. */
const maximumRoutes = 50;

type DestinationRequest = Ec2.DeleteRouteRequest;

/** One destination, with its range cut to the prefix as EC2 does. */
function readDestination(region: PlaceState, input: DestinationRequest): RouteDestination {
  const { DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId } = input;
  const given = [DestinationCidrBlock, DestinationIpv6CidrBlock, DestinationPrefixListId].filter(Boolean);
  if (given.length > 1)
    throw new ServiceFault('InvalidParameterCombination', 'The request must contain exactly one destination.');
  if (DestinationIpv6CidrBlock)
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud has no IPv6 routes.');
  if (DestinationPrefixListId)
    return { kind: 'prefixList', prefixListId: find('prefixList', region.prefixLists, DestinationPrefixListId).id };
  return { kind: 'cidr', cidr: formatCidr(readCidr(DestinationCidrBlock)) };
}

function readCidr(text: string | undefined): Cidr {
  if (text === undefined || text === '')
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter destinationCidrBlock');
  const range = parseIpv4(text.split('/')[0] ?? '') === undefined ? undefined : parseCidr(text);
  if (range) return range;
  throw new ServiceFault(
    'InvalidParameterValue',
    `Value (${text}) for parameter destinationCidrBlock is invalid. This is not a valid CIDR block.`,
  );
}

function destinationText(destination: RouteDestination): string {
  return destination.kind === 'cidr' ? destination.cidr : destination.prefixListId;
}

function isSameDestination(left: RouteDestination, right: RouteDestination): boolean {
  return left.kind === right.kind && destinationText(left) === destinationText(right);
}

function isLocal(region: PlaceState, { vpcId }: RouteTable, { cidr }: { readonly cidr: string }): boolean {
  return region.vpcs.get(vpcId)?.cidrBlocks.includes(cidr) ?? false;
}

/** Inside the VPC a more specific route may lead through a middlebox only ("Route table concepts: More specific routes than the local"). */
function checkInsideVpc(
  region: PlaceState,
  { vpcId }: RouteTable,
  destination: RouteDestination,
  target: RouteTarget,
): void {
  const range = destination.kind === 'cidr' ? parseCidr(destination.cidr) : undefined;
  if (!range || target.kind === 'networkInterface' || target.kind === 'natGateway') return;
  const isInside = region.vpcs.get(vpcId)?.cidrBlocks.some(block => {
    const outer = parseCidr(block);
    return outer && outer.first <= range.first && outer.last >= range.last;
  });
  if (isInside)
    throw new ServiceFault(
      'InvalidParameterValue',
      `The destination CIDR block ${formatCidr(range)} is equal to or more specific than one of this VPC's CIDR blocks. This route can target only an interface or an instance.`,
    );
}

function createRoute(input: Ec2.CreateRouteRequest, { world, region }: CallContext): Ec2.CreateRouteResult {
  const table = find('routeTable', region.routeTables, input.RouteTableId ?? '');
  const destination = readDestination(region, input);
  const target = readTarget(world, region, table, input);
  refuseTwice(table, destination);
  checkInsideVpc(region, table, destination, target);
  if (weightOf(region, table.routes) + weightOf(region, [{ destination, target }]) > maximumRoutes)
    throw new ServiceFault('RouteLimitExceeded', 'The maximum number of routes has been reached.');
  const state = routeStateOf(region, world.peeringConnections, table, target);
  const route: Route = { destination, target, state, origin: 'createRoute' };
  region.routeTables.set(table.id, { ...table, routes: [...table.routes, route] });
  return { Return: true };
}

function refuseTwice({ id, routes }: RouteTable, destination: RouteDestination): void {
  if (!routes.some(route => isSameDestination(route.destination, destination))) return;
  throw new ServiceFault(
    'RouteAlreadyExists',
    destination.kind === 'cidr'
      ? `The route identified by ${destination.cidr} already exists`
      : `route table ${id} already has a route with destination-prefix-list-id ${destination.prefixListId}`,
  );
}

/** A prefix list counts as many routes as it may have entries. */
function weightOf(region: PlaceState, routes: readonly Pick<Route, 'destination' | 'target'>[]): number {
  return routes.reduce((sum, { destination, target }) => {
    if (target.kind === 'local') return sum;
    return sum + (destination.kind === 'prefixList' ? prefixListWeight(region, destination.prefixListId) : 1);
  }, 0);
}

function findRoute({ id, routes }: RouteTable, destination: RouteDestination): Route {
  const found = routes.find(route => isSameDestination(route.destination, destination));
  if (found) return found;
  const field = destination.kind === 'cidr' ? 'destination-cidr-block' : 'destination-prefix-list-id';
  throw new ServiceFault(
    'InvalidRoute.NotFound',
    `no route with ${field} ${destinationText(destination)} in route table ${id}`,
  );
}

function refuseEndpointRoute(verb: string, table: RouteTable, { target }: Route): void {
  if (target.kind === 'gatewayEndpoint')
    throw new ServiceFault(
      'InvalidParameterValue',
      `cannot ${verb} VPC endpoint route ${target.id} in route table ${table.id}`,
    );
}

/** Replaces the target; a local route may be led through a middlebox and back ("ReplaceRoute"). */
function replaceRoute(input: Ec2.ReplaceRouteRequest, { world, region }: CallContext): object {
  const table = find('routeTable', region.routeTables, input.RouteTableId ?? '');
  const destination = readDestination(region, input);
  const before = findRoute(table, destination);
  refuseEndpointRoute('replace', table, before);
  const target = input.LocalTarget ? localTarget(region, table, destination) : readTarget(world, region, table, input);
  if (target.kind !== 'local') checkInsideVpc(region, table, destination, target);
  const state = routeStateOf(region, world.peeringConnections, table, target);
  const routes = table.routes.map(route => (route === before ? { ...before, target, state } : route));
  region.routeTables.set(table.id, { ...table, routes });
  return {};
}

function localTarget(region: PlaceState, table: RouteTable, destination: RouteDestination): RouteTarget {
  if (destination.kind === 'cidr' && isLocal(region, table, destination)) return { kind: 'local' };
  throw new ServiceFault(
    'InvalidParameterValue',
    `The route with destination ${destinationText(destination)} is not the local route of route table ${table.id}.`,
  );
}

function deleteRoute(input: Ec2.DeleteRouteRequest, { region }: CallContext): object {
  const table = find('routeTable', region.routeTables, input.RouteTableId ?? '');
  const destination = readDestination(region, input);
  const gone = findRoute(table, destination);
  refuseEndpointRoute('remove', table, gone);
  if (destination.kind === 'cidr' && isLocal(region, table, destination))
    throw new ServiceFault(
      'InvalidParameterValue',
      `cannot remove local route ${destination.cidr} in route table ${table.id}`,
    );
  region.routeTables.set(table.id, { ...table, routes: table.routes.filter(route => route !== gone) });
  return {};
}

export const routeOperations: OperationTable = {
  CreateRoute: createRoute,
  DeleteRoute: deleteRoute,
  ReplaceRoute: replaceRoute,
};
