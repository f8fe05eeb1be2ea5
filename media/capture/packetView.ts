import { html, nothing, type TemplateResult } from 'lit';
import type { PacketColumns } from '../../src/packet/packetColumns';
import { unpackColumns } from '../../src/packet/packing';
import type { CaptureState, RowsPush } from '../../src/protocol/capture';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { DetailsPane } from './detailsPane';
import { displayFilterBar } from './displayFilterBar';
import { fill } from './labelText';
import { packetMenu } from './packetMenu';
import { PacketTable } from './packetTable';
import type { PageMemory } from './pageMemory';
import { PopupMenu } from './popupMenu';
import { RowStore } from './rowStore';
import { MOST_LINES, selectedCount, selectedLines } from './selectedLines';
import { ShownRows } from './shownRows';
import { TableFilter } from './tableFilter';
import { timeAt } from './tableTime';

export interface PacketViewHost {
  /** What `render` gives has changed. */
  onChange(): void;
  copy(text: string): void;
  complain(words: string): void;
  bytesOf(row: number): Promise<ArrayBuffer | undefined>;
}

/** The packets: the display filter, the table, one packet in full, and the way back to the newest. */
export class PacketView {
  readonly rows = new RowStore();
  readonly #shown = new ShownRows(this.rows);
  readonly #menu = new PopupMenu();
  readonly #table: PacketTable;
  readonly #filter: TableFilter;
  readonly #details: DetailsPane;
  /** The page has shown rows: what comes in their place is another capture. */
  #hasBegun = false;

  constructor(
    private readonly labels: CaptureLabels,
    private readonly memory: PageMemory,
    private readonly host: PacketViewHost,
  ) {
    this.#table = new PacketTable(this.rows, this.#shown, labels, this.#menu, {
      onChange: () => this.#onChange(),
      onColumns: columns => memory.keep({ columns }),
      onMenu: (x, y) => this.#openMenu(x, y),
      onOpen: () => this.#setDetailed(true),
      onCopy: () => this.#copy(),
      onDismiss: () => this.#setDetailed(false),
    });
    this.#filter = new TableFilter(this.#shown, this.#table);
    this.#details = new DetailsPane({
      labels,
      bytesOf: row => host.bytesOf(row),
      onHeight: detailsHeightPx => memory.keep({ detailsHeightPx }),
      onClose: () => this.#setDetailed(false),
    });
    const { columns, filter, detailsHeightPx } = memory.state;
    this.#table.layout.choose(columns);
    this.#filter.use(filter);
    if (detailsHeightPx !== undefined) this.#details.setHeight(detailsHeightPx);
  }

  /** The text of the display filter. */
  get filterText(): string {
    return this.#filter.text;
  }

  /** Begins with other rows. Those that a page gets first are the ones it has shown before, if it has. */
  replace(push: RowsPush): PacketColumns {
    this.rows.reset();
    this.#shown.restart();
    this.#details.forget();
    this.#table.clear();
    const columns = this.add(push);
    if (!this.#hasBegun) this.#restore();
    this.#hasBegun = true;
    return columns;
  }

  add(push: RowsPush): PacketColumns {
    const columns = unpackColumns(push.columns);
    this.rows.add(push.first, columns, push.droppedRows);
    this.#table.requestDraw();
    return columns;
  }

  useState({ interfaces, names, routeTable }: CaptureState): void {
    this.#table.names.use(names);
    this.#filter.useNames({
      interfaces: interfaces.map(({ address }) => address),
      routes: routeTable.rows.map(({ destination }) => destination),
    });
  }

  /** The page shows the packets again, after something else. */
  show(): void {
    this.#table.requestDraw();
  }

  filter(text: string): void {
    this.#filter.use(text);
    this.memory.keep({ filter: text });
    this.host.onChange();
  }

  /** Selects the packet of this number, 1-based, or the next that is shown. */
  goTo(number: number): void {
    this.#table.select(number - 1);
    this.#table.focus();
  }

  render(state: CaptureState, emptyWords: string): TemplateResult {
    const bar = displayFilterBar(this.#filter, this.#shown, this.rows.count, this.labels, {
      filter: text => this.filter(text),
      leave: () => this.#table.focus(),
      goTo: number => this.goTo(number),
    });
    return html`${bar}
      <div class="packets">
        ${this.#table.element} ${this.#empty(emptyWords)} ${this.#table.isFollowing ? nothing : this.#jump()}
      </div>
      ${this.memory.state.isDetailed ? this.#detailsOf(state) : nothing}`;
  }

  #detailsOf(state: CaptureState): HTMLElement {
    const row = this.#table.selection.active;
    const place = row === undefined ? undefined : this.rows.at(row);
    const before = row === undefined ? undefined : this.#shown.rowAt(this.#shown.positionOf(row) - 1);
    const facts = row !== undefined && place && { row, place, previousTimeMicros: timeAt(before, this.rows) };
    this.#details.show(facts || undefined, state);
    return this.#details.element;
  }

  #empty(words: string): TemplateResult | typeof nothing {
    const isNoneShown = this.#shown.isComplete && this.#shown.count === 0;
    const text = this.rows.count === 0 ? words : isNoneShown ? this.labels.noneShown : '';
    return text ? html`<p class="empty">${text}</p>` : nothing;
  }

  #jump(): TemplateResult {
    return html`<vscode-button class="jump" secondary icon="arrow-down" @click=${() => this.#table.follow()}
      >${this.labels.jumpToLatest}</vscode-button
    >`;
  }

  #onChange(): void {
    const { selection, place } = this.#table;
    const selected = selection.active === undefined ? undefined : ([selection.first, selection.last] as const);
    if (this.#hasBegun) this.memory.keep({ selected, place, firstTimeMicros: this.rows.firstTimeMicros });
    this.host.onChange();
  }

  #restore(): void {
    const { selected, place, firstTimeMicros } = this.memory.state;
    if (firstTimeMicros === undefined || firstTimeMicros !== this.rows.firstTimeMicros) return;
    this.#shown.advance(Number.POSITIVE_INFINITY);
    if (selected) {
      this.#table.select(selected[0]);
      this.#table.select(selected[1], true);
    }
    if (place) this.#table.goTo(place);
    else this.#table.follow();
  }

  #setDetailed(isDetailed: boolean): void {
    this.memory.keep({ isDetailed });
    this.host.onChange();
    if (!isDetailed) this.#table.focus();
  }

  #openMenu(x: number, y: number): void {
    const place = this.rows.at(this.#table.selection.active ?? -1);
    if (!place) return;
    const items = packetMenu(place, this.labels.packetView, {
      filter: text => this.filter(text),
      copy: () => this.#copy(),
      open: () => this.#setDetailed(true),
    });
    this.#menu.open(this.labels.packetView.menu, items, x, y, this.#table.focusElement);
  }

  #copy(): void {
    const { selection } = this.#table;
    const count = selectedCount(selection, this.#shown);
    if (count > MOST_LINES) this.host.complain(fill(this.labels.packetView.tooManyToCopy, count, MOST_LINES));
    else if (count > 0) this.host.copy(selectedLines(selection, this.#shown, this.rows));
  }
}
