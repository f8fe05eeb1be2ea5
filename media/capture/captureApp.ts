import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { CaptureFlow } from '../../src/core/captureFlow';
import type { PacketColumns } from '../../src/packet/packetColumns';
import type { CapturePush, CaptureState, RowsPush } from '../../src/protocol/capture';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { type CaptureBarActions, captureBar } from './captureBar';
import { captureFooter } from './captureFooter';
import { FlowFeed } from './flowFeed';
import { FlowsView } from './flowsView';
import { flowFilter } from './flowText';
import { HostLink } from './hostLink';
import { PacketView } from './packetView';
import { PageMemory } from './pageMemory';
import { RateChart } from './rateChart';
import { RawView } from './rawView';
import { type ListCounts, sidePanel } from './sidePanel';
import { verdictBanner } from './verdictBanner';
import { type CaptureView, viewSwitch } from './viewSwitch';

/** The capture page. Draws in the page's own document, so that one style sheet and one set of landmarks serve all of it. */
export class CaptureApp extends LitElement {
  static override properties = {
    state: { state: true },
    view: { state: true },
    problem: { state: true },
  };

  declare private state: CaptureState | undefined;
  declare private view: CaptureView;
  declare private problem: string;

  readonly #memory: PageMemory;
  readonly #packets: PacketView;
  readonly #raw: RawView;
  readonly #chart: RateChart;
  readonly #host: HostLink;
  readonly #flows: FlowsView;
  readonly #flowFeed: FlowFeed;
  readonly #barActions: CaptureBarActions = {
    start: options => this.#call(this.#host.call('start', options)),
    stop: () => this.#call(this.#host.call('stop')),
    clear: () => this.#call(this.#host.call('clear')),
    save: () => this.#call(this.#host.call('save')),
  };
  #droppedRows = 0;
  #interfaceCounts: ListCounts = { total: [], earlier: [] };
  #routeCounts: ListCounts = { total: [], earlier: [] };

  /** `origin` is the host's, kept for it. */
  constructor(
    private readonly labels: CaptureLabels,
    origin: unknown,
  ) {
    super();
    this.problem = '';
    this.#raw = new RawView(labels, () => this.requestUpdate());
    this.#chart = new RateChart(labels);
    this.#flows = new FlowsView(labels, flow => this.#chooseFlow(flow));
    this.#host = new HostLink(push => this.#onPush(push));
    this.#flowFeed = new FlowFeed(this.#host);
    this.#memory = new PageMemory(this.#host);
    this.#memory.keep({ origin });
    this.view = this.#memory.state.view;
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
    this.#flowFeed.want(this.view === 'flows');
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const state = this.state;
    if (!state) return nothing;
    return html`
      ${captureBar(state, this.labels, viewSwitch(this.view, this.labels, this.#show), this.#barActions)}
      ${verdictBanner(state, this.labels, this.problem, {
        remedy: () => this.#call(this.#host.call('remedy')),
        showPacket: number => this.#showPacket(number),
      })}
      <main>
        <section class="stream" aria-label=${this.labels.tableTitle}>
          ${this.#shown(state)}
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
    const field = { f: this.view === 'raw' ? '.find' : '.show-only', g: '.go-to' }[event.key];
    if (field === undefined) return;
    event.preventDefault();
    this.querySelector<HTMLElement>(field)?.focus();
  }

  #shown(state: CaptureState): TemplateResult | HTMLElement {
    switch (this.view) {
      case 'packets':
        return this.#packets.render(state, this.#emptyWords(state));
      case 'flows':
        return this.#flows.element;
      case 'raw':
        return this.#raw.render();
    }
  }

  readonly #show = (view: CaptureView): void => {
    this.view = view;
    this.#memory.keep({ view });
    this.#flowFeed.want(view === 'flows');
    if (view === 'raw') this.#raw.show();
    else if (view === 'packets') this.#packets.show();
    else this.#flows.show();
  };

  #chooseFlow(flow: CaptureFlow): void {
    this.#show('packets');
    this.#packets.filter(flowFilter(flow));
    void this.updateComplete.then(() => this.querySelector<HTMLElement>('.packet-rows')?.focus());
  }

  #showPacket(number: number): void {
    this.#show('packets');
    void this.updateComplete.then(() => this.#packets.goTo(number));
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
        this.#memory.keep({ startOptions: push.state.startOptions });
        this.#packets.useState(push.state);
        this.#flows.useState(push.state);
        return;
      case 'raw':
        this.#raw.add(push);
        return;
      case 'snapshot':
        this.#chart.reset();
        this.#flows.clear();
        this.#addRows(this.#packets.replace(push), push);
        return;
      case 'flows':
        this.#flows.add(push.changed, push.count);
        this.#flowFeed.remind();
        return;
      case 'rows':
        this.#addRows(this.#packets.add(push), push);
    }
  }

  #addRows(columns: PacketColumns, push: RowsPush): void {
    this.#chart.add(columns);
    this.#flowFeed.remind();
    this.#droppedRows = push.droppedRows;
    this.#interfaceCounts = { total: push.interfaceCounts, earlier: push.earlierInterfaceCounts };
    this.#routeCounts = { total: push.routeCounts, earlier: push.earlierRouteCounts };
    this.requestUpdate();
  }
}

customElements.define('capture-app', CaptureApp);
