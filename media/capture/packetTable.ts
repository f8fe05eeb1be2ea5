import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { part } from './elements';
import { columnNames, PacketRow } from './packetRow';
import type { RowStore } from './rowStore';
import type { ShownRows } from './shownRows';

/** Fixed, so that a row's place follows from its position. 1,000,000 rows are 22,000,000 px, below Chromium's limit of 33,554,426. */
const ROW_HEIGHT_PX = 22;
const SPARE_ROWS = 4;
/** What a frame may spend on judging rows. */
const FILTER_BUDGET_MS = 6;

/** A row, and how far below the upper edge it stands: where one is in the table, however many rows come and go above. */
interface Place {
  readonly row: number;
  readonly topPx: number;
}

export interface PacketTableEvents {
  onFollowing(isFollowing: boolean): void;
  /** Rows have been judged by the display filter. */
  onJudged(): void;
}

/**
 * Shows a million rows with a screenful of elements: rows are recycled and only their texts change. Follows the newest packet until
 * one scrolls up; arrow keys move the selection.
 */
export class PacketTable {
  readonly element = part('div', 'packet-table');
  readonly #viewport = part('div', 'packet-rows');
  readonly #canvas = part('div', 'packet-canvas');
  readonly #rows: PacketRow[] = [];
  #selected: number | undefined;
  #isFollowing = true;
  #isDrawDue = false;
  #place: Place = { row: 0, topPx: 0 };
  /** Where the last drawing has put the view: a scroll event from there is our own. */
  #drawnTop = 0;

  constructor(
    private readonly store: RowStore,
    private readonly shown: ShownRows,
    private readonly labels: CaptureLabels,
    private readonly events: PacketTableEvents,
  ) {
    this.#canvas.setAttribute('role', 'presentation');
    this.#viewport.tabIndex = 0;
    this.#viewport.setAttribute('role', 'grid');
    this.#viewport.setAttribute('aria-label', labels.tableTitle);
    this.#viewport.setAttribute('aria-colcount', String(columnNames.length));
    this.#viewport.append(this.#canvas);
    this.#viewport.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    this.#viewport.addEventListener('keydown', event => this.#onKey(event));
    this.#viewport.addEventListener('click', event => this.#onClick(event));
    this.element.append(this.#header(), this.#viewport);
    new ResizeObserver(() => this.requestDraw()).observe(this.#viewport);
  }

  get isFollowing(): boolean {
    return this.#isFollowing;
  }

  get selected(): number | undefined {
    return this.#selected;
  }

  /** A way back to where the table is now, whether that was a place or the newest packet. */
  wayBack(): () => void {
    const place = this.#place;
    return this.#isFollowing ? () => this.follow() : () => this.goTo(place);
  }

  focus(): void {
    this.#viewport.focus();
  }

  /** Goes to the newest packet and stays there. */
  follow(): void {
    this.#setFollowing(true);
    this.requestDraw();
  }

  /** Goes to where one has been. */
  goTo(place: Place): void {
    this.#setFollowing(false);
    this.#place = place;
    this.requestDraw();
  }

  /** What is selected, where it stands now; else the upper edge. What the eye rests on while other rows come around it. */
  get focusPlace(): Place {
    const row = this.#selected;
    const topPx = row === undefined ? -1 : this.shown.positionOf(row) * ROW_HEIGHT_PX - this.#viewport.scrollTop;
    return row !== undefined && topPx >= 0 && topPx < this.#viewport.clientHeight ? { row, topPx } : this.#place;
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
      this.#judge();
      this.#draw();
    });
  }

  #judge(): void {
    if (!this.shown.isFiltered) return;
    this.shown.advance(FILTER_BUDGET_MS);
    this.events.onJudged();
    if (!this.shown.isComplete) this.requestDraw();
  }

  #draw(): void {
    const height = this.shown.count * ROW_HEIGHT_PX;
    this.#canvas.style.height = `${height}px`;
    this.#viewport.setAttribute('aria-rowcount', String(this.shown.count));
    this.#viewport.scrollTop = this.#isFollowing
      ? height
      : this.shown.positionOf(this.#place.row) * ROW_HEIGHT_PX - this.#place.topPx;
    this.#drawnTop = this.#viewport.scrollTop;
    const visible = Math.ceil(this.#viewport.clientHeight / ROW_HEIGHT_PX) + SPARE_ROWS;
    const first = Math.max(0, Math.floor(this.#drawnTop / ROW_HEIGHT_PX) - SPARE_ROWS / 2);
    while (this.#rows.length < visible) this.#addRow();
    for (const [slot, row] of this.#rows.entries()) this.#drawRow(row, slot < visible ? first + slot : -1);
  }

  #drawRow(element: PacketRow, position: number): void {
    const row = this.shown.rowAt(position);
    const place = row === undefined ? undefined : this.store.at(row);
    if (row === undefined || !place) element.hide();
    else element.show(place, row, position, position * ROW_HEIGHT_PX, row === this.#selected);
  }

  #addRow(): void {
    const row = new PacketRow(this.labels);
    this.#rows.push(row);
    this.#canvas.append(row.element);
  }

  #header(): HTMLElement {
    const header = part('div', 'packet-header');
    header.setAttribute('aria-hidden', 'true');
    for (const name of columnNames) {
      const cell = part('div', `cell ${name}`);
      cell.textContent = this.labels.columns[name];
      header.append(cell);
    }
    return header;
  }

  #onScroll(): void {
    const { scrollTop, clientHeight, scrollHeight } = this.#viewport;
    if (scrollTop === this.#drawnTop) return;
    this.#setFollowing(scrollTop + clientHeight >= scrollHeight - ROW_HEIGHT_PX);
    this.#noteTop(scrollTop);
    this.requestDraw();
  }

  #noteTop(scrollTop: number): void {
    const position = Math.floor(scrollTop / ROW_HEIGHT_PX);
    const row = this.shown.rowAt(position);
    if (row !== undefined) this.#place = { row, topPx: position * ROW_HEIGHT_PX - scrollTop };
  }

  #onClick(event: MouseEvent): void {
    const row = (event.target as HTMLElement).closest<HTMLElement>('.packet-row');
    if (row?.dataset.row) this.#select(Number(row.dataset.row));
  }

  #onKey(event: KeyboardEvent): void {
    const page = Math.max(1, Math.floor(this.#viewport.clientHeight / ROW_HEIGHT_PX) - 1);
    const last = this.shown.count - 1;
    const from = this.#selected === undefined ? last : this.shown.positionOf(this.#selected);
    const target = {
      ArrowUp: from - 1,
      ArrowDown: from + 1,
      PageUp: from - page,
      PageDown: from + page,
      Home: 0,
      End: last,
    }[event.key];
    if (target === undefined || last < 0) return;
    event.preventDefault();
    const row = this.shown.rowAt(Math.min(last, Math.max(0, target)));
    if (row !== undefined) this.#select(row);
  }

  #select(row: number): void {
    this.#selected = row;
    this.#viewport.setAttribute('aria-activedescendant', `packet-${row}`);
    const position = this.shown.positionOf(row);
    this.#setFollowing(position === this.shown.count - 1);
    const top = position * ROW_HEIGHT_PX;
    const { scrollTop, clientHeight } = this.#viewport;
    const topPx = Math.max(0, Math.min(top - scrollTop, clientHeight - ROW_HEIGHT_PX));
    this.#place = { row, topPx };
    this.requestDraw();
  }

  #setFollowing(isFollowing: boolean): void {
    if (this.#isFollowing === isFollowing) return;
    this.#isFollowing = isFollowing;
    this.events.onFollowing(isFollowing);
  }
}
