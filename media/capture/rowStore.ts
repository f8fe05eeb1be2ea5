import type { PacketColumns } from '../../src/packet/packetColumns';

interface Batch {
  readonly first: number;
  readonly columns: PacketColumns;
}

/** One row: its columns and its place in them. */
export interface RowPlace {
  readonly columns: PacketColumns;
  readonly index: number;
}

/** The rows that the host has sent, still packed. Rows are numbered from 0 since the capture began; the oldest may be gone. */
export class RowStore {
  #batches: Batch[] = [];
  #firstKept = 0;
  #end = 0;

  /** Number of the first row that is still there. */
  get firstKept(): number {
    return this.#firstKept;
  }

  /** One past the last row. */
  get end(): number {
    return this.#end;
  }

  get count(): number {
    return this.#end - this.#firstKept;
  }

  reset(): void {
    this.#batches = [];
    this.#firstKept = 0;
    this.#end = 0;
  }

  add(first: number, columns: PacketColumns, droppedRows: number): void {
    if (this.#batches.length === 0) this.#firstKept = first;
    if (columns.count > 0) this.#batches.push({ first, columns });
    this.#end = Math.max(this.#end, first + columns.count);
    this.#firstKept = Math.max(this.#firstKept, droppedRows);
    let gone = 0;
    for (const batch of this.#batches) {
      if (batch.first + batch.columns.count > this.#firstKept) break;
      gone++;
    }
    if (gone > 0) this.#batches.splice(0, gone);
  }

  at(row: number): RowPlace | undefined {
    if (row < this.#firstKept || row >= this.#end) return undefined;
    let low = 0;
    let high = this.#batches.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#batches[middle] as Batch).first <= row) low = middle;
      else high = middle - 1;
    }
    const batch = this.#batches[low];
    if (!batch || row - batch.first >= batch.columns.count) return undefined;
    return { columns: batch.columns, index: row - batch.first };
  }
}
