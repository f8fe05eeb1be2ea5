import assert from 'node:assert/strict';
import { EndpointJoiner } from '../../../src/app/endpointJoiner';
import { routeTableId, subnetId } from '../../../src/core/ids';
import { known } from '../../../src/core/snapshot';
import {
  endpoint,
  endpointId,
  mainTableId,
  route,
  routeTable,
  s3List,
  s3ListId,
  snapshot,
  subnet,
  subnetA,
  subnetB,
  unread,
} from '../../support/networkBuilders';

const ownTable = routeTableId('rtb-000000000000000aa');
const gateway = endpoint({
  kind: 'gateway',
  networkInterfaceIds: [],
  securityGroupIds: [],
  routeTableIds: [mainTableId, ownTable],
});
const toEndpoint = route(s3ListId, { kind: 'gatewayEndpoint', id: endpointId });
const third = subnetId('subnet-000000000000000aa');
const network = snapshot({
  subnets: known([subnet(), subnet({ id: subnetB }), subnet({ id: third })]),
  routeTables: known([
    routeTable({ routes: [toEndpoint] }),
    routeTable({ id: ownTable, isMain: false, subnetIds: [third], routes: [], tags: { Name: 'own' } }),
  ]),
  prefixLists: known([s3List()]),
});

describe('joining endpoints with their surroundings', () => {
  it('gives each route table its route to the endpoint and the subnets that use it, the main table the rest', () => {
    const { routeTables, gaps } = new EndpointJoiner(network).endpoint(gateway);
    assert.deepEqual(gaps, []);
    assert.deepEqual(
      routeTables.map(table => [table.id, table.name, table.prefixListId, table.prefixListName]),
      [
        [mainTableId, undefined, s3ListId, 'com.amazonaws.ap-south-1.s3'],
        [ownTable, 'own', undefined, undefined],
      ],
    );
    assert.deepEqual(
      routeTables.map(({ subnets }) => subnets.map(({ id }) => id)),
      [[subnetA, subnetB], [third]],
    );
  });

  it('names interfaces by the id of their zone, which both accounts share', () => {
    const { interfaces } = new EndpointJoiner(snapshot()).endpoint(endpoint());
    assert.equal(interfaces[0]?.availabilityZoneId, 'aps1-az1');
  });

  it('keeps the ids of route tables that could not be read, and says so', () => {
    const unknown = { ...network, routeTables: unread('ec2:DescribeRouteTables') };
    const { routeTables, gaps } = new EndpointJoiner(unknown).endpoint(gateway);
    assert.deepEqual(
      routeTables.map(({ id, subnets }) => [id, subnets]),
      [
        [mainTableId, []],
        [ownTable, []],
      ],
    );
    assert.deepEqual(
      gaps.map(({ reading }) => reading),
      ['ec2:DescribeRouteTables'],
    );
  });
});
