import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { AddressNames } from './addressNames';
import { type ColumnChoices, ColumnLayout, columnNames } from './columnLayout';
import { part } from './elements';
import { packetHeader } from './packetHeader';
import { PacketRow } from './packetRow';
import type { PopupMenu } from './popupMenu';
import { RowSelection } from './rowSelection';
import type { RowStore } from './rowStore';
import type { ShownRows } from './shownRows';
import { tableTime } from './tableTime';

/** Fixed, so that a row's place follows from its position. 1,000,000 rows are 22,000,000 px, below Chromium's limit of 33,554,426. */
const ROW_HEIGHT_PX = 22;
const SPARE_ROWS = 4;
/** What a frame may spend on judging rows. */
const FILTER_BUDGET_MS = 6;

/** A row, and how far below the upper edge it stands: where one is in the table, however many rows come and go above. */
export interface Place {
  readonly row: number;
  readonly topPx: number;
}

export interface PacketTableEvents {
  /** Selection, place or following is another, or rows have been judged by the display filter. */
  onChange(): void;
  onColumns(choices: ColumnChoices): void;
  /** The selected packets' menu is asked for, at a point of the page. */
  onMenu(x: number, y: number): void;
  /** The selected packet is to be shown in full. */
  onOpen(): void;
  onCopy(): void;
  /** What was opened is to be closed. */
  onDismiss(): void;
}

/**
 * Shows a million rows with a screenful of elements: rows are recycled and only their texts change. Follows the newest packet until
 * one scrolls up; arrow keys move the selection.
 */
export class PacketTable {
  /** What captured DNS answers called the addresses. */
  readonly names = new AddressNames();
  readonly element = part('div', 'packet-table');
  readonly layout: ColumnLayout;
  readonly #viewport = part('div', 'packet-rows');
  readonly #canvas = part('div', 'packet-canvas');
  readonly #rows: PacketRow[] = [];
  readonly #selection = new RowSelection();
  #isFollowing = true;
  #isDrawDue = false;
  #place: Place = { row: 0, topPx: 0 };
  /** Where the last drawing has put the view: a scroll event from there is our own. */
  #drawnTop = 0;

  constructor(
    private readonly store: RowStore,
    private readonly shown: ShownRows,
    private readonly labels: CaptureLabels,
    menu: PopupMenu,
    private readonly events: PacketTableEvents,
  ) {
    this.layout = new ColumnLayout(this.element, choices => {
      events.onColumns(choices);
      this.requestDraw();
    });
    this.#canvas.setAttribute('role', 'presentation');
    const viewport = this.#viewport;
    viewport.tabIndex = 0;
    viewport.setAttribute('role', 'grid');
    viewport.setAttribute('aria-label', labels.tableTitle);
    viewport.setAttribute('aria-colcount', String(columnNames.length));
    viewport.setAttribute('aria-multiselectable', 'true');
    viewport.append(this.#canvas);
    viewport.addEventListener('scroll', () => this.#onScroll(), { passive: true });
    viewport.addEventListener('keydown', event => this.#onKey(event));
    viewport.addEventListener('click', event => this.#onClick(event));
    viewport.addEventListener('dblclick', () => events.onOpen());
    viewport.addEventListener('contextmenu', event => this.#onContextMenu(event));
    this.element.append(packetHeader(labels, this.layout, menu), viewport);
    new ResizeObserver(() => this.#onResize()).observe(viewport);
  }

  get isFollowing(): boolean {
    return this.#isFollowing;
  }

  get selection(): RowSelection {
    return this.#selection;
  }

  /** Where the table stands; undefined while it follows the newest packet. */
  get place(): Place | undefined {
    return this.#isFollowing ? undefined : this.#place;
  }

  get focusElement(): HTMLElement {
    return this.#viewport;
  }

  /** What is selected, where it stands now; else the upper edge. What the eye rests on while other rows come around it. */
  get focusPlace(): Place {
    const row = this.#selection.active;
    const topPx = row === undefined ? -1 : this.shown.positionOf(row) * ROW_HEIGHT_PX - this.#viewport.scrollTop;
    return row !== undefined && topPx >= 0 && topPx < this.#viewport.clientHeight ? { row, topPx } : this.#place;
  }

  /** A way back to where the table is now, whether that was a place or the newest packet. */
  wayBack(): () => void {
    const place = this.place;
    return place ? () => this.goTo(place) : () => this.follow();
  }

  focus(): void {
    this.#viewport.focus();
  }

  /** Goes to the newest packet and stays there. */
  follow(): void {
    this.#setFollowing(true);
    this.requestDraw();
  }

  goTo(place: Place): void {
    this.#setFollowing(false);
    this.#place = place;
    this.requestDraw();
  }

  /** Selects a row, or the next that is shown, and brings it into view. */
  select(row: number, isExtended = false): void {
    const position = Math.min(this.shown.positionOf(row), this.shown.count - 1);
    const found = this.shown.rowAt(position);
    if (found === undefined) return;
    this.#selection.set(found, isExtended);
    this.#viewport.setAttribute('aria-activedescendant', `packet-${found}`);
    this.#setFollowing(position === this.shown.count - 1);
    const { scrollTop, clientHeight } = this.#viewport;
    const topPx = Math.max(0, Math.min(position * ROW_HEIGHT_PX - scrollTop, clientHeight - ROW_HEIGHT_PX));
    this.#place = { row: found, topPx };
    this.#changed();
  }

  clear(): void {
    this.#selection.clear();
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

  #changed(): void {
    this.requestDraw();
    this.events.onChange();
  }

  #judge(): void {
    if (!this.shown.isFiltered) return;
    this.shown.advance(FILTER_BUDGET_MS);
    this.events.onChange();
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
    if (row === undefined || !place) {
      element.hide();
      return;
    }
    const time = tableTime(this.layout.choices.time, place, position, this.store, this.shown);
    const isSelected = this.#selection.has(row);
    element.show(place, { row, position, topPx: position * ROW_HEIGHT_PX, isSelected, time });
  }

  #addRow(): void {
    const row = new PacketRow(this.labels, this.names);
    this.#rows.push(row);
    this.#canvas.append(row.element);
  }

  #onResize(): void {
    this.layout.useTableWidth(this.element.clientWidth);
    this.requestDraw();
  }

  #onScroll(): void {
    const { scrollTop, clientHeight, scrollHeight } = this.#viewport;
    if (scrollTop === this.#drawnTop) return;
    this.#setFollowing(scrollTop + clientHeight >= scrollHeight - ROW_HEIGHT_PX);
    const position = Math.floor(scrollTop / ROW_HEIGHT_PX);
    const row = this.shown.rowAt(position);
    if (row !== undefined) this.#place = { row, topPx: position * ROW_HEIGHT_PX - scrollTop };
    this.#changed();
  }

  #rowOf(event: MouseEvent): number | undefined {
    const row = (event.target as HTMLElement).closest<HTMLElement>('.packet-row')?.dataset.row;
    return row === undefined ? undefined : Number(row);
  }

  #onClick(event: MouseEvent): void {
    const row = this.#rowOf(event);
    if (row !== undefined) this.select(row, event.shiftKey);
  }

  #onContextMenu(event: MouseEvent): void {
    event.preventDefault();
    const row = this.#rowOf(event);
    if (row !== undefined && !this.#selection.has(row)) this.select(row);
    if (this.#selection.active === undefined) return;
    // By the keyboard's menu key there is no point: the menu then opens at the selected row.
    const isPointed = row !== undefined;
    const { left, top } = this.#viewport.getBoundingClientRect();
    if (isPointed) this.events.onMenu(event.clientX, event.clientY);
    else this.events.onMenu(left + 40, top + this.focusPlace.topPx + ROW_HEIGHT_PX);
  }

  #onKey(event: KeyboardEvent): void {
    if (this.#onMove(event) || this.#onAction(event)) event.preventDefault();
  }

  #onMove(event: KeyboardEvent): boolean {
    const page = Math.max(1, Math.floor(this.#viewport.clientHeight / ROW_HEIGHT_PX) - 1);
    const last = this.shown.count - 1;
    const from = this.#selection.active === undefined ? last : this.shown.positionOf(this.#selection.active);
    const target = {
      ArrowUp: from - 1,
      ArrowDown: from + 1,
      PageUp: from - page,
      PageDown: from + page,
      Home: 0,
      End: last,
    }[event.key];
    if (target === undefined || last < 0) return false;
    const row = this.shown.rowAt(Math.min(last, Math.max(0, target)));
    if (row !== undefined) this.select(row, event.shiftKey);
    return true;
  }

  #onAction(event: KeyboardEvent): boolean {
    const isCommand = event.ctrlKey || event.metaKey;
    if (event.key === 'Enter') this.events.onOpen();
    else if (event.key === 'Escape') this.events.onDismiss();
    else if (isCommand && event.key === 'c') this.events.onCopy();
    else if (isCommand && event.key === 'a') this.#selectAll();
    else return false;
    return true;
  }

  #selectAll(): void {
    const [first, last] = [this.shown.rowAt(0), this.shown.rowAt(this.shown.count - 1)];
    if (first === undefined || last === undefined) return;
    this.#selection.setRange(first, last);
    this.#changed();
  }

  #setFollowing(isFollowing: boolean): void {
    if (this.#isFollowing === isFollowing) return;
    this.#isFollowing = isFollowing;
    this.events.onChange();
  }
}
