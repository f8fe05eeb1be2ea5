/** One box of a table: a title, perhaps column titles, and rows of as many cells. */
import { textWidth } from './textWidth';

const cellPadding = 4;
const borderWidth = 2;

export class TableSection {
  headers: readonly string[] = [];
  readonly rows: (readonly string[])[] = [];
  #widths: readonly number[] = [];

  constructor(
    readonly title: string,
    /** How many bars stand left and right of it. */
    readonly level: number,
  ) {}

  /** A section of one row is stood upright, as pairs of title and value. */
  upright(): TableSection {
    const [row] = this.rows;
    if (!row || this.rows.length > 1 || this.headers.length === 0) return this;
    const section = new TableSection(this.title, this.level);
    for (const [index, header] of this.headers.entries()) section.addRow([header, row[index] ?? '']);
    return section;
  }

  setHeaders(headers: readonly string[]): void {
    this.#widen(headers);
    this.headers = headers;
  }

  addRow(row: readonly string[]): void {
    this.rows.push(row);
    this.#widen(row);
  }

  get totalWidth(): number {
    const bars = 2 * this.level;
    const cells = this.#widths.reduce((total, width) => total + width + cellPadding, 0);
    return Math.max(textWidth(this.title) + borderWidth + bars, cells + borderWidth + bars);
  }

  /** Widths of the columns that fill `width` together. */
  columnWidths(width: number): readonly number[] {
    const unscaled = this.#widths.map(own => own + cellPadding);
    const total = unscaled.reduce((sum, own) => sum + own, 0);
    const scaled = unscaled.map(own => roundHalfToEven((width / total) * own));
    let surplus = scaled.reduce((sum, own) => sum + own, 0) - width;
    while (surplus !== 0 && scaled.length > 0) {
      const step = Math.sign(surplus);
      const order = [...scaled.keys()];
      for (const index of step > 0 ? order : order.reverse()) {
        if (surplus === 0) break;
        scaled[index] = (scaled[index] ?? 0) - step;
        surplus -= step;
      }
    }
    return scaled;
  }

  #widen(cells: readonly string[]): void {
    this.#widths = cells.map((cell, index) => Math.max(textWidth(cell), this.#widths[index] ?? 0));
  }
}

/** Python's `round`. */
function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
