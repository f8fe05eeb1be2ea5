import type { DisplayFilter } from '../../src/packet/displayFilter/displayFilter';
import { RowNumbers } from '../../src/packet/displayFilter/rowNumbers';
import type { RowStore } from './rowStore';

/** Rows that are judged before the clock is looked at again: about a millisecond's work. */
const STEP_ROWS = 131_072;
const STEP_ROWS_BY_LINE = 4096;

/**
 * The rows that the table shows, by their position in it: all that are held, or those that a display filter chooses. A filter judges a part at a
 * time, so that the page is never held up, and goes on with the rows that arrive.
 */
export class ShownRows {
  readonly #found = new RowNumbers();
  #filter: DisplayFilter | undefined;
  /** The first row that was not judged yet. */
  #next = 0;

  constructor(private readonly store: RowStore) {}

  get isFiltered(): boolean {
    return this.#filter !== undefined;
  }

  /** How many are shown, as far as they are judged. */
  get count(): number {
    return this.#filter ? this.#found.count : this.store.count;
  }

  /** Every row has been judged. */
  get isComplete(): boolean {
    return !this.#filter || this.#next >= this.store.end;
  }

  /** Rows that were judged, of those that are held. */
  get judged(): number {
    return this.#filter ? Math.max(0, this.#next - this.store.firstKept) : this.store.count;
  }

  /** Begins to judge anew; nothing is shown of a filter until `advance`. */
  useFilter(filter: DisplayFilter | undefined): void {
    this.#filter = filter;
    this.restart();
  }

  /** All rows are others now. */
  restart(): void {
    this.#found.clear();
    this.#next = 0;
  }

  /** Judges rows for about `budgetMs`, and forgets those that are no longer held. */
  advance(budgetMs: number): void {
    const filter = this.#filter;
    if (!filter) return;
    this.#found.dropBelow(this.store.firstKept);
    const until = performance.now() + budgetMs;
    const step = filter.readsLines ? STEP_ROWS_BY_LINE : STEP_ROWS;
    do {
      const run = this.store.runFrom(this.#next);
      if (!run) {
        this.#next = this.store.end;
        return;
      }
      const { columns, index, row } = run;
      const end = Math.min(columns.count, index + step);
      filter.select(columns, index, end, row - index, this.#found);
      this.#next = row + end - index;
    } while (performance.now() < until);
  }

  /** Number of the row at a position; undefined behind the last. */
  rowAt(position: number): number | undefined {
    if (this.#filter) return this.#found.at(position);
    return position >= 0 && position < this.store.count ? this.store.firstKept + position : undefined;
  }

  /** Position of a row, or of the next that is shown; `count` behind the last. */
  positionOf(row: number): number {
    if (this.#filter) return this.#found.placeOf(row);
    return Math.min(this.store.count, Math.max(0, row - this.store.firstKept));
  }
}
