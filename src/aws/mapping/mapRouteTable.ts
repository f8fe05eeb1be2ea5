import type * as Wire from '@aws-sdk/client-ec2';
import {
  internetGatewayId,
  natGatewayId,
  networkInterfaceId,
  peeringConnectionId,
  prefixListId,
  routeTableId,
  subnetId,
  vpcEndpointId,
  vpcId,
} from '../../core/ids';
import type { Route, RouteDestination, RouteTable, RouteTarget } from '../../core/network';
import { required, requiredText, tagsOf } from './fields';

export function mapRouteTable(wire: Wire.RouteTable): RouteTable {
  const associations = wire.Associations ?? [];
  return {
    id: required('RouteTableId', wire.RouteTableId, routeTableId),
    vpcId: required('VpcId', wire.VpcId, vpcId),
    isMain: associations.some(({ Main }) => Main),
    subnetIds: associations.flatMap(({ SubnetId }) => (SubnetId ? [required('SubnetId', SubnetId, subnetId)] : [])),
    routes: (wire.Routes ?? []).map(mapRoute),
    tags: tagsOf(wire.Tags),
  };
}

function mapRoute(wire: Wire.Route): Route {
  return {
    destination: mapDestination(wire),
    target: mapTarget(wire),
    state: wire.State === 'blackhole' || wire.State === 'filtered' ? 'blackhole' : 'active',
    origin:
      wire.Origin === 'CreateRouteTable'
        ? 'createRouteTable'
        : wire.Origin === 'EnableVgwRoutePropagation'
          ? 'propagated'
          : 'createRoute',
  };
}

function mapDestination(wire: Wire.Route): RouteDestination {
  if (wire.DestinationPrefixListId) {
    return {
      kind: 'prefixList',
      prefixListId: required('DestinationPrefixListId', wire.DestinationPrefixListId, prefixListId),
    };
  }
  const cidr = wire.DestinationCidrBlock || wire.DestinationIpv6CidrBlock;
  return { kind: 'cidr', cidr: requiredText('DestinationCidrBlock', cidr) };
}

/** AWS puts the target into one of a dozen fields; `GatewayId` alone holds four kinds. */
function mapTarget(wire: Wire.Route): RouteTarget {
  if (wire.GatewayId) return mapGateway(wire.GatewayId);
  if (wire.NatGatewayId) return { kind: 'natGateway', id: required('NatGatewayId', wire.NatGatewayId, natGatewayId) };
  if (wire.VpcPeeringConnectionId) {
    return {
      kind: 'peeringConnection',
      id: required('VpcPeeringConnectionId', wire.VpcPeeringConnectionId, peeringConnectionId),
    };
  }
  if (wire.NetworkInterfaceId)
    return {
      kind: 'networkInterface',
      id: required('NetworkInterfaceId', wire.NetworkInterfaceId, networkInterfaceId),
    };
  const id =
    wire.TransitGatewayId ??
    wire.LocalGatewayId ??
    wire.CarrierGatewayId ??
    wire.EgressOnlyInternetGatewayId ??
    wire.CoreNetworkArn ??
    wire.InstanceId;
  return { kind: 'other', id: id ?? '' };
}

function mapGateway(id: string): RouteTarget {
  if (id === 'local') return { kind: 'local' };
  if (id.startsWith('igw-')) return { kind: 'internetGateway', id: required('GatewayId', id, internetGatewayId) };
  if (id.startsWith('vpce-')) return { kind: 'gatewayEndpoint', id: required('GatewayId', id, vpcEndpointId) };
  return { kind: 'other', id };
}
