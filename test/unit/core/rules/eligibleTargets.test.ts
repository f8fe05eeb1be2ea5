import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TargetHealth } from '../../../../src/core/loadBalancing';
import { eligibleTargets } from '../../../../src/core/rules/eligibleTargets';

const target = (id: string, health: TargetHealth, zone: string | undefined = 'a') => ({ target: { id, health }, zone });
const ids = (result: ReturnType<typeof eligibleTargets<{ id: string; health: TargetHealth }>>) =>
  result.kind === 'targets' ? result.targets.map(({ id }) => id) : result.kind;
const alone = { zone: 'a', isCrossZone: false };
const across = { zone: 'a', isCrossZone: true };

describe('the targets of a load balancer node ("Network Load Balancers: Target group health")', () => {
  it('are the healthy ones of its zone', () => {
    const registered = [target('1', 'healthy'), target('2', 'unhealthy'), target('3', 'healthy', 'b')];
    assert.deepEqual(ids(eligibleTargets(registered, alone)), ['1']);
  });

  it('are those of every zone with cross-zone load balancing', () => {
    const registered = [target('1', 'healthy'), target('3', 'healthy', 'b')];
    assert.deepEqual(ids(eligibleTargets(registered, across)), ['1', '3']);
  });

  it('are all of them when none is healthy: the node fails open', () => {
    const registered = [target('1', 'unhealthy'), target('2', 'initial')];
    assert.deepEqual(ids(eligibleTargets(registered, alone)), ['1', '2']);
  });

  it('are none when its zone has none, whatever others have', () => {
    assert.equal(ids(eligibleTargets([target('3', 'healthy', 'b')], alone)), 'noneInZone');
  });

  it('are none when the group is empty, or every target is on its way out or in no use', () => {
    assert.equal(ids(eligibleTargets([], across)), 'noneRegistered');
    assert.equal(ids(eligibleTargets([target('1', 'draining'), target('2', 'unused')], across)), 'noneRegistered');
  });

  it('include addresses outside of the VPC, which count in every zone', () => {
    const outside = { target: { id: '1', health: 'healthy' as const }, zone: undefined };
    assert.deepEqual(ids(eligibleTargets([outside], alone)), ['1']);
  });

  it('never hold an unhealthy one beside a healthy one', () => {
    const anyTarget = fc.record({
      target: fc.record({
        id: fc.string(),
        health: fc.constantFrom<TargetHealth>('unused', 'initial', 'healthy', 'unhealthy', 'draining'),
      }),
      zone: fc.constantFrom('a', 'b', undefined),
    });
    fc.assert(
      fc.property(fc.array(anyTarget), fc.boolean(), (registered, isCrossZone) => {
        const result = eligibleTargets(registered, { zone: 'a', isCrossZone });
        const healths = result.kind === 'targets' ? result.targets.map(({ health }) => health) : [];
        assert.ok(!healths.includes('healthy') || healths.every(health => health === 'healthy'));
      }),
    );
  });
});
