/** Row numbers are one byte (`packetColumns`). */
const ROWS = 256;

/** Packets by row, 1-based in the columns, without row 0. */
export interface RowCounts {
  readonly total: readonly number[];
  /** How many of them were counted before the last split. */
  readonly earlier: readonly number[];
}

/** Counts by row that can be split at a moment. */
export class SplitCounts {
  readonly #total = new Float64Array(ROWS);
  readonly #earlier = new Float64Array(ROWS);

  add(row: number): void {
    (this.#total[row] as number)++;
  }

  /** What was counted so far becomes earlier. */
  split(): void {
    this.#earlier.set(this.#total);
  }

  /** The counts of the first `rows` rows. */
  of(rows: number): RowCounts {
    return {
      total: Array.from(this.#total.subarray(1, rows + 1)),
      earlier: Array.from(this.#earlier.subarray(1, rows + 1)),
    };
  }

  clear(): void {
    this.#total.fill(0);
    this.#earlier.fill(0);
  }
}
