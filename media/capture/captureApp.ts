import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { PacketColumns } from '../../src/packet/packetColumns';
import type { CapturePush, CaptureState, RowsPush } from '../../src/protocol/capture';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { type CaptureBarActions, captureBar } from './captureBar';
import { captureFooter } from './captureFooter';
import { HostLink } from './hostLink';
import { PacketView } from './packetView';
import { PageMemory } from './pageMemory';
import { RateChart } from './rateChart';
import { RawView } from './rawView';
import { type ListCounts, sidePanel } from './sidePanel';
import { verdictBanner } from './verdictBanner';

/** The capture page. Draws in the page's own document, so that one style sheet and one set of landmarks serve all of it. */
export class CaptureApp extends LitElement {
  static override properties = {
    state: { state: true },
    isRaw: { state: true },
    problem: { state: true },
  };

  declare private state: CaptureState | undefined;
  declare private isRaw: boolean;
  declare private problem: string;

  readonly #memory: PageMemory;
  readonly #packets: PacketView;
  readonly #raw: RawView;
  readonly #chart: RateChart;
  readonly #host: HostLink;
  readonly #barActions: CaptureBarActions = {
    start: options => this.#call(this.#host.call('start', options)),
    stop: () => this.#call(this.#host.call('stop')),
    clear: () => this.#call(this.#host.call('clear')),
    save: () => this.#call(this.#host.call('save')),
    toggleRaw: () => this.#toggleRaw(),
  };
  #droppedRows = 0;
  #interfaceCounts: ListCounts = { total: [], earlier: [] };
  #routeCounts: ListCounts = { total: [], earlier: [] };

  constructor(private readonly labels: CaptureLabels) {
    super();
    this.problem = '';
    this.#raw = new RawView(labels, () => this.requestUpdate());
    this.#chart = new RateChart(labels);
    this.#host = new HostLink(push => this.#onPush(push));
    this.#memory = new PageMemory(this.#host);
    this.isRaw = this.#memory.state.isRaw;
    this.#packets = new PacketView(labels, this.#memory, {
      onChange: () => this.requestUpdate(),
      copy: text => this.#call(this.#host.call('copy', text)),
      complain: words => {
        this.problem = words;
      },
      bytesOf: row => this.#host.call('packetBytes', row),
    });
  }

  begin(): void {
    window.addEventListener('keydown', event => this.#onKey(event));
    this.#call(this.#host.call('ready'));
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const state = this.state;
    if (!state) return nothing;
    return html`
      ${captureBar(state, this.labels, this.isRaw, this.#barActions)} 
      ${verdictBanner(state, this.labels, this.problem, () => this.#call(this.#host.call('remedy')))}
      <main>
        <section class="stream" aria-label=${this.labels.tableTitle}>
          ${this.isRaw ? this.#raw.render() : this.#packets.render(state, this.#emptyWords(state))}
        </section>
        ${sidePanel(state, this.labels, this.#interfaceCounts, this.#routeCounts, {
          shownOnly: this.#packets.filterText,
          openEndpoint: id => this.#call(this.#host.call('openEndpoint', id)),
          showOnly: text => this.#packets.filter(text === this.#packets.filterText ? '' : text),
          refresh: () => this.#call(this.#host.call('refreshNetwork')),
        })}
      </main>
      ${captureFooter(state, this.labels, { end: this.#packets.rows.end, dropped: this.#droppedRows }, this.#chart)}
    `;
  }

  #emptyWords({ phase }: CaptureState): string {
    if (phase === 'starting') return '';
    return phase === 'running' ? this.labels.noPacketsRunning : this.labels.noPacketsIdle;
  }

  /** As in an editor, Ctrl+F finds and Ctrl+G goes to a number. */
  #onKey(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
    const field = { f: this.isRaw ? '.find' : '.show-only', g: '.go-to' }[event.key];
    if (field === undefined) return;
    event.preventDefault();
    this.querySelector<HTMLElement>(field)?.focus();
  }

  #toggleRaw(): void {
    this.isRaw = !this.isRaw;
    this.#memory.keep({ isRaw: this.isRaw });
    if (this.isRaw) this.#raw.show();
    else this.#packets.show();
  }

  #call(call: Promise<void>): void {
    this.problem = '';
    call.catch((error: Error) => {
      this.problem = error.message;
    });
  }

  #onPush(push: CapturePush): void {
    switch (push.kind) {
      case 'state':
        this.state = push.state;
        this.#packets.useState(push.state);
        return;
      case 'raw':
        this.#raw.add(push.text, push.reset);
        return;
      case 'snapshot':
        this.#chart.reset();
        this.#addRows(this.#packets.replace(push), push);
        return;
      case 'rows':
        this.#addRows(this.#packets.add(push), push);
    }
  }

  #addRows(columns: PacketColumns, push: RowsPush): void {
    this.#chart.add(columns);
    this.#droppedRows = push.droppedRows;
    this.#interfaceCounts = { total: push.interfaceCounts, earlier: push.earlierInterfaceCounts };
    this.#routeCounts = { total: push.routeCounts, earlier: push.earlierRouteCounts };
    this.requestUpdate();
  }
}

customElements.define('capture-app', CaptureApp);
