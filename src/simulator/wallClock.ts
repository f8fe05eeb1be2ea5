import type { Disposable } from '../base/disposable';
import { toDisposable } from '../base/disposable';
import type { Log } from '../base/log';
import type { Timeline } from './timeline';

/** Between the clocks, more than this means that the machine slept or its clock was set. */
const toleratedDriftMs = 1000;
/** Timers of Node are no finer than this; what is due sooner is waited for turn by turn. */
const finestTimerMs = 1;
/** The longest that a timer can be set for. */
const longestTimerMs = 2 ** 31 - 1;

/** Wall time in fractions of a millisecond, as even as the monotonic clock and never far from the calendar's. */
export class PreciseClock {
  #offsetMs = Date.now() - performance.now();

  now(): number {
    const precise = this.#offsetMs + performance.now();
    const calendar = Date.now();
    if (Math.abs(calendar - precise) <= toleratedDriftMs) return precise;
    this.#offsetMs += calendar - precise;
    return calendar;
  }
}

export interface WallClockDriver extends Disposable {
  /** Brings simulated time up to now; to be called before anything from outside is handled. */
  catchUp(): void;
}

/**
 * Moves simulated time with the wall clock: at most one timer, set to the next appointment. An appointment that fails is told to
 * `onFailure`, and those after it are kept all the same.
 */
export function driveByWallClock(
  timeline: Timeline,
  clock: PreciseClock,
  onFailure: (error: unknown) => void = rethrow,
): WallClockDriver {
  let cancel: (() => void) | undefined;
  let isAdvancing = false;
  let isStopped = false;
  /** Nothing comes sooner, so that it need not be set anew for every request and acknowledgement. */
  let isNextTurn = false;
  const arm = () => {
    if (isAdvancing || isNextTurn) return;
    cancel?.();
    cancel = undefined;
    const dueMs = timeline.nextDueMs;
    if (dueMs === undefined) return;
    const delayMs = dueMs - clock.now();
    isNextTurn = delayMs < finestTimerMs;
    cancel = wait(delayMs, tick);
  };
  const catchUp = () => {
    if (isStopped) return;
    isAdvancing = true;
    try {
      advance(timeline, clock.now(), onFailure);
    } finally {
      isAdvancing = false;
      if (!isStopped) arm();
    }
  };
  const tick = () => {
    cancel = undefined;
    isNextTurn = false;
    catchUp();
  };
  timeline.onEarlier = arm;
  arm();
  const stop = toDisposable(() => {
    isStopped = true;
    timeline.onEarlier = undefined;
    cancel?.();
  });
  return { catchUp, dispose: () => stop.dispose() };
}

/** What entries do with an appointment that failed: the cloud goes on, and somebody can find out why. */
export function reportFailure(log: Log, error: unknown): void {
  log.error(`Practice cloud: an appointment failed: ${error instanceof Error ? error.stack : String(error)}`);
}

/** A failed appointment is over, so that each failure brings the end nearer. */
function advance(timeline: Timeline, timeMs: number, onFailure: (error: unknown) => void): void {
  for (;;) {
    try {
      timeline.advanceTo(timeMs);
      return;
    } catch (error) {
      onFailure(error);
    }
  }
}

function rethrow(error: unknown): never {
  throw error;
}

function wait(delayMs: number, call: () => void): () => void {
  if (delayMs < finestTimerMs) {
    const turn = setImmediate(call);
    return () => clearImmediate(turn);
  }
  const timer = setTimeout(call, Math.min(delayMs, longestTimerMs));
  return () => clearTimeout(timer);
}
