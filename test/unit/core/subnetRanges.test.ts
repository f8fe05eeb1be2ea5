import assert from 'node:assert/strict';
import fc from 'fast-check';
import { vpcId } from '../../../src/core/ids';
import { rangeProblem, subnetRangeProblem, suggestSubnetRange, suggestVpcRange } from '../../../src/core/subnetRanges';

const id = vpcId('vpc-0123456789abcdef0');
const vpc = { id, cidrBlocks: ['10.0.0.0/22'] };
const taken = (...cidrs: string[]) => cidrs.map(cidrBlock => ({ vpcId: id, cidrBlock }));

describe('ranges of VPCs and subnets', () => {
  it('are from /16 to /28, with no bit behind the prefix', () => {
    assert.deepEqual(['10.0.0.0/15', '10.0.0.0/29', '10.0.0.1/24', '10.0/16', '10.0.0.0/16'].map(rangeProblem), [
      'size',
      'size',
      'notARange',
      'notARange',
      undefined,
    ]);
  });

  it('of a subnet lie inside the VPC and beside the others', () => {
    assert.equal(subnetRangeProblem('10.1.0.0/24', vpc, []), 'outside');
    assert.equal(subnetRangeProblem('10.0.0.128/25', vpc, taken('10.0.0.0/24')), 'taken');
    assert.equal(subnetRangeProblem('10.0.1.0/24', vpc, taken('10.0.0.0/24')), undefined);
  });

  it('are suggested without an overlap until the VPC is full', () => {
    fc.assert(
      fc.property(fc.subarray([0, 1, 2, 3]), thirds => {
        const subnets = taken(...thirds.map(third => `10.0.${third}.0/24`));
        const found = suggestSubnetRange(vpc, subnets);
        if (thirds.length === 4) assert.equal(found, undefined);
        else assert.equal(subnetRangeProblem(found ?? '', vpc, subnets), undefined);
      }),
    );
    assert.equal(suggestSubnetRange(vpc, taken('10.0.0.0/23', '10.0.2.0/24', '10.0.3.0/25')), '10.0.3.128/25');
    assert.equal(suggestVpcRange(['10.0.0.0/16', '172.31.0.0/16']), '10.1.0.0/16');
  });
});
