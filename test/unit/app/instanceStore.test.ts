import assert from 'node:assert/strict';
import { InstanceStore } from '../../../src/app/instanceStore';
import { LabError } from '../../../src/core/errors';
import { known } from '../../../src/core/snapshot';
import { FakeCloud } from '../../support/fakeGateways';
import { HandClock } from '../../support/handClock';
import { instance, instanceId } from '../../support/networkBuilders';

describe('the instance store', () => {
  it('joins instances with their zone and what Session Manager says', async () => {
    const cloud = new FakeCloud();
    const [entry] = await new InstanceStore(new HandClock()).load(cloud.scope);
    assert.equal(entry?.instance.id, instanceId);
    assert.equal(entry?.availabilityZone, 'ap-south-1a');
    assert.equal(entry?.sessionManager, 'online');
  });

  it('lists instances even when Session Manager may not be asked, and says why', async () => {
    const cloud = new FakeCloud();
    cloud.failures.set('listSessionManagerStatus', new LabError('accessDenied'));
    const [entry] = await new InstanceStore(new HandClock()).load(cloud.scope);
    assert.equal(entry?.sessionManager, undefined);
    assert.equal(entry?.sessionManagerError?.code, 'accessDenied');
  });

  it('waits for a fresh instance to register, but not for ever', async () => {
    const cloud = new FakeCloud();
    const clock = new HandClock();
    cloud.statuses = new Map();
    cloud.snapshot = {
      ...cloud.snapshot,
      instances: known([instance({ instanceProfileArn: 'arn:profile', launchedAtMs: clock.now() })]),
    };
    const store = new InstanceStore(clock);
    await store.load(cloud.scope);
    const watch = store.watch(cloud.scope);
    await clock.advance(60_000);
    const early = cloud.count('listInstances');
    assert.ok(early > 3);
    await clock.advance(600_000);
    const late = cloud.count('listInstances');
    await clock.advance(600_000);
    assert.equal(cloud.count('listInstances'), late);
    watch.dispose();
  });
});
