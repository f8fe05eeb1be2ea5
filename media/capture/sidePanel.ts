import { html, nothing, type TemplateResult } from 'lit';
import type { CaptureState, InterfaceRowView, NameRowView, RouteRowView } from '../../src/protocol/capture';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { fill } from './labelText';

export interface SidePanelActions {
  openEndpoint(endpointId: string): void;
  refresh(): void;
}

/** What the packets are held against: the endpoints' interfaces, the subnet's routes, the names seen. Rows light up as packets match. */
export function sidePanel(
  state: CaptureState,
  labels: CaptureLabels,
  interfaceCounts: readonly number[],
  routeCounts: readonly number[],
  actions: SidePanelActions,
): TemplateResult {
  return html`<aside>
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
              ${state.interfaces.map((row, index) => interfaceRow(row, interfaceCounts[index] ?? 0, labels, actions))}
            </ul>`
      }
    </section>
    <section aria-labelledby="routes-title">
      <h2 id="routes-title">${state.routeTable.title || labels.routes}</h2>
      ${
        state.routeTable.gap
          ? html`<p class="none">${state.routeTable.gap}</p>`
          : html`<ul class="rows routes">
              ${state.routeTable.rows.map((row, index) => routeRow(row, routeCounts[index] ?? 0, labels))}
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

function interfaceRow(
  row: InterfaceRowView,
  count: number,
  labels: CaptureLabels,
  actions: SidePanelActions,
): TemplateResult {
  return html`<li class=${count > 0 ? 'lit' : ''}>
    <span class="mono main">${row.address}</span>
    <span>${row.availabilityZone}</span>
    <button
      class="link owner"
      title="${row.networkInterfaceId} · ${row.endpointId}"
      aria-label="${labels.openEndpoint} ${row.endpointName}"
      @click=${() => actions.openEndpoint(row.endpointId)}
    >
      ${row.endpointName}
    </button>
    ${counter(count, labels)}
  </li>`;
}

function routeRow(row: RouteRowView, count: number, labels: CaptureLabels): TemplateResult {
  const note = row.isBlackhole ? labels.blackhole : row.note;
  return html`<li class="${count > 0 ? 'lit' : ''} ${row.isBlackhole ? 'blackhole' : ''}">
    <span class="mono main">${row.destination}</span>
    <span class="mono target" title=${row.target}>${row.target}</span>
    <span class="note">${note}</span>
    ${counter(count, labels)}
  </li>`;
}

function nameRow(row: NameRowView, labels: CaptureLabels): TemplateResult {
  return html`<li>
    <span class="mono main" title=${row.name}>${row.name}</span>
    <span class="mono">${row.addresses.join(', ')}</span>
    <span class="answer ${row.isPrivate ? 'private' : 'public'}">${row.isPrivate ? labels.answerPrivate : labels.answerPublic}</span>
  </li>`;
}

function counter(count: number, labels: CaptureLabels): TemplateResult {
  return html`<span class="counter mono" title=${fill(labels.packets, count)}>${fill('{0}', count)}</span>`;
}
