/** Reading what a route leads to: one target, that exists and belongs to the table's VPC. */
import type { Instance, NetworkInterface, RouteTable, RouteTarget } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import type { World } from '../../world/world';
import { find, notFound } from '../common/resourceIds';

type TargetRequest = Ec2.ReplaceRouteRequest;

const simulated = [
  'GatewayId',
  'NatGatewayId',
  'NetworkInterfaceId',
  'InstanceId',
  'VpcPeeringConnectionId',
  'VpcEndpointId',
] as const satisfies readonly (keyof TargetRequest)[];

const unsimulated = [
  'CarrierGatewayId',
  'CoreNetworkArn',
  'EgressOnlyInternetGatewayId',
  'LocalGatewayId',
  'OdbNetworkArn',
  'TransitGatewayId',
] as const satisfies readonly (keyof TargetRequest)[];

/** The one target that a request names; everything else is refused. */
export function readTarget(world: World, region: PlaceState, table: RouteTable, input: TargetRequest): RouteTarget {
  const other = unsimulated.find(name => input[name] !== undefined);
  if (other !== undefined)
    throw new ServiceFault(
      'UnsupportedOperation',
      `The practice cloud has no routes to a ${other.replace(/Id$/, '')}.`,
    );
  const [name, ...more] = simulated.filter(candidate => input[candidate] !== undefined);
  if (name === undefined)
    throw new ServiceFault(
      'MissingParameter',
      'The request must contain exactly one of gatewayId, natGatewayId, networkInterfaceId, vpcPeeringConnectionId, vpcEndpointId, instanceId',
    );
  if (more.length > 0)
    throw new ServiceFault('InvalidParameterCombination', 'The request must contain exactly one route target.');
  return readers[name](world, region, table, input[name] ?? '');
}

type Reader = (world: World, region: PlaceState, table: RouteTable, id: string) => RouteTarget;

const readers: Readonly<Record<(typeof simulated)[number], Reader>> = {
  GatewayId: (_world, region, table, id) => gateway(region, table, id),
  NatGatewayId: (_world, region, table, id) => natGateway(region, table, id),
  NetworkInterfaceId: (_world, region, table, id) =>
    interfaceTarget(table, find('networkInterface', region.networkInterfaces, id)),
  InstanceId: (_world, region, table, id) => interfaceTarget(table, onlyInterface(region, id)),
  VpcPeeringConnectionId: (world, region, table, id) => peering(world, region, table, id),
  VpcEndpointId: (_world, region, _table, id) => endpoint(region, id),
};

function otherNetworks(table: RouteTable, what: string): ServiceFault {
  return new ServiceFault('InvalidParameterValue', `route table ${table.id} and ${what} belong to different networks`);
}

function gateway(region: PlaceState, table: RouteTable, id: string): RouteTarget {
  if (id === 'local')
    throw new ServiceFault('InvalidParameterValue', 'The gateway ID local is not a target that a route can be given.');
  if (id.startsWith('vpce-')) return endpoint(region, id);
  if (id.startsWith('vgw-'))
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud has no virtual private gateways.');
  const found = find('routeGateway', region.internetGateways, id);
  if (!found.attachedVpcIds.includes(table.vpcId)) throw otherNetworks(table, `network gateway ${id}`);
  return { kind: 'internetGateway', id: found.id };
}

function natGateway(region: PlaceState, table: RouteTable, id: string): RouteTarget {
  const found = find('routeNatGateway', region.natGateways, id);
  if (found.state !== 'pending' && found.state !== 'available') throw notFound('routeNatGateway', id);
  if (found.vpcId !== table.vpcId) throw otherNetworks(table, `nat gateway ${id}`);
  return { kind: 'natGateway', id: found.id };
}

function interfaceTarget(table: RouteTable, item: NetworkInterface): RouteTarget {
  if (item.vpcId !== table.vpcId) throw otherNetworks(table, `interface ${item.id}`);
  if (item.kind !== 'instance' && item.kind !== 'other')
    throw new ServiceFault('InvalidParameterValue', `The network interface ${item.id} cannot be a route's target.`);
  return { kind: 'networkInterface', id: item.id };
}

function onlyInterface(region: PlaceState, id: string): NetworkInterface {
  const { networkInterfaceIds } = find<Instance>('instance', region.instances, id);
  const [first, ...others] = networkInterfaceIds.flatMap(own => region.networkInterfaces.get(own) ?? []);
  if (others.length > 0)
    throw new ServiceFault(
      'InvalidInstanceID',
      `There are multiple interfaces attached to instance '${id}'. Please specify an interface ID for the operation instead.`,
    );
  if (!first)
    throw new ServiceFault('IncorrectInstanceState', `The instance '${id}' has no network interface attached.`);
  return first;
}

const gone: readonly string[] = ['deleting', 'deleted', 'failed', 'rejected', 'expired'];

/** A connection that nobody has accepted yet is a target already; its route waits as a blackhole. */
function peering(world: World, { place }: PlaceState, table: RouteTable, id: string): RouteTarget {
  const found = find('peeringConnection', world.peeringConnections, id);
  const sides = [found.requester, found.accepter].filter(
    side => side.accountId === place.accountId && side.region === place.region,
  );
  if (sides.length === 0 || gone.includes(found.state)) throw notFound('peeringConnection', id);
  if (!sides.some(({ vpcId }) => vpcId === table.vpcId)) throw otherNetworks(table, `vpc peering connection ${id}`);
  return { kind: 'peeringConnection', id: found.id };
}

/** Only endpoints of Gateway Load Balancers may be named here; gateway endpoints put their routes in themselves. */
function endpoint(region: PlaceState, id: string): never {
  find('endpoint', region.endpoints, id);
  throw new ServiceFault(
    'InvalidParameterValue',
    `The VPC endpoint ${id} cannot be a route's target. Only a Gateway Load Balancer endpoint can.`,
  );
}
