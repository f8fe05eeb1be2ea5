import assert from 'node:assert/strict';
import fc from 'fast-check';
import { accountId, type SubnetId, subnetId, vpcId } from '../../../../src/core/ids';
import { contains, ipv4, parseCidr } from '../../../../src/core/ipv4';
import type { Subnet } from '../../../../src/core/network';
import { Chance } from '../../../../src/simulator/chance';
import {
  addInterface,
  isAssignable,
  type NewInterface,
  removeInterface,
} from '../../../../src/simulator/world/interfaces';
import { createPlaceState, type PlaceState } from '../../../../src/simulator/world/placeState';
import { homeRegion } from '../../../../src/simulator/world/zones';

const about: NewInterface = {
  kind: 'other',
  publicIpAddress: undefined,
  securityGroupIds: [],
  description: '',
  instanceId: undefined,
  status: 'available',
};

function subnetOf(cidrBlock: string): {
  readonly region: PlaceState;
  readonly id: SubnetId;
  readonly find: () => Subnet;
} {
  const region = createPlaceState(
    { accountId: accountId('111122223333'), region: homeRegion },
    [],
    new Chance('subnet'),
  );
  const id = subnetId('subnet-0123456789abcdef0');
  region.subnets.set(id, {
    id,
    vpcId: vpcId('vpc-0123456789abcdef0'),
    cidrBlock,
    availabilityZone: 'ap-south-1a',
    availabilityZoneId: 'aps1-az1',
    mapPublicIpOnLaunch: false,
    availableIpAddressCount: 0,
    tags: {},
  });
  return { region, id, find: () => region.subnets.get(id) as Subnet };
}

// "Amazon VPC User Guide: Subnet sizing": the first four addresses and the last are kept.
describe('addresses of a subnet', () => {
  it('are given out once each until all but the five reserved ones are in use', () => {
    const { region, find } = subnetOf('10.0.0.16/28');
    const given = Array.from({ length: 11 }, () => addInterface(region, find(), about)?.privateIpAddress);
    assert.deepEqual(
      [...given].sort((left, right) => ipv4(left ?? '') - ipv4(right ?? '')),
      Array.from({ length: 11 }, (_, index) => `10.0.0.${20 + index}`),
    );
    assert.equal(find().availableIpAddressCount, 0);
    assert.equal(addInterface(region, find(), about), undefined);
    const [first] = [...region.networkInterfaces.values()];
    assert.ok(first);
    removeInterface(region, first.id);
    assert.equal(find().availableIpAddressCount, 1);
    assert.equal(addInterface(region, find(), about)?.privateIpAddress, first.privateIpAddress);
  });

  it('are assignable and inside the range, whatever its size', () => {
    fc.assert(
      fc.property(fc.integer({ min: 16, max: 28 }), fc.integer({ min: 0, max: 2 ** 12 - 1 }), (prefixLength, block) => {
        const cidr = `10.${block >>> 8}.${block & 255}.0/${prefixLength}`;
        const { region, find } = subnetOf(cidr);
        const address = addInterface(region, find(), about)?.privateIpAddress ?? '';
        const range = parseCidr(cidr);
        assert.ok(range && contains(range, ipv4(address)));
        assert.ok(isAssignable(find(), address));
      }),
      { numRuns: 50 },
    );
  });
});
