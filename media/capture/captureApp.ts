import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { unpackColumns } from '../../src/packet/packing';
import type { CapturePush, CaptureState, RowsPush } from '../../src/protocol/capture';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { HostLink } from './hostLink';
import { fill } from './labelText';
import { PacketTable } from './packetTable';
import { RateChart } from './rateChart';
import { RawView } from './rawView';
import { RowStore } from './rowStore';
import { sidePanel } from './sidePanel';

/** The capture page. Draws in the page's own document, so that one style sheet and one set of landmarks serve all of it. */
export class CaptureApp extends LitElement {
  static override properties = {
    state: { state: true },
    isRaw: { state: true },
    isFollowing: { state: true },
    problem: { state: true },
  };

  declare private state: CaptureState | undefined;
  declare private isRaw: boolean;
  declare private isFollowing: boolean;
  declare private problem: string;

  readonly #rows = new RowStore();
  readonly #table: PacketTable;
  readonly #raw: RawView;
  readonly #chart: RateChart;
  readonly #host: HostLink;
  #droppedRows = 0;
  #interfaceCounts: readonly number[] = [];
  #routeCounts: readonly number[] = [];

  constructor(private readonly labels: CaptureLabels) {
    super();
    this.isRaw = false;
    this.isFollowing = true;
    this.problem = '';
    this.#table = new PacketTable(this.#rows, labels, isFollowing => {
      this.isFollowing = isFollowing;
    });
    this.#raw = new RawView(labels);
    this.#chart = new RateChart(labels);
    this.#host = new HostLink(push => this.#onPush(push));
  }

  begin(): void {
    this.#call(this.#host.call('ready'));
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override render(): TemplateResult | typeof nothing {
    const state = this.state;
    if (!state) return nothing;
    return html`
      ${this.#toolbar(state)} ${this.#verdict(state)}
      <main>
        <section class="stream" aria-label=${this.labels.tableTitle}>
          ${this.isRaw ? this.#raw.element : this.#table.element}
          ${this.#rows.count === 0 && !this.isRaw ? this.#empty(state) : nothing}
          ${this.isFollowing || this.isRaw ? nothing : this.#jump()}
        </section>
        ${sidePanel(state, this.labels, this.#interfaceCounts, this.#routeCounts, {
          openEndpoint: id => this.#call(this.#host.call('openEndpoint', id)),
          refresh: () => this.#call(this.#host.call('refreshNetwork')),
        })}
      </main>
      ${this.#footer(state)}
    `;
  }

  #toolbar(state: CaptureState): TemplateResult {
    const isBusy = state.phase === 'starting' || state.phase === 'stopping';
    const isRunning = state.phase === 'running' || state.phase === 'starting';
    const isFile = state.scopeKind === 'file';
    return html`<header class="toolbar">
      <div class="subject">
        <h1>${state.instanceName}</h1>
        <span class="facts">${[state.instanceId, state.instanceAddress, state.availabilityZone].filter(Boolean).join(' · ')}</span>
        ${isFile ? nothing : html`<span class="badge ${state.scopeKind}">${state.scopeKind.toUpperCase()} · ${state.scopeLabel}</span>`}
      </div>
      <div class="actions">
        ${isFile ? nothing : this.#runControls(state, isRunning, isBusy)}
        <vscode-button secondary icon="save" @click=${() => this.#call(this.#host.call('save'))}>${this.labels.save}</vscode-button>
        <vscode-button
          secondary
          icon="output"
          role="button"
          aria-pressed=${this.isRaw ? 'true' : 'false'}
          class=${this.isRaw ? 'pressed' : ''}
          title=${this.labels.rawTitle}
          @click=${() => this.#toggleRaw()}
          >${this.labels.raw}</vscode-button
        >
      </div>
    </header>`;
  }

  /** What starts, stops and empties a capture; one from a file stays as it is. */
  #runControls(state: CaptureState, isRunning: boolean, isBusy: boolean): TemplateResult {
    return html`
        <vscode-textfield
          class="filter"
          label=${this.labels.filter}
          title=${this.labels.filterHint}
          placeholder=${this.labels.filter}
          .value=${state.filter}
          ?disabled=${isRunning || isBusy}
          @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && this.#start()}
        ></vscode-textfield>
        ${
          isRunning || state.phase === 'stopping'
            ? html`<vscode-button icon="debug-stop" ?disabled=${state.phase === 'stopping'} @click=${() => this.#call(this.#host.call('stop'))}
                >${this.labels.stop}</vscode-button
              >`
            : html`<vscode-button icon="play" @click=${() => this.#start()}>${this.labels.start}</vscode-button>`
        }
        <vscode-button secondary icon="clear-all" @click=${() => this.#call(this.#host.call('clear'))}>${this.labels.clear}</vscode-button>`;
  }

  #verdict(state: CaptureState): TemplateResult {
    const { verdict } = state;
    return html`<section class="verdict ${verdict.kind}" role="status" aria-live="polite">
      <p><span class="sign" aria-hidden="true"></span><strong>${verdict.label}.</strong> ${verdict.sentence}</p>
      ${state.prediction ? html`<p class="prediction">${this.labels.prediction} ${state.prediction}</p>` : nothing}
      ${state.message ? html`<p class=${state.phase === 'failed' ? 'problem' : 'message'}>${state.message}</p>` : nothing}
      ${this.problem ? html`<p class="problem">${this.problem}</p>` : nothing}
    </section>`;
  }

  #empty({ phase }: CaptureState): TemplateResult | typeof nothing {
    if (phase === 'starting') return nothing;
    return html`<p class="empty">${phase === 'running' ? this.labels.noPacketsRunning : this.labels.noPacketsIdle}</p>`;
  }

  #jump(): TemplateResult {
    return html`<vscode-button class="jump" secondary icon="arrow-down" @click=${() => this.#table.follow()}
      >${this.labels.jumpToLatest}</vscode-button
    >`;
  }

  #footer(state: CaptureState): TemplateResult {
    const { labels } = this;
    const packets =
      this.#droppedRows > 0
        ? fill(labels.packetsDropped, this.#rows.end, this.#droppedRows)
        : fill(labels.packets, this.#rows.end);
    return html`<footer>
      <div class="counts">
        <h2>${labels.packetsPerSecond}</h2>
        <span class="legend" aria-hidden="true">
          <span class="endpoint">${labels.rateEndpoint}</span>
          <span class="resolver">${labels.rateResolver}</span>
          <span class="other">${labels.rateOther}</span>
        </span>
        <span>${packets}</span>
        ${state.droppedByKernel ? html`<span class="problem">${fill(labels.droppedByKernel, state.droppedByKernel)}</span>` : nothing}
        <span>${fill(labels.unparsed, state.unparsedLines)}</span>
        ${state.scopeKind === 'file' ? nothing : html`<span>${fill(labels.channelFrames, state.channelFrames)}</span>`}
      </div>
      ${this.#chart.element}
    </footer>`;
  }

  #start(): void {
    const field = this.querySelector<HTMLElement & { value: string }>('.filter');
    this.#call(this.#host.call('start', field?.value ?? ''));
  }

  #toggleRaw(): void {
    this.isRaw = !this.isRaw;
    if (this.isRaw) this.#raw.show();
    else this.#table.requestDraw();
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
        return;
      case 'raw':
        this.#raw.add(push.text, push.reset);
        return;
      case 'snapshot':
        this.#rows.reset();
        this.#table.clear();
        this.#chart.reset();
        this.#addRows(push);
        return;
      case 'rows':
        this.#addRows(push);
    }
  }

  #addRows(push: RowsPush): void {
    const columns = unpackColumns(push.columns);
    this.#rows.add(push.first, columns, push.droppedRows);
    this.#chart.add(columns);
    this.#droppedRows = push.droppedRows;
    this.#interfaceCounts = push.interfaceCounts;
    this.#routeCounts = push.routeCounts;
    this.#table.requestDraw();
    this.requestUpdate();
  }
}

customElements.define('capture-app', CaptureApp);
