import type { Timeline } from '../timeline';
import type { Transition } from './transition';

/** A transition with its moment. */
export interface DueTransition {
  readonly dueMs: number;
  readonly transition: Transition;
}

/** What is still to come in a world, as data. */
export class Agenda {
  readonly #timeline: Timeline;
  readonly #perform: (transition: Transition) => void;
  readonly #due = new Map<number, DueTransition>();
  readonly #counts = new Map<string, number>();
  #order = 0;

  constructor(timeline: Timeline, perform: (transition: Transition) => void) {
    this.#timeline = timeline;
    this.#perform = perform;
  }

  /** In the order in which they were scheduled. */
  get due(): Iterable<DueTransition> {
    return this.#due.values();
  }

  schedule(due: DueTransition): void {
    const order = this.#order++;
    const key = keyOf(due.transition.kind, due.transition.subject);
    this.#due.set(order, due);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
    this.#timeline.at(due.dueMs, () => {
      this.#due.delete(order);
      this.#uncount(key);
      this.#perform(due.transition);
    });
  }

  /** Whether a transition of this kind is still to come for a resource. */
  isScheduled(kind: string, subject: string): boolean {
    return this.#counts.has(keyOf(kind, subject));
  }

  #uncount(key: string): void {
    const left = (this.#counts.get(key) ?? 1) - 1;
    if (left > 0) this.#counts.set(key, left);
    else this.#counts.delete(key);
  }
}

function keyOf(kind: string, subject: string): string {
  return `${kind} ${subject}`;
}
