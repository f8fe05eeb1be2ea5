import { html, nothing, type TemplateResult } from 'lit';
import { unpackColumns } from '../../src/packet/packing';
import type { CaptureState, RowsPush } from '../../src/protocol/capture';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { displayFilterBar } from './displayFilterBar';
import { PacketTable } from './packetTable';
import { RowStore } from './rowStore';
import { ShownRows } from './shownRows';
import { TableFilter } from './tableFilter';

/** The packets: the display filter, the table, and the way back to the newest packet. */
export class PacketView {
  readonly rows = new RowStore();
  readonly #shown = new ShownRows(this.rows);
  readonly #table: PacketTable;
  readonly #filter: TableFilter;

  constructor(
    private readonly labels: CaptureLabels,
    /** What `render` gives has changed. */
    private readonly onChange: () => void,
  ) {
    this.#table = new PacketTable(this.rows, this.#shown, labels, { onFollowing: onChange, onJudged: onChange });
    this.#filter = new TableFilter(this.#shown, this.#table);
  }

  reset(): void {
    this.rows.reset();
    this.#shown.restart();
    this.#table.clear();
  }

  add(push: RowsPush): ReturnType<typeof unpackColumns> {
    const columns = unpackColumns(push.columns);
    this.rows.add(push.first, columns, push.droppedRows);
    this.#table.requestDraw();
    return columns;
  }

  useState({ interfaces, routeTable }: CaptureState): void {
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
    this.onChange();
  }

  render(emptyWords: string): TemplateResult {
    const bar = displayFilterBar(this.#filter, this.#shown, this.rows.count, this.labels, {
      filter: text => this.filter(text),
      leave: () => this.#table.focus(),
    });
    return html`${bar} ${this.#table.element} ${this.#empty(emptyWords)} ${this.#table.isFollowing ? nothing : this.#jump()}`;
  }

  #empty(words: string): TemplateResult | typeof nothing {
    const text =
      this.rows.count === 0 ? words : this.#shown.isComplete && this.#shown.count === 0 ? this.labels.noneShown : '';
    return text ? html`<p class="empty">${text}</p>` : nothing;
  }

  #jump(): TemplateResult {
    return html`<vscode-button class="jump" secondary icon="arrow-down" @click=${() => this.#table.follow()}
      >${this.labels.jumpToLatest}</vscode-button
    >`;
  }
}
