import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { HealthCheck, ProbeRun } from '../../../../src/core/loadBalancing';
import { runAfter } from '../../../../src/simulator/world/targetHealth';

const thresholds = fc.integer({ min: 2, max: 10 });

function checkOf(healthyThreshold: number, unhealthyThreshold: number): HealthCheck {
  return {
    protocol: 'TCP',
    port: 'traffic-port',
    path: undefined,
    isEnabled: true,
    intervalSeconds: 30,
    timeoutSeconds: 10,
    healthyThreshold,
    unhealthyThreshold,
    matcher: undefined,
  };
}

/** Judges a whole history at once: by the last results in a row, or by the first success of all. */
function verdictOf(results: readonly boolean[], check: HealthCheck): ProbeRun['verdict'] {
  const last = results.at(-1);
  if (last === undefined) return undefined;
  const before = verdictOf(results.slice(0, -1), check);
  const row = results.length - 1 - results.lastIndexOf(!last);
  const needed = last ? (before ? check.healthyThreshold : 1) : check.unhealthyThreshold;
  return row >= needed ? (last ? 'healthy' : 'unhealthy') : before;
}

describe("a node's verdict on a target", () => {
  it('follows from its results in a row, whatever came before ("Network Load Balancers: Health checks")', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), thresholds, thresholds, (results, healthy, unhealthy) => {
        const check = checkOf(healthy, unhealthy);
        let run: ProbeRun | undefined;
        for (const hasPassed of results) run = runAfter(run, hasPassed, check);
        assert.equal(run?.verdict, verdictOf(results, check));
      }),
    );
  });

  it('is the very same value when a result changes nothing', () => {
    fc.assert(
      fc.property(thresholds, thresholds, fc.boolean(), (healthy, unhealthy, hasPassed) => {
        const run: ProbeRun = { verdict: hasPassed ? 'healthy' : 'unhealthy', contraryCount: 0 };
        assert.equal(runAfter(run, hasPassed, checkOf(healthy, unhealthy)), run);
      }),
    );
  });
});
