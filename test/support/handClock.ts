import type { Clock } from '../../src/base/clock';
import type { Disposable } from '../../src/base/disposable';

interface Appointment {
  readonly dueMs: number;
  readonly call: () => void;
}

/** A clock that moves when told. */
export class HandClock implements Clock {
  #nowMs: number;
  #appointments: Appointment[] = [];

  constructor(startMs = Date.UTC(2026, 10, 21)) {
    this.#nowMs = startMs;
  }

  get waiting(): number {
    return this.#appointments.length;
  }

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, call: () => void): Disposable {
    const appointment = { dueMs: this.#nowMs + delayMs, call };
    this.#appointments.push(appointment);
    return { dispose: () => this.#cancel(appointment) };
  }

  /** Moves on, keeping every appointment on the way in order, and lets promises settle after each. */
  async advance(byMs: number): Promise<void> {
    const untilMs = this.#nowMs + byMs;
    await settle();
    for (;;) {
      const next = this.#appointments.filter(({ dueMs }) => dueMs <= untilMs).sort((a, b) => a.dueMs - b.dueMs)[0];
      if (!next) break;
      this.#cancel(next);
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.call();
      await settle();
    }
    this.#nowMs = untilMs;
  }

  #cancel(appointment: Appointment): void {
    this.#appointments = this.#appointments.filter(other => other !== appointment);
  }
}

/** Lets everything that is ready happen. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) await new Promise(resolve => setImmediate(resolve));
}
