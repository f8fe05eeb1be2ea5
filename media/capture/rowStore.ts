import type { PacketColumns } from '../../src/packet/packetColumns';
import { packColumns, unpackColumns } from '../../src/packet/packing';

/** More rows than these are kept in pieces; the host sends no more at once, but for a page that is new. */
const PIECE_ROWS = 32_768;

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
  #firstTimeMicros: number | undefined;

  /** When the first packet came that the page was told of. */
  get firstTimeMicros(): number | undefined {
    return this.#firstTimeMicros;
  }

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
    this.#firstTimeMicros = undefined;
  }

  add(first: number, columns: PacketColumns, droppedRows: number): void {
    if (this.#batches.length === 0) this.#firstKept = first;
    this.#firstTimeMicros ??= columns.timeMicros[0];
    this.#keep(first, columns);
    this.#end = Math.max(this.#end, first + columns.count);
    this.#firstKept = Math.max(this.#firstKept, droppedRows);
    let gone = 0;
    for (const batch of this.#batches) {
      if (batch.first + batch.columns.count > this.#firstKept) break;
      gone++;
    }
    if (gone > 0) this.#batches.splice(0, gone);
  }

  /** In pieces, so that of the rows that a new page gets at once the oldest can go without the others. */
  #keep(first: number, columns: PacketColumns): void {
    if (columns.count <= PIECE_ROWS) {
      if (columns.count > 0) this.#batches.push({ first, columns });
      return;
    }
    for (let start = 0; start < columns.count; start += PIECE_ROWS) {
      const piece = packColumns(columns, start, Math.min(PIECE_ROWS, columns.count - start));
      this.#batches.push({ first: first + start, columns: unpackColumns(piece) });
    }
  }

  at(row: number): RowPlace | undefined {
    if (row < this.#firstKept || row >= this.#end) return undefined;
    const batch = this.#batches[this.#batchIndex(row)];
    if (!batch || row - batch.first >= batch.columns.count) return undefined;
    return { columns: batch.columns, index: row - batch.first };
  }

  /** The first row from `row` on that is held, in its columns, behind which more may stand; undefined when there is none. */
  runFrom(row: number): (RowPlace & { readonly row: number }) | undefined {
    const wanted = Math.max(row, this.#firstKept);
    for (let index = this.#batchIndex(wanted); index < this.#batches.length; index++) {
      const { first, columns } = this.#batches[index] as Batch;
      const found = Math.max(wanted, first);
      if (found - first < columns.count) return { columns, index: found - first, row: found };
    }
    return undefined;
  }

  /** The last batch that begins at or before the row, by halving. */
  #batchIndex(row: number): number {
    let low = 0;
    let high = this.#batches.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#batches[middle] as Batch).first <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}
