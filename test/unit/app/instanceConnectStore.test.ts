import assert from 'node:assert/strict';
import type { EndpointDetails, InstanceConnectDetails } from '../../../src/app/appModel';
import { EndpointStore } from '../../../src/app/endpointStore';
import { InstanceConnectStore } from '../../../src/app/instanceConnectStore';
import { joinStores } from '../../../src/app/joinStores';
import { LabError } from '../../../src/core/errors';
import { instanceConnectEndpointId } from '../../../src/core/ids';
import type { InstanceConnectEndpoint } from '../../../src/core/instanceConnectEndpoint';
import { FakeCloud } from '../../support/fakeGateways';
import { HandClock } from '../../support/handClock';
import { endpointGroupId, endpointId, endpointInterfaceA, subnetA, vpcId } from '../../support/networkBuilders';

const connect: InstanceConnectEndpoint = {
  id: instanceConnectEndpointId('eice-0123456789abcdef0'),
  vpcId,
  subnetId: subnetA,
  networkInterfaceIds: [endpointInterfaceA],
  securityGroupIds: [endpointGroupId],
  preservesClientIp: false,
  state: 'createComplete',
  stateMessage: '',
  dnsName: '',
  createdAtMs: 0,
  tags: {},
};

function setUp(endpoints: readonly InstanceConnectEndpoint[] = [connect]) {
  const cloud = new FakeCloud();
  cloud.connectEndpoints = endpoints;
  const clock = new HandClock();
  const store = new InstanceConnectStore(clock);
  return { cloud, clock, store, scope: cloud.scope };
}

describe('the store of Instance Connect endpoints', () => {
  it('joins each with its interfaces and groups', async () => {
    const { store, scope } = setUp();
    const [details] = await store.load(scope);
    assert.equal(details?.interfaces[0]?.privateIpAddress, '172.31.36.107');
    assert.equal(details?.securityGroups.length, 1);
    assert.equal(details?.subnet?.id, subnetA);
  });

  it('reads no network where there are none', async () => {
    const { cloud, store, scope } = setUp([]);
    assert.deepEqual(await store.load(scope), []);
    assert.equal(cloud.count('readSnapshot'), 0);
  });

  it('takes a backend without them as one that has none, and rejects what is not allowed', async () => {
    const { cloud, store, scope } = setUp();
    cloud.failures.set(
      'listInstanceConnectEndpoints',
      new LabError('requestRefused', {}, { cloudCode: 'InvalidAction' }),
    );
    assert.deepEqual(await store.load(scope), []);
    cloud.failures.set(
      'listInstanceConnectEndpoints',
      new LabError('accessDenied', {}, { cloudCode: 'UnauthorizedOperation' }),
    );
    await assert.rejects(store.refresh(scope), { code: 'accessDenied' });
  });

  it('polls while one is being created', async () => {
    const { cloud, clock, store, scope } = setUp([{ ...connect, state: 'createInProgress' }]);
    await store.load(scope);
    const watch = store.watch(scope);
    await clock.advance(10_000);
    assert.ok(cloud.count('listInstanceConnectEndpoints') > 3);
    watch.dispose();
  });
});

describe('two stores as one', () => {
  function joined() {
    const { cloud, clock, store, scope } = setUp();
    const endpoints = new EndpointStore(clock);
    const all = joinStores<EndpointDetails, InstanceConnectDetails>(endpoints, store, entry =>
      'endpoint' in entry ? entry.endpoint.id : entry.instanceConnect.id,
    );
    return { cloud, clock, store, endpoints, all, scope };
  }

  it('list the items of both, and find each by its id', async () => {
    const { all, scope } = joined();
    const entries = await all.load(scope);
    assert.deepEqual(entries.map(all.idOf), [endpointId, connect.id]);
    assert.ok('instanceConnect' in (all.find(scope, connect.id) ?? {}));
  });

  it('keep what one of them read when the other fails, and say what failed', async () => {
    const { cloud, all, scope } = joined();
    cloud.failures.set(
      'listInstanceConnectEndpoints',
      new LabError('accessDenied', {}, { cloudCode: 'UnauthorizedOperation' }),
    );
    await assert.rejects(all.load(scope), { code: 'accessDenied' });
    await all.load(scope).catch(() => undefined);
    assert.deepEqual(all.get(scope).value?.map(all.idOf), [endpointId]);
    assert.equal(all.get(scope).error?.code, 'accessDenied');
  });

  it('tell of a change in either, and stop polling both', async () => {
    const { cloud, clock, all, scope } = joined();
    await all.load(scope);
    const heard: (string | undefined)[] = [];
    all.onDidChange(({ id }) => heard.push(id));
    cloud.connectEndpoints = [{ ...connect, state: 'deleteInProgress' }];
    await all.refresh(scope);
    assert.deepEqual(heard, [connect.id]);
    all.watch(scope).dispose();
    assert.equal(clock.waiting, 0);
  });
});
