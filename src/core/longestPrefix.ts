import type { Cidr } from './ipv4';

/**
 * Values by address over the whole 32-bit space. Segments are disjoint and sorted; segment i spans starts[i] to starts[i+1] - 1 and the
 * first starts at 0. A 16-bit index on the upper half of the address narrows the search, which makes a look-up a few steps even among 100,000.
 */
export class SegmentTable<T> {
  readonly #starts: Uint32Array;
  readonly #values: readonly T[];
  /** Segment that holds the first address of each /16; one more entry closes the last. Undefined when there are too few to gain. */
  readonly #index: Uint32Array | undefined;

  constructor(starts: Uint32Array, values: readonly T[]) {
    if (starts.length !== values.length || starts[0] !== 0)
      throw new RangeError('Segments must cover the space from 0');
    this.#starts = starts;
    this.#values = values;
    this.#index = starts.length > 32 ? indexUpperHalves(starts) : undefined;
  }

  lookup(address: number): T {
    const starts = this.#starts;
    const upper = address >>> 16;
    let low = this.#index ? this.#index[upper]! : 0;
    let high = this.#index ? this.#index[upper + 1]! : starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (starts[middle]! <= address) low = middle;
      else high = middle - 1;
    }
    return this.#values[low] as T;
  }
}

function indexUpperHalves(starts: Uint32Array): Uint32Array {
  const index = new Uint32Array(65_537);
  let segment = 0;
  for (let upper = 0; upper < 65_536; upper++) {
    while (segment + 1 < starts.length && starts[segment + 1]! <= upper * 65_536) segment++;
    index[upper] = segment;
  }
  index[65_536] = starts.length - 1;
  return index;
}

/**
 * Longest-prefix match: each address has the value of the longest range that covers it; of equal ranges the first given wins.
 * Canonical ranges nest or are disjoint, so one sweep with a stack of open ranges flattens them.
 */
export function longestPrefixTable<T>(
  entries: readonly { readonly range: Cidr; readonly value: T }[],
): SegmentTable<T | undefined> {
  const order = entries.map((_, i) => i);
  order.sort((a, b) => {
    const left = entries[a]!.range;
    const right = entries[b]!.range;
    return left.first - right.first || left.prefixLength - right.prefixLength || b - a;
  });
  const sweep = new Sweep<T>();
  for (const i of order) sweep.open(entries[i]!.range, entries[i]!.value);
  return sweep.finish();
}

class Sweep<T> {
  readonly #starts: number[] = [0];
  readonly #values: (T | undefined)[] = [undefined];
  readonly #open: { readonly last: number; readonly value: T }[] = [];

  open(range: Cidr, value: T): void {
    this.#closeBefore(range.first);
    this.#open.push({ last: range.last, value });
    this.#segment(range.first, value);
  }

  finish(): SegmentTable<T | undefined> {
    this.#closeBefore(2 ** 32);
    return new SegmentTable(Uint32Array.from(this.#starts), this.#values);
  }

  #closeBefore(address: number): void {
    for (let top = this.#open.at(-1); top && top.last < address; top = this.#open.at(-1)) {
      this.#open.pop();
      if (top.last < 2 ** 32 - 1) this.#segment(top.last + 1, this.#open.at(-1)?.value);
    }
  }

  /** A segment that starts where another did replaces it: the later one is the more specific, or what is left after a close. */
  #segment(start: number, value: T | undefined): void {
    const last = this.#starts.length - 1;
    if (this.#starts[last] === start) {
      this.#values[last] = value;
      return;
    }
    this.#starts.push(start);
    this.#values.push(value);
  }
}
