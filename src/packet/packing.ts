/** Columns in one exact-size buffer, as they travel between host and page; and small questions about columns. */
import { ABSENT_LENGTH, type PacketColumns, packetProtocols } from './packetColumns';

type ArrayKind = Float64ArrayConstructor | Uint32ArrayConstructor | Uint16ArrayConstructor | Uint8ArrayConstructor;

/** The columns in the order of the buffer, widest elements first, so that each begins at a multiple of its width. */
const layout = [
  ['timeMicros', Float64Array],
  ['source', Uint32Array],
  ['destination', Uint32Array],
  ['length', Uint32Array],
  ['sequence', Uint32Array],
  ['lineEnd', Uint32Array],
  ['sourcePort', Uint16Array],
  ['destinationPort', Uint16Array],
  ['infoStart', Uint16Array],
  ['protocol', Uint8Array],
  ['tcpFlags', Uint8Array],
  ['family', Uint8Array],
  ['sourceClass', Uint8Array],
  ['destinationClass', Uint8Array],
  ['interfaceRow', Uint8Array],
  ['routeRow', Uint8Array],
] as const satisfies readonly (readonly [keyof PacketColumns, ArrayKind])[];

type Column = (typeof layout)[number][0];

/** Bytes of one row without its text. */
export const ROW_BYTES = layout.reduce((sum, [, kind]) => sum + kind.BYTES_PER_ELEMENT, 0);

/** Number of rows and of text bytes. */
const HEADER_BYTES = 8;

/** Columns with room for `rows` rows and `textBytes` of text; none is filled. */
export function allocateColumns(rows: number, textBytes: number): Mutable<PacketColumns> {
  return viewColumns(new ArrayBuffer(HEADER_BYTES + rows * ROW_BYTES + textBytes), rows, textBytes, 0);
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** Packs `count` rows from row `first` into one buffer of exactly their size. Throws a RangeError when there are fewer. */
export function packColumns(columns: PacketColumns, first: number, count: number): ArrayBuffer {
  return packPieces([{ columns, first, count }]);
}

/** A run of rows in one set of columns. */
export interface ColumnsPiece {
  readonly columns: PacketColumns;
  readonly first: number;
  readonly count: number;
}

/** Like {@link packColumns} for rows that lie in several columns, one run after the other. */
export function packPieces(pieces: readonly ColumnsPiece[]): ArrayBuffer {
  for (const { columns, first, count } of pieces) {
    if (first < 0 || count < 0 || first + count > columns.count)
      throw new RangeError(`rows ${first} to ${first + count} of ${columns.count}`);
  }
  const rows = pieces.reduce((sum, piece) => sum + piece.count, 0);
  const textBytes = pieces.reduce((sum, piece) => sum + textEnd(piece) - textStart(piece), 0);
  const packed = allocateColumns(rows, textBytes);
  new DataView(packed.text.buffer).setUint32(0, rows, true);
  new DataView(packed.text.buffer).setUint32(4, textBytes, true);
  let row = 0;
  let text = 0;
  for (const piece of pieces) {
    const { columns, first, count } = piece;
    for (const [name] of layout) copyColumn(packed, columns, name, row, first, count);
    const start = textStart(piece);
    packed.text.set(columns.text.subarray(start, textEnd(piece)), text);
    for (let index = row; index < row + count; index++)
      packed.lineEnd[index] = (packed.lineEnd[index] as number) - start + text;
    row += count;
    text += textEnd(piece) - start;
  }
  return packed.text.buffer as ArrayBuffer;
}

/** The columns in a packed buffer, as views into it. Throws a RangeError when it is none. */
export function unpackColumns(buffer: ArrayBuffer): PacketColumns {
  if (buffer.byteLength < HEADER_BYTES) throw new RangeError('no packed columns');
  const view = new DataView(buffer);
  const rows = view.getUint32(0, true);
  const textBytes = view.getUint32(4, true);
  if (buffer.byteLength !== HEADER_BYTES + rows * ROW_BYTES + textBytes) throw new RangeError('no packed columns');
  return viewColumns(buffer, rows, textBytes, rows);
}

/** The whole line of a row as tcpdump printed it. */
export function lineAt(columns: PacketColumns, row: number): string {
  return textBetween(columns, lineStartAt(columns, row), columns.lineEnd[row] as number);
}

/** The rest of a row's line behind the addresses. */
export function infoAt(columns: PacketColumns, row: number): string {
  const start = lineStartAt(columns, row) + (columns.infoStart[row] as number);
  return textBetween(columns, start, columns.lineEnd[row] as number);
}

export function protocolAt(columns: PacketColumns, row: number): string {
  return packetProtocols[columns.protocol[row] as number] ?? '?';
}

/** Undefined when the line printed none. */
export function lengthAt(columns: PacketColumns, row: number): number | undefined {
  const length = columns.length[row];
  return length === ABSENT_LENGTH ? undefined : length;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

function textBetween(columns: PacketColumns, start: number, end: number): string {
  return decoder.decode(columns.text.subarray(start, end));
}

function lineStartAt(columns: PacketColumns, row: number): number {
  return row === 0 ? 0 : (columns.lineEnd[row - 1] as number);
}

const textStart = ({ columns, first }: ColumnsPiece) => lineStartAt(columns, first);

const textEnd = ({ columns, first, count }: ColumnsPiece) => lineStartAt(columns, first + count);

function copyColumn(
  to: PacketColumns,
  from: PacketColumns,
  name: Column,
  row: number,
  first: number,
  count: number,
): void {
  to[name].set(from[name].subarray(first, first + count), row);
}

function viewColumns(buffer: ArrayBuffer, rows: number, textBytes: number, count: number): Mutable<PacketColumns> {
  let offset = HEADER_BYTES;
  const take = <T>(kind: {
    new (buffer: ArrayBuffer, offset: number, length: number): T;
    readonly BYTES_PER_ELEMENT: number;
  }): T => {
    const array = new kind(buffer, offset, rows);
    offset += rows * kind.BYTES_PER_ELEMENT;
    return array;
  };
  return {
    count,
    timeMicros: take(Float64Array),
    source: take(Uint32Array),
    destination: take(Uint32Array),
    length: take(Uint32Array),
    sequence: take(Uint32Array),
    lineEnd: take(Uint32Array),
    sourcePort: take(Uint16Array),
    destinationPort: take(Uint16Array),
    infoStart: take(Uint16Array),
    protocol: take(Uint8Array),
    tcpFlags: take(Uint8Array),
    family: take(Uint8Array),
    sourceClass: take(Uint8Array),
    destinationClass: take(Uint8Array),
    interfaceRow: take(Uint8Array),
    routeRow: take(Uint8Array),
    text: new Uint8Array(buffer, offset, textBytes),
  };
}
