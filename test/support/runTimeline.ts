import type { Timeline } from '../../src/simulator/timeline';

/** How many turns of the event loop may pass between two appointments before the simulation counts as quiet. */
const quietTurns = 4;

function turn(): Promise<void> {
  return new Promise(resolve => setImmediate(resolve));
}

async function settle(): Promise<void> {
  for (let count = 0; count < quietTurns; count++) await turn();
}

/**
 * Drives simulated time by hand: lets promises settle, then jumps to the next appointment, until the condition holds.
 * Rejects when the condition still fails `limitMs` of simulated time later, or when nothing is left to wait for.
 */
export async function runUntil(timeline: Timeline, condition: () => boolean, limitMs: number): Promise<void> {
  const endMs = timeline.now() + limitMs;
  for (;;) {
    await settle();
    if (condition()) return;
    const dueMs = timeline.nextDueMs;
    if (dueMs === undefined) throw new Error('Nothing is due any more and the condition still fails');
    if (dueMs > endMs) throw new Error(`The condition still fails after ${limitMs} ms of simulated time`);
    timeline.advanceTo(dueMs);
  }
}

/** Drives simulated time until the promise settles; same limits as `runUntil`. */
export async function runToEnd<T>(timeline: Timeline, work: Promise<T>, limitMs: number): Promise<T> {
  let isSettled = false;
  const mark = () => {
    isSettled = true;
  };
  work.then(mark, mark);
  await runUntil(timeline, () => isSettled, limitMs);
  return work;
}

/** Drives everything that is due in the next `durationMs`. */
export async function runFor(timeline: Timeline, durationMs: number): Promise<void> {
  const endMs = timeline.now() + durationMs;
  for (;;) {
    await settle();
    const dueMs = timeline.nextDueMs;
    if (dueMs === undefined || dueMs > endMs) break;
    timeline.advanceTo(dueMs);
  }
  timeline.advanceTo(endMs);
}

/** Drives simulated time at the pace of real files being read, until the promise settles: for first calls, which load code. */
export async function runWhileLoading<T>(timeline: Timeline, work: Promise<T>): Promise<T> {
  let isSettled = false;
  const mark = () => {
    isSettled = true;
  };
  work.then(mark, mark);
  while (!isSettled) {
    if (timeline.nextDueMs !== undefined) timeline.advanceTo(timeline.nextDueMs);
    await new Promise(resolve => setTimeout(resolve, 1));
  }
  return work;
}
