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
    this.#index = starts.length > 8 ? indexUpperHalves(starts) : undefined;
  }

  /** The value of the segment that an address (unsigned) lies in. */
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
