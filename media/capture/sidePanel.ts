import { html, nothing, type TemplateResult } from 'lit';
import type {
  CaptureState,
  InterfaceRowView,
  NameRowView,
  NetworkStampView,
  RouteRowView,
} from '../../src/protocol/capture';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { fill } from './labelText';

/** Packets by row of a list, and how many of them were counted before the network last changed. */
export interface ListCounts {
  readonly total: readonly number[];
  readonly earlier: readonly number[];
}

export interface SidePanelActions {
  /** The text of the display filter. */
  readonly shownOnly: string;
  /** Puts the display filter; the one that holds is taken away. */
  showOnly(filter: string): void;
  openEndpoint(endpointId: string): void;
  refresh(): void;
}

/** What the packets are held against: the endpoints' interfaces, the subnet's routes, the names seen. Rows light up as packets match. */
export function sidePanel(
  state: CaptureState,
  labels: CaptureLabels,
  interfaceCounts: ListCounts,
  routeCounts: ListCounts,
  actions: SidePanelActions,
): TemplateResult {
  const change = state.networkStamps.length > 1 ? state.networkStamps.at(-1) : undefined;
  const counter = (counts: ListCounts, index: number, filter: string) =>
    rowCounter(counts, index, change, labels, showOnlyButton(filter, labels, actions));
  return html`<aside>
    ${
      change
        ? html`<p class="none network-changed">${fill(labels.networkChanged, change.time, change.firstRow + 1)}</p>`
        : nothing
    }
    <section aria-labelledby="interfaces-title">
      <div class="side-title">
        <h2 id="interfaces-title">${labels.interfaces}</h2>
        ${
          state.scopeKind === 'file'
            ? nothing
            : html`<button class="link" @click=${actions.refresh}>${labels.refreshNetwork}</button>`
        }
      </div>
      ${
        state.interfaces.length === 0
          ? html`<p class="none">${state.interfacesGap || labels.noInterfaces}</p>`
          : html`<ul class="rows interfaces">
              ${state.interfaces.map((row, index) => interfaceRow(row, counter(interfaceCounts, index, `interface:${row.address}`), labels, actions))}
            </ul>`
      }
    </section>
    <section aria-labelledby="routes-title">
      <h2 id="routes-title">${state.routeTable.title || labels.routes}</h2>
      ${
        state.routeTable.gap
          ? html`<p class="none">${state.routeTable.gap}</p>`
          : html`<ul class="rows routes">
              ${state.routeTable.rows.map((row, index) => routeRow(row, counter(routeCounts, index, `route:${row.destination}`), labels))}
            </ul>`
      }
    </section>
    ${
      state.names.length === 0
        ? nothing
        : html`<section aria-labelledby="names-title">
            <h2 id="names-title">${labels.names}</h2>
            <ul class="rows names">
              ${state.names.map(row => nameRow(row, labels))}
            </ul>
          </section>`
    }
  </aside>`;
}

/** The count of a row, which shows only its packets when it is pressed, and all of them again when it is pressed once more. */
function showOnlyButton(
  filter: string,
  { packetView, packets }: CaptureLabels,
  { shownOnly, showOnly }: SidePanelActions,
): (count: number) => TemplateResult {
  return count =>
    count === 0
      ? html`<span class="counter mono" title=${fill(packets, count)}>${fill('{0}', count)}</span>`
      : html`<button
          class="counter mono only"
          title=${fill(packetView.showOnlyThese, count)}
          aria-label=${fill(packetView.showOnlyThese, count)}
          aria-pressed=${shownOnly === filter ? 'true' : 'false'}
          @click=${() => showOnly(filter)}
        >${fill('{0}', count)}</button>`;
}

interface RowCounter {
  readonly total: number;
  readonly element: TemplateResult;
}

function rowCounter(
  { total, earlier }: ListCounts,
  index: number,
  change: NetworkStampView | undefined,
  labels: CaptureLabels,
  counterOf: (count: number) => TemplateResult,
): RowCounter {
  const all = total[index] ?? 0;
  const before = earlier[index] ?? 0;
  const element = html`${counterOf(all)}
    ${
      change && all > 0
        ? html`<span class="split">${fill(labels.countsSplit, change.time, all - before, before)}</span>`
        : nothing
    }`;
  return { total: all, element };
}

/** A row that is no longer there and had no packets has nothing to say. */
function interfaceRow(
  row: InterfaceRowView,
  { total, element }: RowCounter,
  labels: CaptureLabels,
  actions: SidePanelActions,
): TemplateResult | typeof nothing {
  if (row.isGone && total === 0) return nothing;
  return html`<li class="${total > 0 ? 'lit' : ''} ${row.isGone ? 'gone' : ''}">
    <span class="mono main">${row.address}</span>
    <span>${row.isGone ? labels.gone : row.availabilityZone}</span>
    <button
      class="link owner"
      title="${row.networkInterfaceId} · ${row.endpointId}"
      aria-label="${labels.openEndpoint} ${row.endpointName}"
      @click=${() => actions.openEndpoint(row.endpointId)}
    >
      ${row.endpointName}
    </button>
    ${element}
  </li>`;
}

function routeRow(
  row: RouteRowView,
  { total, element }: RowCounter,
  labels: CaptureLabels,
): TemplateResult | typeof nothing {
  if (row.isGone && total === 0) return nothing;
  const note = row.isGone ? labels.gone : row.isBlackhole ? labels.blackhole : row.note;
  return html`<li class="${total > 0 ? 'lit' : ''} ${row.isBlackhole ? 'blackhole' : ''} ${row.isGone ? 'gone' : ''}">
    <span class="mono main">${row.destination}</span>
    <span class="mono target" title=${row.target}>${row.target}</span>
    <span class="note" title=${note}>${note}</span>
    ${element}
  </li>`;
}

function nameRow(row: NameRowView, labels: CaptureLabels): TemplateResult {
  return html`<li>
    <span class="mono main" title=${row.name}>${row.name}</span>
    <span class="mono">${row.addresses.join(', ')}</span>
    <span class="answer ${row.isPrivate ? 'private' : 'public'}">${row.isPrivate ? labels.answerPrivate : labels.answerPublic}</span>
  </li>`;
}
