import { allocateColumns, type ColumnsPiece, packPieces } from '../packet/packing';
import type { PacketFields } from '../packet/reader/packetFields';
import type { PacketClasses } from './packetClasses';

export interface CaptureBufferLimits {
  /** Rows kept at most. */
  readonly rows: number;
  /** Bytes of lines kept at most. */
  readonly textBytes: number;
}

const defaultLimits: CaptureBufferLimits = { rows: 1_000_000, textBytes: 160 * 1024 * 1024 };

const CHUNK_ROWS = 4096;
/** Of an ordinary line. One line takes at most 65,535 bytes. */
const LINE_BYTES = 160;
/** More room for lines than those of the chunk before took: a chunk without room leaves its last rows unused. */
const TEXT_SPARE = 1.02;
/** A chunk that was dropped is used again unless it would leave much of its room unused. */
const MAX_SPARE = 1.1;

type Columns = ReturnType<typeof allocateColumns>;

interface Chunk {
  readonly firstRow: number;
  readonly columns: Columns;
}

/**
 * The packets of a capture, oldest dropped first. Rows are numbered from 0 since the capture began and keep their numbers. Memory grows
 * in chunks, and whole chunks are dropped, so that somewhat fewer rows than the limit may be there.
 */
export class CaptureBuffer {
  readonly #limits: CaptureBufferLimits;
  readonly #chunkRows: number;
  #chunks: Chunk[] = [];
  #textBytes = 0;
  #endRow = 0;

  constructor(limits: Partial<CaptureBufferLimits> = {}) {
    this.#limits = { ...defaultLimits, ...limits };
    this.#chunkRows = Math.max(1, Math.min(CHUNK_ROWS, Math.ceil(this.#limits.rows / 4)));
  }

  /** Number of the first row that is still there; as many have been dropped. */
  get firstRow(): number {
    return this.#chunks[0]?.firstRow ?? this.#endRow;
  }

  /** One past the last row. */
  get endRow(): number {
    return this.#endRow;
  }

  /** Adds the packet whose line is `bytes` from `start` to `end`. */
  append(fields: PacketFields, classes: PacketClasses, bytes: Uint8Array, start: number, end: number): void {
    const length = end - start;
    const columns = this.#columnsFor(length);
    const row = columns.count;
    columns.timeMicros[row] = fields.timeMicros;
    columns.source[row] = fields.source;
    columns.destination[row] = fields.destination;
    columns.length[row] = fields.length;
    columns.sequence[row] = fields.sequence;
    columns.sourcePort[row] = fields.sourcePort;
    columns.destinationPort[row] = fields.destinationPort;
    columns.infoStart[row] = fields.infoStart - start;
    columns.protocol[row] = fields.protocol;
    columns.tcpFlags[row] = fields.tcpFlags;
    columns.family[row] = fields.family;
    columns.sourceClass[row] = classes.sourceClass;
    columns.destinationClass[row] = classes.destinationClass;
    columns.interfaceRow[row] = classes.interfaceRow;
    columns.routeRow[row] = classes.routeRow;
    const textStart = textUsed(columns);
    columns.text.set(bytes.subarray(start, end), textStart);
    columns.lineEnd[row] = textStart + length;
    columns.count = row + 1;
    this.#textBytes += length;
    this.#endRow++;
  }

  /** Packs rows from `first` on, at most `count`, as far as they are there. */
  pack(
    first: number,
    count: number,
  ): { readonly first: number; readonly count: number; readonly columns: ArrayBuffer } {
    const start = Math.max(first, this.firstRow);
    const end = Math.max(start, Math.min(first + count, this.#endRow));
    const pieces: ColumnsPiece[] = [];
    for (let index = this.#chunkIndex(start); index < this.#chunks.length; index++) {
      const { firstRow, columns } = this.#chunks[index] as Chunk;
      if (firstRow >= end) break;
      const from = Math.max(start, firstRow) - firstRow;
      const to = Math.min(end - firstRow, columns.count);
      if (to > from) pieces.push({ columns, first: from, count: to - from });
    }
    return { first: start, count: end - start, columns: packPieces(pieces) };
  }

  /** Forgets all rows; numbers begin at 0 again. */
  clear(): void {
    this.#chunks = [];
    this.#textBytes = 0;
    this.#endRow = 0;
  }

  #columnsFor(length: number): Columns {
    const last = this.#chunks[this.#chunks.length - 1]?.columns;
    if (last && last.count < this.#chunkRows && textUsed(last) + length <= last.text.length) return last;
    const textBytes = Math.max(this.#textBytesAfter(last), length);
    const dropped = this.#dropOldest(textBytes);
    // Memory that was never written to costs several times what is written into it.
    const isFit = dropped && dropped.text.length >= textBytes && dropped.text.length < textBytes * MAX_SPARE;
    const columns = isFit ? dropped : allocateColumns(this.#chunkRows, textBytes);
    columns.count = 0;
    this.#chunks.push({ firstRow: this.#endRow, columns });
    return columns;
  }

  /** Room for as many lines as there are rows, if they go on as long as those of the chunk before. */
  #textBytesAfter(last: Columns | undefined): number {
    const lineBytes = last && last.count > 0 ? textUsed(last) / last.count : LINE_BYTES;
    const wanted = this.#chunkRows * lineBytes * TEXT_SPARE;
    return Math.max(1, Math.ceil(Math.min(wanted, this.#limits.textBytes / 4)));
  }

  /** Makes room for a full new chunk, so that the limits hold whatever comes next. Returns what was dropped last. */
  #dropOldest(textToCome: number): Columns | undefined {
    const rowsToCome = this.#chunkRows;
    const isTooMuch = () =>
      this.#endRow - this.firstRow + rowsToCome > this.#limits.rows ||
      this.#textBytes + textToCome > this.#limits.textBytes;
    let dropped: Columns | undefined;
    while (this.#chunks.length > 0 && isTooMuch()) {
      dropped = this.#chunks.shift()?.columns;
      if (dropped) this.#textBytes -= textUsed(dropped);
    }
    return dropped;
  }

  /** The chunk that holds the row, by halving. */
  #chunkIndex(row: number): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((this.#chunks[middle] as Chunk).firstRow <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

function textUsed(columns: Columns): number {
  return columns.count === 0 ? 0 : (columns.lineEnd[columns.count - 1] as number);
}
