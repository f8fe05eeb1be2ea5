/** What became of a numbered value: next in line, kept for later, seen before, or refused for lack of room. */
export type Arrival = 'expected' | 'early' | 'duplicate' | 'full';

/** Puts numbered values back in order. Holds at most `limit` early ones. */
export class ReorderBuffer<T> {
  #expected: number;
  readonly #early = new Map<number, T>();
  readonly #limit: number;

  constructor(limit: number, firstNumber = 0) {
    this.#limit = limit;
    this.#expected = firstNumber;
  }

  /** The number that would be delivered next. */
  get expected(): number {
    return this.#expected;
  }

  get hasHole(): boolean {
    return this.#early.size > 0;
  }

  /** Takes a value in; after `expected`, drain with `takeNext`. */
  accept(number: number, value: T): Arrival {
    if (number < this.#expected || this.#early.has(number)) return 'duplicate';
    if (number > this.#expected && this.#early.size >= this.#limit) return 'full';
    const arrival = number === this.#expected ? 'expected' : 'early';
    this.#early.set(number, value);
    return arrival;
  }

  /** The next value in order, if it is here. */
  takeNext(): T | undefined {
    const value = this.#early.get(this.#expected);
    if (value === undefined) return undefined;
    this.#early.delete(this.#expected);
    this.#expected++;
    return value;
  }

  /** Gives up on what is missing in front of the earliest value held; returns how many numbers were skipped. */
  skipHole(): number {
    if (this.#early.size === 0) return 0;
    let earliest = Number.POSITIVE_INFINITY;
    for (const number of this.#early.keys()) earliest = Math.min(earliest, number);
    const skipped = earliest - this.#expected;
    this.#expected = earliest;
    return skipped;
  }
}
