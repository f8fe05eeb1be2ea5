import assert from 'node:assert/strict';
import { routeTableId } from '../../../../src/core/ids';
import { routeTableOf } from '../../../../src/core/rules/routeTableOf';
import { otherVpcId, routeTable, subnet, subnetA, subnetB } from '../../../support/networkBuilders';

const main = routeTable();
const custom = routeTable({ id: routeTableId('rtb-00000002'), isMain: false, subnetIds: [subnetA] });
const foreign = routeTable({ id: routeTableId('rtb-00000003'), vpcId: otherVpcId });

describe('the route table of a subnet (Amazon VPC User Guide: Subnet route tables)', () => {
  it('is the one that is associated with it', () => {
    assert.equal(routeTableOf(subnet(), [foreign, main, custom]), custom);
  });

  it('is the main table of its VPC without an association', () => {
    assert.equal(routeTableOf(subnet({ id: subnetB }), [foreign, custom, main]), main);
  });
});
