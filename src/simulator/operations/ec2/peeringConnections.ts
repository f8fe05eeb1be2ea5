import type { PeeringConnection, PeeringSide } from '../../../core/peering';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import type { FilterTable, FilterValue } from '../common/filters';
import type { CallContext, OperationTable } from '../operation';
import { list, optional } from './describe';
import { findPeering, ownSide, peeringShape, wirePeeringState } from './peeringShapes';

function sideFilters(
  prefix: string,
  sideOf: (connection: PeeringConnection) => PeeringSide,
): FilterTable<PeeringConnection> {
  const read = (pick: (side: PeeringSide) => FilterValue) => (connection: PeeringConnection) =>
    pick(sideOf(connection));
  return {
    [`${prefix}.cidr-block`]: read(side => side.cidrBlocks),
    [`${prefix}.owner-id`]: read(side => side.accountId),
    [`${prefix}.vpc-id`]: read(side => side.vpcId),
  };
}

const filters = (region: PlaceState): FilterTable<PeeringConnection> => ({
  ...sideFilters('accepter-vpc-info', ({ accepter }) => accepter),
  ...sideFilters('requester-vpc-info', ({ requester }) => requester),
  'expiration-time': connection => peeringShape(region, connection).ExpirationTime?.toISOString(),
  'status-code': connection => wirePeeringState(connection),
  'status-message': connection => connection.statusMessage,
  'vpc-peering-connection-id': connection => connection.id,
});

function describe(
  input: Ec2.DescribeVpcPeeringConnectionsRequest,
  { world, region }: CallContext,
): Ec2.DescribeVpcPeeringConnectionsResult {
  for (const id of input.VpcPeeringConnectionIds ?? []) findPeering({ world, region }, id);
  const listed = [...world.peeringConnections].filter(([id]) => region.listedPeerings.has(id));
  const listing = {
    kind: 'peeringConnection',
    filters: filters(region),
    tagsOf: (connection: PeeringConnection) => ownSide(region, connection).tags,
    limits: { least: 5, most: 1000 },
  } as const;
  const page = list(listing, new Map(listed), input.VpcPeeringConnectionIds, input);
  return {
    VpcPeeringConnections: page.items.map(connection => peeringShape(region, connection)),
    ...optional({ NextToken: page.nextToken }),
  };
}

export const peeringConnectionOperations: OperationTable = { DescribeVpcPeeringConnections: describe };
