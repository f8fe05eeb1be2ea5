import type { Clock } from '../../../src/base/clock';
import { type Disposable, toDisposable } from '../../../src/base/disposable';
import type { Timeline } from '../../../src/simulator/timeline';

/** The world's time as those have it who wait by it. */
export class AwaitedClock implements Clock {
  #timeline: Timeline;
  #waiting = new Set<object>();

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  get isAwaited(): boolean {
    return this.#waiting.size > 0;
  }

  now(): number {
    return this.#timeline.now();
  }

  after(delayMs: number, call: () => void): Disposable {
    const waiting = this.#waiting;
    const wait = {};
    waiting.add(wait);
    const appointment = this.#timeline.after(delayMs, () => {
      waiting.delete(wait);
      call();
    });
    return toDisposable(() => {
      waiting.delete(wait);
      appointment.dispose();
    });
  }

  /** Shows another world's time; who waited by the old one waits in vain. */
  follow(timeline: Timeline): void {
    this.#timeline = timeline;
    this.#waiting = new Set();
  }
}
