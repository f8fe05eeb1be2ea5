import assert from 'node:assert/strict';
import { Timeline } from '../../../src/simulator/timeline';
import { driveByWallClock, PreciseClock } from '../../../src/simulator/wallClock';

describe('the wall clock driver', () => {
  it('keeps appointments in order, soon after they are due, and stops when told to', async () => {
    const clock = new PreciseClock();
    const timeline = new Timeline(clock.now());
    const driver = driveByWallClock(timeline, clock);
    const kept: string[] = [];
    await new Promise<void>(resolve => {
      timeline.after(8, () => {
        kept.push('second');
        timeline.after(0.2, () => {
          kept.push('third');
          resolve();
        });
      });
      timeline.after(3, () => kept.push('first'));
    });
    assert.deepEqual(kept, ['first', 'second', 'third']);
    driver.dispose();
    timeline.after(0, () => kept.push('never'));
    driver.catchUp();
    await new Promise(resolve => setTimeout(resolve, 5));
    assert.equal(kept.length, 3);
  });

  it('gives appointments the moment at which they were due', async () => {
    const clock = new PreciseClock();
    const timeline = new Timeline(clock.now());
    const driver = driveByWallClock(timeline, clock);
    const startMs = timeline.now();
    const atMs = await new Promise<number>(resolve => timeline.after(4, () => resolve(timeline.now())));
    assert.equal(atMs, startMs + 4);
    driver.dispose();
  });

  it('tells of an appointment that fails and keeps the others', async () => {
    const clock = new PreciseClock();
    const timeline = new Timeline(clock.now());
    const failures: unknown[] = [];
    const driver = driveByWallClock(timeline, clock, error => failures.push(error));
    const failure = new Error('cannot be kept');
    for (const delayMs of [0, 2])
      timeline.after(delayMs, () => {
        throw failure;
      });
    await new Promise<void>(resolve => timeline.after(3, resolve));
    assert.deepEqual(failures, [failure, failure]);
    driver.dispose();
  });

  it('stays close to the calendar', () => {
    assert.ok(Math.abs(new PreciseClock().now() - Date.now()) < 50);
  });
});
