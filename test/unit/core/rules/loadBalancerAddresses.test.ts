import assert from 'node:assert/strict';
import { networkInterfaceId, subnetId } from '../../../../src/core/ids';
import type { TargetHealth } from '../../../../src/core/loadBalancing';
import { loadBalancerAddresses } from '../../../../src/core/rules/loadBalancerAddresses';

const node = (letter: string, number: number) => ({
  subnetId: subnetId(`subnet-0000000${number}`),
  availabilityZone: `ap-south-1${letter}`,
  networkInterfaceId: networkInterfaceId(`eni-0000000${number}`),
  privateIpAddress: `10.0.${number}.7`,
  publicIpAddress: `13.232.0.${number}`,
  isAddressChosen: false,
  allocationId: undefined,
});
const balancer = { nodes: [node('a', 1), node('b', 2)], scheme: 'internal' } as const;
const group = (isCrossZone: boolean, ...targets: (readonly [string, TargetHealth])[]) => ({
  isCrossZone,
  targets: targets.map(([letter, health]) => ({ target: { health }, zone: `ap-south-1${letter}` })),
});

describe("a load balancer's name", () => {
  it('leads to every node without targets, and when none is healthy', () => {
    assert.deepEqual(loadBalancerAddresses(balancer, []), ['10.0.1.7', '10.0.2.7']);
    assert.deepEqual(loadBalancerAddresses(balancer, [group(false)]), ['10.0.1.7', '10.0.2.7']);
    assert.deepEqual(loadBalancerAddresses(balancer, [group(false, ['a', 'unhealthy'])]), ['10.0.1.7', '10.0.2.7']);
  });

  it('leaves out zones without a healthy target', () => {
    assert.deepEqual(loadBalancerAddresses(balancer, [group(false, ['a', 'healthy'])]), ['10.0.1.7']);
    assert.deepEqual(loadBalancerAddresses(balancer, [group(false, ['a', 'initial'], ['b', 'healthy'])]), ['10.0.2.7']);
  });

  it('leads to every node when one healthy target is reached across zones', () => {
    assert.deepEqual(loadBalancerAddresses(balancer, [group(true, ['a', 'healthy'])]), ['10.0.1.7', '10.0.2.7']);
  });

  it('leads to public addresses of one that faces the internet', () => {
    const facing = { ...balancer, scheme: 'internet-facing' } as const;
    assert.deepEqual(loadBalancerAddresses(facing, []), ['13.232.0.1', '13.232.0.2']);
  });

  it('leads to one node by its zonal form', () => {
    assert.deepEqual(loadBalancerAddresses(balancer, [group(false, ['a', 'healthy'])], 'ap-south-1b'), ['10.0.2.7']);
  });
});
