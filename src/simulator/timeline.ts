import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposable';

interface Appointment {
  readonly dueMs: number;
  readonly order: number;
  readonly call: () => void;
}

/**
 * Simulated time: a queue of appointments, kept in order of due time, then of arrival. Nothing happens by itself; an entry drives it
 * with the wall clock, tests by hand.
 */
export class Timeline implements Clock {
  #nowMs: number;
  #order = 0;
  readonly #appointments: Appointment[] = [];
  /** Told when the earliest appointment may have changed, so that a driver can set its alarm. */
  onEarlier: (() => void) | undefined;

  constructor(startMs: number) {
    this.#nowMs = startMs;
  }

  now(): number {
    return this.#nowMs;
  }

  get nextDueMs(): number | undefined {
    return this.#appointments[0]?.dueMs;
  }

  after(delayMs: number, call: () => void): Disposable {
    return this.at(this.#nowMs + Math.max(0, delayMs), call);
  }

  /** At a moment; one that has passed comes next. */
  at(dueMs: number, call: () => void): Disposable {
    const appointment: Appointment = { dueMs, order: this.#order++, call };
    this.#insert(appointment);
    if (this.#appointments[0] === appointment) this.onEarlier?.();
    return { dispose: () => this.#remove(appointment) };
  }

  /** Moves time on and keeps every appointment on the way. Time never goes back. */
  advanceTo(timeMs: number): void {
    for (let next = this.#appointments[0]; next && next.dueMs <= timeMs; next = this.#appointments[0]) {
      this.#appointments.shift();
      this.#nowMs = Math.max(this.#nowMs, next.dueMs);
      next.call();
    }
    this.#nowMs = Math.max(this.#nowMs, timeMs);
  }

  #insert(appointment: Appointment): void {
    let low = 0;
    let high = this.#appointments.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = this.#appointments[middle] as Appointment;
      const isBefore =
        other.dueMs < appointment.dueMs || (other.dueMs === appointment.dueMs && other.order < appointment.order);
      if (isBefore) low = middle + 1;
      else high = middle;
    }
    this.#appointments.splice(low, 0, appointment);
  }

  #remove(appointment: Appointment): void {
    const index = this.#appointments.indexOf(appointment);
    if (index >= 0) this.#appointments.splice(index, 1);
  }
}
