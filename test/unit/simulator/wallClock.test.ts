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

  it('stays close to the calendar', () => {
    assert.ok(Math.abs(new PreciseClock().now() - Date.now()) < 50);
  });
});
