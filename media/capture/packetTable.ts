import type { AddressClass } from '../../src/core/classification';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import type { RowStore } from './rowStore';
import { type RowText, rowText } from './rowText';

/** Fixed, so that a row's place follows from its number. 1,000,000 rows are 22,000,000 px, below Chromium's limit of 33,554,426. */
const ROW_HEIGHT_PX = 22;
const SPARE_ROWS = 4;

interface RowElements {
  readonly row: HTMLElement;
  readonly number: Text;
  readonly time: Text;
  readonly source: AddressCell;
  readonly destination: AddressCell;
  readonly protocol: Text;
  readonly length: Text;
  readonly flags: Text;
  readonly info: Text;
}

interface AddressCell {
  readonly mark: HTMLElement;
  readonly text: Text;
}

/**
 * Shows a million rows with a screenful of elements: rows are recycled and only their texts change. Follows the newest packet until
 * one scrolls up; arrow keys move the selection.
 */
export class PacketTable {
  readonly element: HTMLElement;
  readonly #viewport: HTMLElement;
  readonly #canvas: HTMLElement;
  readonly #rows: RowElements[] = [];
  #selected: number | undefined;
  #isFollowing = true;
  #isDrawDue = false;

  constructor(
    private readonly store: RowStore,
    private readonly labels: CaptureLabels,
    private readonly onFollowing: (isFollowing: boolean) => void,
  ) {
    this.element = part('div', 'packet-table');
    this.element.append(this.#header());
    this.#canvas = part('div', 'packet-canvas');
    this.#canvas.setAttribute('role', 'presentation');
    this.#viewport = part('div', 'packet-rows');
    this.#viewport.tabIndex = 0;
    this.#viewport.setAttribute('role', 'grid');
    this.#viewport.setAttribute('aria-label', labels.tableTitle);
    this.#viewport.setAttribute('aria-colcount', '7');
    this.#viewport.append(this.#canvas);
    this.#viewport.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    this.#viewport.addEventListener('keydown', event => this.#onKey(event));
    this.#viewport.addEventListener('click', event => this.#onClick(event));
    this.element.append(this.#viewport);
    new ResizeObserver(() => this.requestDraw()).observe(this.#viewport);
  }

  get isFollowing(): boolean {
    return this.#isFollowing;
  }

  get selected(): number | undefined {
    return this.#selected;
  }

  /** Goes to the newest packet and stays there. */
  follow(): void {
    this.#setFollowing(true);
    this.requestDraw();
  }

  clear(): void {
    this.#selected = undefined;
    this.follow();
  }

  /** Draws at the next frame, however often it is asked for. */
  requestDraw(): void {
    if (this.#isDrawDue) return;
    this.#isDrawDue = true;
    requestAnimationFrame(() => {
      this.#isDrawDue = false;
      this.#draw();
    });
  }

  #draw(): void {
    const height = this.store.count * ROW_HEIGHT_PX;
    this.#canvas.style.height = `${height}px`;
    this.#viewport.setAttribute('aria-rowcount', String(this.store.end));
    if (this.#isFollowing) this.#viewport.scrollTop = height;
    const visible = Math.ceil(this.#viewport.clientHeight / ROW_HEIGHT_PX) + SPARE_ROWS;
    const firstOffset = Math.max(0, Math.floor(this.#viewport.scrollTop / ROW_HEIGHT_PX) - SPARE_ROWS / 2);
    while (this.#rows.length < visible) this.#rows.push(this.#makeRow());
    for (const [slot, elements] of this.#rows.entries()) {
      const offset = firstOffset + slot;
      this.#fill(elements, slot < visible ? this.store.firstKept + offset : Number.POSITIVE_INFINITY, offset);
    }
  }

  #fill(elements: RowElements, row: number, offset: number): void {
    const place = this.store.at(row);
    elements.row.hidden = place === undefined;
    if (!place) return;
    const text = rowText(place);
    elements.row.style.transform = `translateY(${offset * ROW_HEIGHT_PX}px)`;
    elements.row.dataset.row = String(row);
    elements.row.setAttribute('aria-rowindex', String(row + 1));
    elements.row.setAttribute('aria-selected', String(row === this.#selected));
    elements.row.id = `packet-${row}`;
    this.#fillCells(elements, row, text);
  }

  #fillCells(elements: RowElements, row: number, text: RowText): void {
    set(elements.number, String(row + 1));
    set(elements.time, text.time);
    set(elements.source.text, text.source);
    this.#mark(elements.source.mark, text.source ? text.sourceClass : 'unknown');
    set(elements.destination.text, text.destination);
    this.#mark(elements.destination.mark, text.destination ? text.destinationClass : 'unknown');
    set(elements.protocol, text.protocol);
    set(elements.length, text.length);
    set(elements.flags, text.flags);
    set(elements.info, text.flags ? ` ${text.info}` : text.info);
  }

  #mark(mark: HTMLElement, addressClass: AddressClass): void {
    if (mark.dataset.class === addressClass) return;
    mark.dataset.class = addressClass;
    mark.title = this.labels.addressClasses[addressClass];
  }

  #makeRow(): RowElements {
    const row = part('div', 'packet-row');
    row.setAttribute('role', 'row');
    const cell = (name: string, column: number) => {
      const element = part('div', `cell ${name}`);
      element.setAttribute('role', 'gridcell');
      element.setAttribute('aria-colindex', String(column));
      row.append(element);
      return element;
    };
    const textCell = (name: string, column: number) => {
      const text = document.createTextNode('');
      cell(name, column).append(text);
      return text;
    };
    const addressCell = (name: string, column: number): AddressCell => {
      const mark = part('span', 'mark');
      const text = document.createTextNode('');
      cell(name, column).append(mark, text);
      return { mark, text };
    };
    const elements = {
      row,
      number: textCell('number', 1),
      time: textCell('time', 2),
      source: addressCell('source', 3),
      destination: addressCell('destination', 4),
      protocol: textCell('protocol', 5),
      length: textCell('length', 6),
    };
    const info = cell('info', 7);
    const flags = part('b', 'flags');
    flags.append('');
    info.append(flags, document.createTextNode(''));
    this.#canvas.append(row);
    return { ...elements, flags: flags.firstChild as Text, info: info.lastChild as Text };
  }

  #header(): HTMLElement {
    const header = part('div', 'packet-header');
    header.setAttribute('aria-hidden', 'true');
    const { columns } = this.labels;
    for (const name of ['number', 'time', 'source', 'destination', 'protocol', 'length', 'info'] as const) {
      const cell = part('div', `cell ${name}`);
      cell.textContent = columns[name];
      header.append(cell);
    }
    return header;
  }

  #onScroll(): void {
    const { scrollTop, clientHeight, scrollHeight } = this.#viewport;
    this.#setFollowing(scrollTop + clientHeight >= scrollHeight - ROW_HEIGHT_PX);
    this.requestDraw();
  }

  #onClick(event: MouseEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>('.packet-row');
    if (row?.dataset.row) this.#select(Number(row.dataset.row));
  }

  #onKey(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.#viewport.clientHeight / ROW_HEIGHT_PX) - 1);
    const last = this.store.end - 1;
    const from = this.#selected ?? last;
    const target = {
      ArrowUp: from - 1,
      ArrowDown: from + 1,
      PageUp: from - page,
      PageDown: from + page,
      Home: this.store.firstKept,
      End: last,
    }[event.key];
    if (target === undefined || last < 0) return;
    event.preventDefault();
    this.#select(Math.min(last, Math.max(this.store.firstKept, target)));
  }

  #select(row: number): void {
    this.#selected = row;
    this.#viewport.setAttribute('aria-activedescendant', `packet-${row}`);
    const top = (row - this.store.firstKept) * ROW_HEIGHT_PX;
    const { scrollTop, clientHeight } = this.#viewport;
    this.#setFollowing(row === this.store.end - 1);
    if (top < scrollTop) this.#viewport.scrollTop = top;
    else if (top + ROW_HEIGHT_PX > scrollTop + clientHeight)
      this.#viewport.scrollTop = top + ROW_HEIGHT_PX - clientHeight;
    this.requestDraw();
  }

  #setFollowing(isFollowing: boolean): void {
    if (this.#isFollowing === isFollowing) return;
    this.#isFollowing = isFollowing;
    this.onFollowing(isFollowing);
  }
}

function part(tag: string, className: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = className;
  return element;
}

function set(text: Text, value: string): void {
  if (text.data !== value) text.data = value;
}
