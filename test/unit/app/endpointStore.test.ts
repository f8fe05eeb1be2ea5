import assert from 'node:assert/strict';
import { EndpointStore } from '../../../src/app/endpointStore';
import { LabError } from '../../../src/core/errors';
import { vpcEndpointId } from '../../../src/core/ids';
import { FakeCloud } from '../../support/fakeGateways';
import { HandClock } from '../../support/handClock';
import { endpoint, endpointId, unread } from '../../support/networkBuilders';

function setUp() {
  const cloud = new FakeCloud();
  const clock = new HandClock();
  const store = new EndpointStore(clock);
  const events: (string | undefined)[] = [];
  store.onDidChange(({ id }) => events.push(id));
  return { cloud, clock, store, events, scope: cloud.scope };
}

describe('the endpoint store', () => {
  it('answers two callers with one request, and the next from memory', async () => {
    const { cloud, store, scope } = setUp();
    const [one, other] = await Promise.all([store.load(scope), store.load(scope)]);
    assert.equal(one, other);
    await store.load(scope);
    assert.equal(cloud.count('listEndpoints'), 1);
  });

  it('joins an endpoint with its interfaces in the order of their zones, and its groups', async () => {
    const { store, scope } = setUp();
    const [details] = await store.load(scope);
    assert.deepEqual(
      details?.interfaces.map(item => [item.availabilityZone, item.privateIpAddress]),
      [
        ['ap-south-1a', '172.31.36.107'],
        ['ap-south-1b', '172.31.14.109'],
      ],
    );
    assert.equal(details?.securityGroups.length, 1);
    assert.deepEqual(details?.gaps, []);
  });

  it('says which part of an endpoint could not be read', async () => {
    const { cloud, store, scope } = setUp();
    cloud.snapshot = { ...cloud.snapshot, networkInterfaces: unread('ec2:DescribeNetworkInterfaces') };
    const [details] = await store.load(scope);
    assert.deepEqual(
      details?.gaps.map(({ reading }) => reading),
      ['ec2:DescribeNetworkInterfaces'],
    );
  });

  it('tells nobody when a refresh found everything as it was', async () => {
    const { store, scope, events } = setUp();
    await store.load(scope);
    events.length = 0;
    await store.refresh(scope);
    assert.deepEqual(events, []);
  });

  it('names the one endpoint that changed', async () => {
    const { cloud, store, scope, events } = setUp();
    await store.load(scope);
    events.length = 0;
    cloud.endpoints = [endpoint({ state: 'deleting' })];
    await store.refresh(scope);
    assert.deepEqual(events, [endpointId]);
  });

  it('tells of the whole list when an endpoint came', async () => {
    const { cloud, store, scope, events } = setUp();
    await store.load(scope);
    events.length = 0;
    cloud.endpoints = [endpoint(), endpoint({ id: vpcEndpointId('vpce-0123456789abcdef0') })];
    await store.refresh(scope);
    assert.deepEqual(events, [undefined]);
  });

  it('keeps the old list beside the error, and forgets the error when it reads again', async () => {
    const { cloud, store, scope } = setUp();
    await store.load(scope);
    cloud.failures.set('listEndpoints', new LabError('throttled'));
    await assert.rejects(store.refresh(scope));
    assert.equal(store.get(scope).value?.length, 1);
    assert.equal(store.get(scope).error?.code, 'throttled');
    cloud.failures.clear();
    await store.load(scope);
    assert.equal(store.get(scope).error, undefined);
  });

  it('polls a pending endpoint while somebody looks, until it is available', async () => {
    const { cloud, clock, store, scope, events } = setUp();
    cloud.endpoints = [endpoint({ state: 'pending' })];
    await store.load(scope);
    await clock.advance(30_000);
    assert.equal(cloud.count('listEndpoints'), 1, 'nobody looks yet');
    const watch = store.watch(scope);
    await clock.advance(10_000);
    const polled = cloud.count('listEndpoints');
    assert.ok(polled > 3, `polled ${polled} times`);
    cloud.endpoints = [endpoint()];
    await clock.advance(30_000);
    assert.equal(events.at(-1), endpointId);
    const settled = cloud.count('listEndpoints');
    await clock.advance(600_000);
    assert.equal(cloud.count('listEndpoints'), settled);
    watch.dispose();
    assert.equal(clock.waiting, 0);
  });

  it('stops polling when the last watcher looks away, and some day even when nothing settles', async () => {
    const { cloud, clock, store, scope } = setUp();
    cloud.endpoints = [endpoint({ state: 'pending' })];
    await store.load(scope);
    const watch = store.watch(scope);
    await clock.advance(3_600_000);
    const polled = cloud.count('listEndpoints');
    assert.ok(polled < 80, `polled ${polled} times`);
    watch.dispose();
    await clock.advance(3_600_000);
    assert.equal(cloud.count('listEndpoints'), polled);
  });

  it('waits for a new id that AWS does not list yet', async () => {
    const { cloud, clock, store, scope } = setUp();
    cloud.endpoints = [];
    await store.load(scope);
    const watch = store.watch(scope);
    await store.noteChange(scope, endpointId);
    await clock.advance(10_000);
    assert.equal(store.find(scope, endpointId), undefined);
    cloud.endpoints = [endpoint()];
    await clock.advance(20_000);
    assert.equal(store.find(scope, endpointId)?.endpoint.id, endpointId);
    watch.dispose();
  });

  it('reads once more when told of a change during a reading, which may not have seen it', async () => {
    const { cloud, store, scope } = setUp();
    const reading = store.load(scope);
    await Promise.all([reading, store.noteChange(scope)]);
    assert.equal(cloud.count('listEndpoints'), 2);
  });

  it('forgets a scope that is gone, and keeps the others', async () => {
    const { store, scope } = setUp();
    const gone = { ...scope };
    await Promise.all([store.load(scope), store.load(gone)]);
    store.keepOnly([scope]);
    assert.equal(store.get(gone).value, undefined);
    assert.equal(store.get(scope).value?.length, 1);
  });
});
