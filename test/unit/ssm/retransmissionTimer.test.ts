import assert from 'node:assert/strict';
import fc from 'fast-check';
import { RetransmissionTimer } from '../../../src/ssm/retransmissionTimer';
import { timeoutVectors } from '../../support/ssmVectors';

/** The official ends keep the timeout in whole nanoseconds. */
const NANOSECOND_IN_MS = 1e-6;

function assertNear(actual: number, expected: number): void {
  assert.ok(Math.abs(actual - expected) <= NANOSECOND_IN_MS, `${actual} is not ${expected}`);
}

describe('retransmission timer', () => {
  it('follows the official client step by step', () => {
    const timer = new RetransmissionTimer();
    assertNear(timer.timeoutMs, timeoutVectors.initial.rtoMs);
    for (const step of timeoutVectors.steps) {
      timer.observe(step.sampleMs);
      assertNear(timer.roundTripMs, step.srttMs);
      assertNear(timer.variationMs, step.rttvarMs);
      assertNear(timer.timeoutMs, step.rtoMs);
    }
  });

  it('never waits longer than a second', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100_000)), samples => {
        const timer = new RetransmissionTimer();
        for (const sample of samples) timer.observe(sample);
        assert.ok(timer.timeoutMs <= 1_000 && timer.timeoutMs >= 10);
      }),
    );
  });
});
