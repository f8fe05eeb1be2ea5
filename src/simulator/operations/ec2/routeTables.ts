import type { RouteTable } from '../../../core/network';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import type { CallContext, OperationTable } from '../operation';
import { type Listing, list, optional } from './describe';
import { associationShapes, routeShape, routeTableShape } from './routeShapes';

function listing(region: PlaceState): Listing<RouteTable> {
  const ofRoutes = (pick: (route: Ec2.Route) => string | undefined) => (table: RouteTable) =>
    table.routes.flatMap(route => pick(routeShape(region, route)) ?? []);
  const ofAssociations =
    (pick: (association: Ec2.RouteTableAssociation) => string | undefined) => (table: RouteTable) =>
      associationShapes(region, table).flatMap(association => pick(association) ?? []);
  return {
    kind: 'routeTable',
    tagsOf: table => table.tags,
    limits: { least: 5, most: 100 },
    filters: {
      'route-table-id': table => table.id,
      'vpc-id': table => table.vpcId,
      'owner-id': () => region.place.accountId,
      'association.gateway-id': () => undefined,
      'association.main': ofAssociations(({ Main }) => String(Main)),
      'association.subnet-id': table => table.subnetIds,
      'association.route-table-id': ofAssociations(({ RouteTableId }) => RouteTableId),
      'association.route-table-association-id': ofAssociations(
        ({ RouteTableAssociationId }) => RouteTableAssociationId,
      ),
      'route.destination-cidr-block': ofRoutes(route => route.DestinationCidrBlock),
      'route.destination-ipv6-cidr-block': () => undefined,
      'route.destination-prefix-list-id': ofRoutes(route => route.DestinationPrefixListId),
      'route.egress-only-internet-gateway-id': () => undefined,
      'route.gateway-id': ofRoutes(route => route.GatewayId),
      'route.instance-id': ofRoutes(route => route.InstanceId),
      'route.nat-gateway-id': ofRoutes(route => route.NatGatewayId),
      'route.transit-gateway-id': () => undefined,
      'route.vpc-peering-connection-id': ofRoutes(route => route.VpcPeeringConnectionId),
      'route.origin': ofRoutes(route => route.Origin),
      'route.state': ofRoutes(route => route.State),
    },
  };
}

function describeRouteTables(
  input: Ec2.DescribeRouteTablesRequest,
  { region }: CallContext,
): Ec2.DescribeRouteTablesResult {
  const page = list(listing(region), region.routeTables, input.RouteTableIds, input);
  return {
    RouteTables: page.items.map(table => routeTableShape(region, table)),
    ...optional({ NextToken: page.nextToken }),
  };
}

export const routeTableOperations: OperationTable = { DescribeRouteTables: describeRouteTables };
