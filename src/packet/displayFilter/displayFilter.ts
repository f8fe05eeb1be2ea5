import type { PacketColumns } from '../packetColumns';
import type { DisplayQuestion, DisplayTerm } from './displayTerm';
import { narrowByAddress6, narrowByText } from './narrowByLine';
import {
  type Narrow,
  narrowByAddress,
  narrowByClass,
  narrowByFlags,
  narrowByNumber,
  narrowByPort,
  narrowByProtocol,
  narrowBySocket,
} from './narrowRows';
import type { RowNumbers } from './rowNumbers';

/** Rows that are judged at once: their marks stay in the processor's first cache. */
const SLICE_ROWS = 16_384;

/** Chooses rows by what their columns hold; what only the line can answer is asked last. */
export class DisplayFilter {
  /** Lines have to be read: many rows take their time. */
  readonly readsLines: boolean;
  readonly #narrows: readonly Narrow[];
  readonly #keep = new Uint8Array(SLICE_ROWS);

  constructor(terms: readonly DisplayTerm[]) {
    const [byColumn, byLine] = [terms.filter(term => !readsLine(term)), terms.filter(readsLine)];
    this.#narrows = [...byColumn, ...byLine].map(({ question, isNot }) => narrowOf(question, Number(isNot)));
    this.readsLines = byLine.length > 0;
  }

  /** Adds those rows from `from` to `to` (excluded) that answer every question, numbered from `firstRow` at row 0 of the columns. */
  select(columns: PacketColumns, from: number, to: number, firstRow: number, found: RowNumbers): void {
    for (let start = from; start < to; start += SLICE_ROWS) {
      const end = Math.min(to, start + SLICE_ROWS);
      this.#keep.fill(1, 0, end - start);
      for (const narrow of this.#narrows) narrow(columns, start, end, this.#keep);
      found.addKept(firstRow + start, this.#keep, end - start);
    }
  }
}

const readsLine = ({ question: { kind } }: DisplayTerm) => kind === 'text' || kind === 'address6';

function narrowOf(question: DisplayQuestion, invert: number): Narrow {
  switch (question.kind) {
    case 'address':
      return question.port === undefined
        ? narrowByAddress(question.range, question.side, invert)
        : narrowBySocket(question.range, question.port, question.side, invert);
    case 'address6':
      return narrowByAddress6(question.range, question.port, question.side, invert);
    case 'port':
      return narrowByPort(question.ranges, question.side, invert);
    case 'protocol':
      if (question.protocol === 'ip') return narrowByNumber('family', [4], invert);
      if (question.protocol === 'ip6') return narrowByNumber('family', [6], invert);
      return narrowByProtocol(question.protocol, invert);
    case 'class':
      return narrowByClass(question.classes, invert);
    case 'flags':
      return narrowByFlags(question.mask, invert);
    case 'row':
      return narrowByNumber(question.column, question.rows, invert);
    case 'text':
      return narrowByText(question.text, invert);
  }
}
