import { html, nothing, render, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { CaptureFlow } from '../../src/core/captureFlow';
import type { CaptureState } from '../../src/protocol/capture';
import type { CaptureLabels, FlowColumnName } from '../../src/protocol/captureLabels';
import { AddressNames } from './addressNames';
import { FlowList, type FlowOrder, retriesOf } from './flowList';
import { flowText } from './flowText';
import { fill } from './labelText';
import { placeText } from './placeText';
import { timeOfDay } from './rowTime';

/** Rows that are drawn at once: what comes behind is found by sorting. */
const ROWS_SHOWN = 500;

const columns: readonly FlowColumnName[] = [
  'first',
  'source',
  'destination',
  'state',
  'place',
  'protocol',
  'packets',
  'bytes',
  'handshake',
  'retries',
  'duration',
];
const numeric: ReadonlySet<FlowColumnName> = new Set<FlowColumnName>([
  'packets',
  'bytes',
  'handshake',
  'retries',
  'duration',
]);

/** The conversations of the capture as a table that can be sorted; choosing one is up to whoever shows it. */
export class FlowsView {
  readonly element = document.createElement('div');
  readonly #flows = new FlowList();
  readonly #names = new AddressNames();
  #state: CaptureState | undefined;
  #order: FlowOrder = { column: 'first', isDescending: false };
  #ids: readonly number[] = [];
  #isDrawDue = false;

  constructor(
    private readonly labels: CaptureLabels,
    private readonly choose: (flow: CaptureFlow) => void,
  ) {
    this.element.className = 'flows';
    this.element.addEventListener('keydown', event => this.#onKey(event));
    this.element.addEventListener('focusout', () => this.#requestDraw());
    this.element.addEventListener('mouseleave', () => this.#requestDraw());
  }

  useState(state: CaptureState): void {
    this.#state = state;
    this.#names.use(state.names);
    this.#requestDraw();
  }

  add(changed: readonly CaptureFlow[], count: number): void {
    this.#flows.add(changed, count);
    this.#requestDraw();
  }

  clear(): void {
    this.#flows.clear();
    this.#ids = [];
    this.#requestDraw();
  }

  show(): void {
    this.#requestDraw();
  }

  #requestDraw(): void {
    if (this.#isDrawDue) return;
    this.#isDrawDue = true;
    requestAnimationFrame(() => {
      this.#isDrawDue = false;
      this.#draw();
    });
  }

  #draw(): void {
    if (!this.#state || !this.element.isConnected) return;
    if (!this.#isBeingUsed()) this.#ids = this.#flows.sorted(this.#order, ROWS_SHOWN);
    render(this.#table(this.#state), this.element);
  }

  /** Rows do not move under the hand that reaches for them. */
  #isBeingUsed(): boolean {
    return this.#ids.length > 0 && this.element.querySelector('tbody:hover, tbody :focus') !== null;
  }

  #table(state: CaptureState): TemplateResult {
    const { flows } = this.labels;
    if (this.#flows.count === 0) return html`<p class="empty">${flows.none}</p>`;
    return html`<table>
        <caption>
          ${
            this.#flows.count > this.#ids.length
              ? fill(flows.someOf, this.#ids.length, this.#flows.count)
              : fill(flows.all, this.#flows.count)
          }
        </caption>
        <thead>
          <tr>
            ${columns.map(column => this.#header(column))}
          </tr>
        </thead>
        <tbody>
          ${repeat(
            this.#ids,
            id => id,
            (id, index) => this.#row(this.#flows.at(id), index, state),
          )}
        </tbody>
      </table>`;
  }

  #header(column: FlowColumnName): TemplateResult {
    const isSorted = this.#order.column === column;
    const sort = isSorted ? (this.#order.isDescending ? 'descending' : 'ascending') : 'none';
    const { text, hint } = this.labels.flows.columns[column];
    return html`<th scope="col" class=${classOf(column)} aria-sort=${sort}>
      <button class="sort" title=${hint} @click=${() => this.#sortBy(column)}>${text}</button>
    </th>`;
  }

  #row(flow: CaptureFlow | undefined, index: number, state: CaptureState): TemplateResult | typeof nothing {
    if (!flow) return nothing;
    const text = flowText(flow, this.labels);
    const place = placeText(flow, state, this.labels);
    const retries = retriesOf(flow);
    return html`<tr class=${flow.state} data-flow=${flow.id}>
      <td class="first">${timeOfDay(flow.firstMicros).slice(0, 12)}</td>
      <td class="source mono" title=${[text.source, this.#names.nameOf(flow.source)].join(' ')}>
        <button
          class="link"
          tabindex=${index === 0 ? '0' : '-1'}
          title=${this.labels.flows.choose}
          @click=${() => this.choose(flow)}
        >
          ${text.source}
        </button>
      </td>
      <td class="destination mono" title=${[text.destination, this.#names.nameOf(flow.destination)].join(' ')}>
        ${text.destination} <span class="name">${this.#names.nameOf(flow.destination)}</span>
      </td>
      <td class="state" title=${text.state}>${text.state}</td>
      <td class="place" title=${place}><span class="mark" data-class=${text.placeClass}></span>${place}</td>
      <td class="protocol">${text.protocol}</td>
      <td class="amount packets">${text.packets}</td>
      <td class="amount bytes">${text.bytes}</td>
      <td class="amount handshake">${text.handshake}</td>
      <td class="amount retries">${retries === 0 ? '' : fill('{0}', retries)}</td>
      <td class="amount duration">${text.duration}</td>
    </tr>`;
  }

  #sortBy(column: FlowColumnName): void {
    const isSame = this.#order.column === column;
    this.#order = { column, isDescending: isSame ? !this.#order.isDescending : numeric.has(column) };
    this.#ids = [];
    this.#requestDraw();
  }

  /** One row is in the tab order; arrows go on from there. */
  #onKey(event: KeyboardEvent): void {
    const buttons = [...this.element.querySelectorAll<HTMLElement>('tbody .link')];
    const index = buttons.indexOf(document.activeElement as HTMLElement);
    if (index < 0) return;
    const target = { ArrowUp: index - 1, ArrowDown: index + 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    buttons[Math.min(buttons.length - 1, Math.max(0, target))]?.focus();
  }
}

const classOf = (column: FlowColumnName) => (numeric.has(column) ? `amount ${column}` : column);
