import assert from 'node:assert/strict';
import type { Scope } from '../../../src/app/appModel';
import { BilledStore } from '../../../src/app/billedStore';
import { BilledWatch } from '../../../src/app/billedWatch';
import { runChange } from '../../../src/app/changes/runChange';
import { planNatGateway } from '../../../src/app/operations/network/planNatGateway';
import { createStores } from '../../../src/app/stores';
import { Emitter } from '../../../src/base/event';
import { LabError } from '../../../src/core/errors';
import { runningCost } from '../../../src/core/runningCost';
import { FakeCloud } from '../../support/fakeGateways';
import { HandClock } from '../../support/handClock';
import { endpoint } from '../../support/networkBuilders';
import { PracticeScopes } from '../../support/practiceScopes';

describe('what is billed beside the views’ own resources', () => {
  before(PracticeScopes.load);

  it('is read from AWS: a NAT gateway and its address are there as soon as they are made', async () => {
    const practice = new PracticeScopes();
    const store = new BilledStore(practice.timeline);
    const scope = practice.provider;
    const [before] = await practice.run(store.load(scope));
    assert.ok(before?.loadBalancers && before.natGateways && before.elasticAddresses);
    const { network } = await scope.gateways();
    const { subnets } = await practice.run(network.readSnapshot(['subnets']));
    assert.ok(subnets.known && subnets.value[0]);
    await practice.run(runChange(scope, planNatGateway(scope, { subnetId: subnets.value[0].id, name: undefined })));
    await practice.run(store.noteChange(scope));
    const [after] = await practice.run(store.load(scope));
    assert.equal(after?.elasticAddresses?.length, before.elasticAddresses.length + 1);
    assert.equal(after?.natGateways?.length, before.natGateways.length + 1);
    store.dispose();
    practice.dispose();
  });

  it('lacks a part that AWS refuses to show, and the sum is then a least one', async () => {
    const cloud = new FakeCloud();
    const refusal = new LabError('accessDenied', {}, { cloudCode: 'AccessDenied' });
    cloud.failures.set('listLoadBalancers', refusal);
    const [things] = await new BilledStore(new HandClock()).load(cloud.scope);
    assert.ok(things && things.loadBalancers === undefined && things.elasticAddresses);
    assert.equal(runningCost({ endpoints: [], instances: [], ...things }).isAtLeast, true);
  });

  it('is not known at all when the cloud is out of reach', async () => {
    const cloud = new FakeCloud();
    cloud.failures.set('listLoadBalancers', new LabError('cloudUnreachable'));
    await assert.rejects(new BilledStore(new HandClock()).load(cloud.scope), { code: 'cloudUnreachable' });
  });
});

describe('the reading of what is billed', () => {
  function setUp({ isSeen = true } = {}) {
    const cloud = new FakeCloud();
    const clock = new HandClock();
    const changed = new Emitter<void>();
    const stores = createStores({ scopes: [cloud.scope], onDidChange: new Emitter<void>().event }, clock);
    const shown: { scope: Scope | undefined } = { scope: cloud.scope };
    const watch = new BilledWatch({
      stores,
      clock,
      scope: () => shown.scope,
      isSeen: () => isSeen,
      onDidChange: changed.event,
    });
    return { cloud, clock, changed, stores, shown, watch, readings: () => cloud.count('listLoadBalancers') };
  }

  it('follows the first reading of a view, and no view that is hidden, nor another scope', async () => {
    const { stores, cloud, readings, shown, changed } = setUp();
    assert.equal(readings(), 0);
    await stores.endpoints.load(cloud.scope);
    await stores.billed.load(cloud.scope);
    assert.equal(readings(), 1);
    shown.scope = undefined;
    changed.fire();
    const hidden = setUp({ isSeen: false });
    await hidden.stores.endpoints.load(hidden.cloud.scope);
    hidden.changed.fire();
    assert.equal(hidden.readings(), 0);
    assert.equal(readings(), 1);
  });

  it('follows changes, once a minute at most, and never time alone', async () => {
    const { stores, cloud, clock, readings } = setUp();
    await stores.endpoints.load(cloud.scope);
    await stores.billed.load(cloud.scope);
    for (const state of ['pending', 'available'] as const) {
      cloud.endpoints = [endpoint({ state })];
      await stores.endpoints.refresh(cloud.scope);
    }
    assert.equal(readings(), 1);
    await clock.advance(60_000);
    assert.equal(readings(), 2);
    await clock.advance(600_000);
    assert.equal(readings(), 2);
  });

  it('ends with the window', async () => {
    const { stores, cloud, watch, readings } = setUp();
    watch.dispose();
    await stores.endpoints.load(cloud.scope);
    assert.equal(readings(), 0);
  });
});
