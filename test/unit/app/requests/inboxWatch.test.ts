import assert from 'node:assert/strict';
import type { Scope, ScopeStore } from '../../../../src/app/appModel';
import { endpointRequests } from '../../../../src/app/requests/endpointRequests';
import { InboxWatch } from '../../../../src/app/requests/inboxWatch';
import { countWaiting, PendingStore } from '../../../../src/app/requests/pendingStore';
import { Emitter } from '../../../../src/base/event';
import type { EndpointConnection } from '../../../../src/core/endpointService';
import { LabError } from '../../../../src/core/errors';
import { FakeCloud } from '../../../support/fakeGateways';
import { HandClock } from '../../../support/handClock';

const connection = (number: number) =>
  ({
    id: `vpce-con-${number}`,
    endpointId: `vpce-${number}`,
    serviceId: 'vpce-svc-1',
    ownerId: '444455556666',
    state: 'pendingAcceptance',
    createdAtMs: number,
    tags: {},
  }) as unknown as EndpointConnection;

function setUp(pollMs = 60_000) {
  const cloud = new FakeCloud();
  const clock = new HandClock();
  const store = new PendingStore(clock, [endpointRequests]);
  const didWake = new Emitter<void>();
  const didChangeScopes = new Emitter<void>();
  const state = { isAwake: true, pollMs, scopes: [cloud.scope] as readonly Scope[] };
  const scopes = {
    get scopes() {
      return state.scopes;
    },
    onDidChange: didChangeScopes.event,
  } as unknown as ScopeStore;
  const watch = new InboxWatch({
    store,
    scopes,
    clock,
    isAwake: () => state.isAwake,
    onDidWake: didWake.event,
    pollMs: () => state.pollMs,
  });
  const counts: number[] = [];
  store.onDidChange(() => counts.push(countWaiting(store, state.scopes)));
  return { cloud, clock, store, state, didWake, didChangeScopes, watch, counts };
}

const readings = (cloud: FakeCloud) => cloud.count('listConnections');

describe('the watch over the inbox', () => {
  it('counts up and down while nobody looks at the view', async () => {
    const { cloud, clock, counts } = setUp();
    cloud.connections = [connection(1)];
    await clock.advance(60_000);
    cloud.connections = [connection(1), connection(2)];
    await clock.advance(80_000);
    cloud.connections = [connection(2)];
    await clock.advance(80_000);
    cloud.connections = [];
    await clock.advance(80_000);
    assert.deepEqual(counts, [1, 2, 1, 0]);
  });

  it('asks less and less often while nothing changes, and at its own pace again when something does', async () => {
    const { cloud, clock, counts } = setUp();
    await clock.advance(60 * 60_000);
    const quiet = readings(cloud);
    assert.ok(quiet > 10 && quiet < 22, String(quiet));
    cloud.connections = [connection(1)];
    while (counts.at(-1) !== 1) await clock.advance(1_000);
    const before = readings(cloud);
    await clock.advance(60_000 + 75_000 + 94_000);
    assert.equal(readings(cloud) - before, 3);
  });

  it('asks nothing while the window is not in front, and at once when it is again', async () => {
    const { cloud, clock, state, didWake } = setUp();
    state.isAwake = false;
    didWake.fire();
    await clock.advance(30 * 60_000);
    assert.equal(readings(cloud), 0);
    state.isAwake = true;
    didWake.fire();
    await clock.advance(0);
    assert.equal(readings(cloud), 1);
  });

  it('doubles its gaps while AWS refuses, up to an hour', async () => {
    const { cloud, clock } = setUp();
    cloud.failures.set('listConnections', new LabError('credentialsExpired'));
    await clock.advance(10 * 60 * 60_000);
    assert.ok(readings(cloud) >= 12 && readings(cloud) <= 18, String(readings(cloud)));
    cloud.failures.clear();
    await clock.advance(60 * 60_000 + 60_000);
    const before = readings(cloud);
    await clock.advance(10 * 60_000);
    assert.ok(readings(cloud) - before >= 2);
  });

  it('asks only by hand when it is switched off', async () => {
    const { cloud, clock, state, watch } = setUp(0);
    await clock.advance(60 * 60_000);
    assert.equal(readings(cloud), 0);
    state.pollMs = 60_000;
    watch.wake();
    await clock.advance(0);
    assert.equal(readings(cloud), 1);
  });

  it('leaves a scope that is gone alone, and takes up a new one', async () => {
    const { cloud, clock, state, didChangeScopes, watch } = setUp();
    const other = new FakeCloud('other');
    state.scopes = [other.scope];
    didChangeScopes.fire();
    await clock.advance(60_000);
    assert.deepEqual([readings(cloud), readings(other)], [0, 1]);
    watch.dispose();
    assert.equal(clock.waiting, 0);
  });
});
