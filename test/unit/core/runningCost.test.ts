import assert from 'node:assert/strict';
import { subnetId } from '../../../src/core/ids';
import { runningCost } from '../../../src/core/runningCost';
import { runningCostDetails, runningCostWords } from '../../../src/words/runningCost';

const [a, b] = [subnetId('subnet-0000000a'), subnetId('subnet-0000000b')];
const nothing = { endpoints: [], instances: [], loadBalancers: [], natGateways: [], elasticAddresses: [] };
const instance = { state: 'running', instanceType: 't3.micro', publicIpAddress: '3.110.5.6' } as const;

const balancer = { kind: 'network', scheme: 'internal', state: 'active', zones: [] } as const;
const gateway = { state: 'available' } as const;

describe('what runs by the hour (pricing pages of AWS)', () => {
  it('is nothing where nothing runs', () => {
    assert.deepEqual(runningCost(nothing), { lines: [], hourlyUsd: 0, isAtLeast: false });
  });

  it('counts each zone of an endpoint, whatever its state, until it is deleted', () => {
    const endpoints = [
      { kind: 'interface', state: 'available', subnetIds: [a, b] },
      { kind: 'interface', state: 'failed', subnetIds: [a] },
      { kind: 'gatewayLoadBalancer', state: 'pendingAcceptance', subnetIds: [a] },
      { kind: 'gateway', state: 'available', subnetIds: [] },
      { kind: 'interface', state: 'deleted', subnetIds: [a, b] },
    ] as const;
    const cost = runningCost({ ...nothing, endpoints });
    assert.deepEqual(cost.lines, [{ item: 'endpointZones', count: 4, hourlyUsd: 0.04 }]);
    assert.equal(cost.isAtLeast, false);
  });

  it('counts running instances by their type, their public addresses, balancers and NAT gateways', () => {
    const stopped = { ...instance, state: 'stopped' } as const;
    const cost = runningCost({
      ...nothing,
      instances: [instance, stopped],
      loadBalancers: [balancer],
      natGateways: [gateway, gateway],
    });
    assert.deepEqual(
      cost.lines.map(({ item, count }) => [item, count]),
      [
        ['instances', 1],
        ['publicAddresses', 1],
        ['networkLoadBalancers', 1],
        ['natGateways', 2],
      ],
    );
    assert.equal(cost.hourlyUsd.toFixed(4), '0.1279');
  });

  it('counts each public address once: of instances, Elastic ones in use or not, and of balancers that face the internet', () => {
    const zones = [
      { availabilityZone: 'ap-south-1a', subnetId: a },
      { availabilityZone: 'ap-south-1b', subnetId: b },
    ];
    const { lines } = runningCost({
      ...nothing,
      instances: [instance],
      elasticAddresses: [{ publicIpAddress: instance.publicIpAddress }, { publicIpAddress: '3.110.5.7' }],
      loadBalancers: [
        { ...balancer, zones },
        { ...balancer, scheme: 'internet-facing', zones },
      ],
    });
    assert.equal(lines.find(({ item }) => item === 'publicAddresses')?.count, 4);
  });

  it('leaves out NAT gateways and balancers that failed or are gone', () => {
    const natGateways = (['failed', 'deleting', 'deleted'] as const).map(state => ({ state }));
    const failed = { ...balancer, state: 'failed' } as const;
    assert.deepEqual(runningCost({ ...nothing, natGateways, loadBalancers: [failed] }).lines, []);
  });

  it('is a least sum when something was not read or has no price', () => {
    for (const resources of [
      { ...nothing, endpoints: undefined },
      { ...nothing, instances: undefined },
      { ...nothing, natGateways: undefined },
      { ...nothing, loadBalancers: undefined },
      { ...nothing, elasticAddresses: undefined },
      { ...nothing, loadBalancers: [{ ...balancer, kind: 'application' }] as const },
      { ...nothing, instances: [{ ...instance, instanceType: 'x99.metal' }] },
      { ...nothing, endpoints: [{ kind: 'resource', state: 'available', subnetIds: [a] }] as const },
    ])
      assert.equal(runningCost(resources).isAtLeast, true);
  });

  it('is said shortly, and in full with what is billed', () => {
    const cost = runningCost({ ...nothing, instances: [instance], natGateways: undefined });
    assert.equal(runningCostWords(cost), 'at least 0.0154 USD/h');
    const live = runningCostDetails(cost, 'live').join('\n');
    assert.match(live, /1 × instance: 0\.0104 USD\/h/);
    assert.match(live, /not read/);
    assert.doesNotMatch(live, /Nothing is billed/);
    assert.match(runningCostDetails(cost, 'practice').join('\n'), /Nothing is billed/);
    assert.equal(runningCostWords(runningCost(nothing)), 'about 0.00 USD/h');
  });
});
