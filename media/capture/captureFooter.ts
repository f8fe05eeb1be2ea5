import { html, nothing, type TemplateResult } from 'lit';
import type { CaptureState } from '../../src/protocol/capture';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { fill } from './labelText';
import type { RateChart } from './rateChart';

export interface RowTotals {
  /** Rows since the capture began. */
  readonly end: number;
  /** Rows that have fallen out of the ring. */
  readonly dropped: number;
}

/** What was counted, and the rate over time. */
export function captureFooter(
  state: CaptureState,
  labels: CaptureLabels,
  rows: RowTotals,
  chart: RateChart,
): TemplateResult {
  const packets =
    rows.dropped > 0 ? fill(labels.packetsDropped, rows.end, rows.dropped) : fill(labels.packets, rows.end);
  return html`<footer>
    <div class="counts">
      <h2>${labels.packetsPerSecond}</h2>
      ${chart.legend()}
      <span>${packets}</span>
      ${state.droppedByKernel ? html`<span class="problem">${fill(labels.droppedByKernel, state.droppedByKernel)}</span>` : nothing}
      ${
        state.untrackedPackets > 0
          ? html`<span class="problem">${fill(labels.untracked, state.untrackedPackets)}</span>`
          : nothing
      }
      <span>${fill(labels.unparsed, state.unparsedLines)}</span>
      ${state.scopeKind === 'file' ? nothing : html`<span>${fill(labels.channelFrames, state.channelFrames)}</span>`}
    </div>
    ${chart.element}
  </footer>`;
}
