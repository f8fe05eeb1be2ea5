import type { EndpointConnection } from '../../../core/endpointService';
import type { VpcEndpointId } from '../../../core/ids';
import type { Ec2 } from '../../protocols/wireTypes';
import { acceptConnection, endpointOf, isLive, rejectConnection } from '../../world/endpointConnections';
import type { PlaceState } from '../../world/placeState';
import type { World } from '../../world/world';
import { applyFilters } from '../common/filters';
import { pageOf } from '../common/paging';
import { checkIdForm, find, notFound } from '../common/resourceIds';
import { tagList } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { optional } from './describe';
import { dnsEntriesShape } from './endpointShapes';

/** As the provider sees an endpoint: what the consumer decided about its VPC is not told. */
function connectionShape(world: World, region: PlaceState, connection: EndpointConnection): Ec2.VpcEndpointConnection {
  const service = region.endpointServices.get(connection.serviceId);
  const { endpoint } = endpointOf(world, connection) ?? {};
  return {
    ServiceId: connection.serviceId,
    VpcEndpointId: connection.endpointId,
    VpcEndpointOwner: connection.ownerId,
    // Lower camel on the wire, though the model's enumeration is capitalised.
    VpcEndpointState: connection.state as Ec2.State,
    CreationTimestamp: new Date(connection.createdAtMs),
    DnsEntries: dnsEntriesShape(endpoint?.dnsEntries ?? []),
    NetworkLoadBalancerArns: [...(service?.loadBalancerArns ?? [])],
    IpAddressType: 'ipv4',
    VpcEndpointConnectionId: connection.id,
    Tags: tagList(connection.tags),
    VpcEndpointRegion: connection.endpointRegion,
  };
}

/** There is no parameter for ids: everything is a filter. */
function describeConnections(
  input: Ec2.DescribeVpcEndpointConnectionsRequest,
  { world, region }: CallContext,
): Ec2.DescribeVpcEndpointConnectionsResult {
  const matching = applyFilters(
    [...region.endpointConnections.values()],
    input.Filters,
    {
      'service-id': ({ serviceId }) => serviceId,
      'vpc-endpoint-owner': ({ ownerId }) => ownerId,
      'vpc-endpoint-state': ({ state }) => state,
      'vpc-endpoint-id': ({ endpointId }) => endpointId,
      'vpc-endpoint-region': ({ endpointRegion }) => endpointRegion,
      'ip-address-type': () => 'ipv4',
    },
    ({ tags }) => tags,
  );
  const page = pageOf(matching, input, { least: 5, most: 1000 }, ({ endpointId }) => endpointId);
  return {
    VpcEndpointConnections: page.items.map(connection => connectionShape(world, region, connection)),
    ...optional({ NextToken: page.nextToken }),
  };
}

type Decision = Pick<Ec2.AcceptVpcEndpointConnectionsRequest, 'ServiceId' | 'VpcEndpointIds'>;

/** Decides about each endpoint by itself; answers 200 and lists those for which it could not be done. */
function decide(
  { ServiceId = '', VpcEndpointIds = [] }: Decision,
  region: PlaceState,
  verb: string,
  decideOne: (connection: EndpointConnection) => boolean,
): { readonly Unsuccessful: Ec2.UnsuccessfulItem[] } {
  const service = find('endpointService', region.endpointServices, ServiceId);
  for (const id of VpcEndpointIds) checkIdForm('endpoint', id);
  const Unsuccessful = VpcEndpointIds.flatMap(id => {
    const connection = region.endpointConnections.get(id as VpcEndpointId);
    if (connection?.serviceId !== service.id) return [failed(id, notFound('endpoint', id))];
    if (decideOne(connection)) return [];
    const message = `The VPC endpoint connection ${id} is in state ${connection.state} and cannot be ${verb}.`;
    return [failed(id, { code: 'InvalidState', message })];
  });
  return { Unsuccessful };
}

function failed(ResourceId: string, error: { readonly code: string; readonly message: string }): Ec2.UnsuccessfulItem {
  return { ResourceId, Error: { Code: error.code, Message: error.message } };
}

function acceptConnections(
  input: Ec2.AcceptVpcEndpointConnectionsRequest,
  { world, region }: CallContext,
): Ec2.AcceptVpcEndpointConnectionsResult {
  return decide(input, region, 'accepted', connection => {
    if (connection.state === 'pendingAcceptance') acceptConnection(world, connection);
    return connection.state === 'pendingAcceptance';
  });
}

/** An endpoint that is in use may be rejected too. */
function rejectConnections(
  input: Ec2.RejectVpcEndpointConnectionsRequest,
  { world, region }: CallContext,
): Ec2.RejectVpcEndpointConnectionsResult {
  return decide(input, region, 'rejected', connection => {
    if (isLive(connection)) rejectConnection(world, connection);
    return isLive(connection);
  });
}

export const endpointConnectionOperations: OperationTable = {
  DescribeVpcEndpointConnections: describeConnections,
  AcceptVpcEndpointConnections: acceptConnections,
  RejectVpcEndpointConnections: rejectConnections,
};
