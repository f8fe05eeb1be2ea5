import type { Route, RouteTable } from '../../../core/network';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { tagList } from '../common/tags';

const origins = {
  createRouteTable: 'CreateRouteTable',
  createRoute: 'CreateRoute',
  propagated: 'EnableVgwRoutePropagation',
} as const;

export function routeShape(region: PlaceState, { destination, target, origin, state }: Route): Ec2.Route {
  return {
    ...(destination.kind === 'cidr'
      ? { DestinationCidrBlock: destination.cidr }
      : { DestinationPrefixListId: destination.prefixListId }),
    ...targetShape(region, target),
    Origin: origins[origin],
    State: state,
  };
}

/** The field that a target stands in depends on its kind. */
function targetShape(region: PlaceState, target: Route['target']): Ec2.Route {
  switch (target.kind) {
    case 'local':
      return { GatewayId: 'local' };
    case 'natGateway':
      return { NatGatewayId: target.id };
    case 'peeringConnection':
      return { VpcPeeringConnectionId: target.id };
    case 'networkInterface':
      return { NetworkInterfaceId: target.id, ...instanceBehind(region, target.id) };
    case 'internetGateway':
    case 'gatewayEndpoint':
    case 'other':
      return { GatewayId: target.id };
  }
}

function instanceBehind(region: PlaceState, id: Extract<Route['target'], { kind: 'networkInterface' }>['id']) {
  const InstanceId = region.networkInterfaces.get(id)?.instanceId;
  return InstanceId === undefined ? {} : { InstanceId, InstanceOwnerId: region.place.accountId };
}

/** Names a table's association with a subnet, or with the VPC when it is the main one. */
export function routeTableAssociationId(region: PlaceState, { id }: RouteTable, subject: string): string {
  return region.derivedId('rtbassoc', `${id}/${subject}`);
}

/** What stands for a subnet in the main association's id. */
export const mainSubject = 'main';

/** The main association names no subnet; subnets that use the main table by default are not listed. */
export function associationShapes(region: PlaceState, table: RouteTable): Ec2.RouteTableAssociation[] {
  const associated = (subject: string, about: Ec2.RouteTableAssociation): Ec2.RouteTableAssociation => ({
    ...about,
    RouteTableAssociationId: routeTableAssociationId(region, table, subject),
    RouteTableId: table.id,
    AssociationState: { State: 'associated' },
  });
  return [
    ...(table.isMain ? [associated(mainSubject, { Main: true })] : []),
    ...table.subnetIds.map(id => associated(id, { Main: false, SubnetId: id })),
  ];
}

export function routeTableShape(region: PlaceState, table: RouteTable): Ec2.RouteTable {
  return {
    Associations: associationShapes(region, table),
    PropagatingVgws: [],
    RouteTableId: table.id,
    Routes: table.routes.map(route => routeShape(region, route)),
    Tags: tagList(table.tags),
    VpcId: table.vpcId,
    OwnerId: region.place.accountId,
  };
}
