import type { Route, RouteTable } from '../../../core/network';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { tagList } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { type Listing, list, optional } from './describe';

const listing = (region: PlaceState): Listing<RouteTable> => ({
  kind: 'routeTable',
  tagsOf: table => table.tags,
  limits: { least: 5, most: 100 },
  filters: {
    'route-table-id': table => table.id,
    'vpc-id': table => table.vpcId,
    'owner-id': () => region.place.accountId,
    'association.main': table => associations(region, table).map(({ Main }) => String(Main)),
    'association.subnet-id': table => table.subnetIds,
    'association.route-table-id': table => (associations(region, table).length > 0 ? table.id : undefined),
    'association.route-table-association-id': table =>
      associations(region, table).map(({ RouteTableAssociationId = '' }) => RouteTableAssociationId),
    'route.destination-cidr-block': table => values(table, route => route.DestinationCidrBlock),
    'route.destination-prefix-list-id': table => values(table, route => route.DestinationPrefixListId),
    'route.gateway-id': table => values(table, route => route.GatewayId),
    'route.nat-gateway-id': table => values(table, route => route.NatGatewayId),
    'route.vpc-peering-connection-id': table => values(table, route => route.VpcPeeringConnectionId),
    'route.instance-id': table => values(table, route => route.InstanceId),
    'association.gateway-id': () => undefined,
    'route.destination-ipv6-cidr-block': () => undefined,
    'route.egress-only-internet-gateway-id': () => undefined,
    'route.transit-gateway-id': () => undefined,
    'route.origin': table => values(table, route => route.Origin),
    'route.state': table => values(table, route => route.State),
  },
});

function values(table: RouteTable, pick: (route: Ec2.Route) => string | undefined): readonly string[] {
  return table.routes.flatMap(route => pick(routeShape(route)) ?? []);
}

const origins = {
  createRouteTable: 'CreateRouteTable',
  createRoute: 'CreateRoute',
  propagated: 'EnableVgwRoutePropagation',
} as const;

function routeShape({ destination, target, origin, state }: Route): Ec2.Route {
  return {
    ...(destination.kind === 'cidr'
      ? { DestinationCidrBlock: destination.cidr }
      : { DestinationPrefixListId: destination.prefixListId }),
    ...targetShape(target),
    Origin: origins[origin],
    State: state,
  };
}

/** The field that a target stands in depends on its kind. */
function targetShape(target: Route['target']): Ec2.Route {
  switch (target.kind) {
    case 'local':
      return { GatewayId: 'local' };
    case 'natGateway':
      return { NatGatewayId: target.id };
    case 'peeringConnection':
      return { VpcPeeringConnectionId: target.id };
    case 'networkInterface':
      return { NetworkInterfaceId: target.id };
    case 'internetGateway':
    case 'gatewayEndpoint':
    case 'other':
      return { GatewayId: target.id };
  }
}

/** The main association names no subnet; subnets that use the main table by default are not listed. */
function associations(region: PlaceState, table: RouteTable): Ec2.RouteTableAssociation[] {
  const associated = (key: string, about: Ec2.RouteTableAssociation): Ec2.RouteTableAssociation => ({
    ...about,
    RouteTableAssociationId: region.derivedId('rtbassoc', `${table.id}/${key}`),
    RouteTableId: table.id,
    AssociationState: { State: 'associated' },
  });
  return [
    ...(table.isMain ? [associated('main', { Main: true })] : []),
    ...table.subnetIds.map(id => associated(id, { Main: false, SubnetId: id })),
  ];
}

function describeRouteTables(
  input: Ec2.DescribeRouteTablesRequest,
  { region }: CallContext,
): Ec2.DescribeRouteTablesResult {
  const page = list(listing(region), region.routeTables, input.RouteTableIds, input);
  const RouteTables = page.items.map(table => ({
    Associations: associations(region, table),
    PropagatingVgws: [],
    RouteTableId: table.id,
    Routes: table.routes.map(routeShape),
    Tags: tagList(table.tags),
    VpcId: table.vpcId,
    OwnerId: region.place.accountId,
  }));
  return { RouteTables, ...optional({ NextToken: page.nextToken }) };
}

export const routeTableOperations: OperationTable = { DescribeRouteTables: describeRouteTables };
