import assert from 'node:assert/strict';
import { InstanceStore } from '../../../../src/app/instanceStore';
import { captureCandidates } from '../../../../src/app/operations/captureCandidates';
import { instanceId as asInstanceId, networkInterfaceId } from '../../../../src/core/ids';
import { known } from '../../../../src/core/snapshot';
import { FakeCloud } from '../../../support/fakeGateways';
import { HandClock } from '../../../support/handClock';
import {
  endpoint,
  endpointGroupId,
  everythingOut,
  instance,
  instanceId,
  networkInterface,
  securityGroup,
} from '../../../support/networkBuilders';

const foreigner = asInstanceId('i-000000000000000aa');
const foreignInterface = networkInterfaceId('eni-000000000000000aa');
const offline = asInstanceId('i-000000000000000bb');

async function candidates(cloud: FakeCloud) {
  const found = await captureCandidates(cloud.scope, endpoint(), new InstanceStore(new HandClock()));
  return found.map(({ entry, reach, prediction }) => [entry.instance.id, reach, prediction?.outcome.kind]);
}

describe('instances to capture traffic to an endpoint on', () => {
  it('come first when they reach it', async () => {
    const cloud = new FakeCloud();
    const interfaces = cloud.snapshot.networkInterfaces.known ? cloud.snapshot.networkInterfaces.value : [];
    cloud.statuses = new Map([
      [instanceId, 'online'],
      [foreigner, 'online'],
    ]);
    cloud.snapshot = {
      ...cloud.snapshot,
      instances: known([
        instance({ id: offline, tags: { Name: 'a' } }),
        instance({ id: foreigner, networkInterfaceIds: [foreignInterface], tags: { Name: 'b' } }),
        instance({ tags: { Name: 'c' } }),
        instance({ id: asInstanceId('i-000000000000000cc'), state: 'terminated' }),
      ]),
      networkInterfaces: known([
        ...interfaces,
        networkInterface({
          id: foreignInterface,
          instanceId: foreigner,
          privateIpAddress: '172.31.37.9',
          securityGroupIds: [],
        }),
      ]),
    };
    assert.deepEqual(await candidates(cloud), [
      [instanceId, 'reaches', 'reachesEndpoint'],
      [foreigner, 'doesNotReach', 'dropped'],
      [offline, 'notOnline', 'reachesEndpoint'],
    ]);
  });

  it('say why not when the group of the endpoint lacks 443', async () => {
    const cloud = new FakeCloud();
    cloud.snapshot = {
      ...cloud.snapshot,
      securityGroups: known([securityGroup(), securityGroup({ id: endpointGroupId, rules: [everythingOut] })]),
    };
    assert.deepEqual(await candidates(cloud), [[instanceId, 'doesNotReach', 'dropped']]);
  });

  it('cannot tell when groups were not read', async () => {
    const cloud = new FakeCloud();
    const gap = { code: 'accessDenied', reading: 'ec2:DescribeSecurityGroups', detail: undefined } as const;
    cloud.snapshot = { ...cloud.snapshot, securityGroups: { known: false, gap } };
    assert.deepEqual(await candidates(cloud), [[instanceId, 'cannotTell', 'unknown']]);
  });
});
