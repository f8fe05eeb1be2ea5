import assert from 'node:assert/strict';
import { worldKinds } from '../../../../src/simulator/worldKinds';
import { danglingReferences } from '../../../support/danglingReferences';
import { startTestCloud } from '../../../support/practice';

/** Instances of the first account with their standing, and the endpoints and VPCs, as people name them. */
function layoutOf(kind: (typeof worldKinds)[number]) {
  const { cloud } = startTestCloud(kind);
  const [region] = cloud.world.regions;
  assert.ok(region);
  assert.deepEqual(danglingReferences(cloud.world), []);
  const isOnline = (id: string) => [...region.managedNodes].some(([node, { isOnline }]) => node === id && isOnline);
  return {
    vpcs: [...region.vpcs.values()].map(({ cidrBlocks }) => cidrBlocks.join()),
    machines: [...region.instances.values()].map(({ id, tags }) => `${tags.Name}${isOnline(id) ? '' : ' offline'}`),
    endpoints: [...region.endpoints.values()].map(
      ({ serviceName, state }) => `${serviceName.split('.').pop()} ${state}`,
    ),
  };
}

const sessionEndpoints = ['ssm available', 'ssmmessages available'];
const both = ['172.31.0.0/16', '10.0.0.0/16'];

describe('the worlds that a practice cloud can begin with', () => {
  it('all begin', () => {
    for (const kind of worldKinds) layoutOf(kind);
  });

  it('empty has nothing, default-vpc what AWS gives to everyone', () => {
    assert.deepEqual(layoutOf('empty'), { vpcs: [], machines: [], endpoints: [] });
    assert.deepEqual(layoutOf('default-vpc'), { vpcs: ['172.31.0.0/16'], machines: [], endpoints: [] });
  });

  it("a lab's has its prerequisites, its machines online, and nothing that the lab is about", () => {
    assert.deepEqual(layoutOf('gw-s3'), {
      vpcs: both,
      machines: ['jump-host', 'private-instance'],
      endpoints: sessionEndpoints,
    });
    for (const kind of ['iface-ec2-url', 'iface-s3-eic'] as const)
      assert.deepEqual(layoutOf(kind), { vpcs: both, machines: ['private-instance'], endpoints: sessionEndpoints });
    assert.deepEqual(layoutOf('peering'), {
      vpcs: both,
      machines: ['requester-instance', 'accepter-instance'],
      endpoints: [],
    });
    assert.deepEqual(layoutOf('svc-nginx'), { vpcs: ['172.31.0.0/16'], machines: ['web-server'], endpoints: [] });
    assert.deepEqual(layoutOf('dns-no-igw'), { vpcs: both, machines: ['dns-lab-instance'], endpoints: [] });
  });
});
