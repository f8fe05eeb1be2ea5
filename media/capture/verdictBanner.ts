import { html, nothing, type TemplateResult } from 'lit';
import type { CaptureState } from '../../src/protocol/capture';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { messageLine } from './messageLine';

/** What the packets prove, what was predicted, and what happened or went wrong; `problem` is of the last thing asked for. */
export function verdictBanner(
  state: CaptureState,
  labels: CaptureLabels,
  problem: string,
  onRemedy: () => void,
): TemplateResult {
  const { verdict } = state;
  return html`<section class="verdict ${verdict.kind}" role="status" aria-live="polite">
    <p><span class="sign" aria-hidden="true"></span><strong>${verdict.label}.</strong> ${verdict.sentence}</p>
    ${state.prediction ? html`<p class="prediction">${labels.prediction} ${state.prediction}</p>` : nothing}
    ${messageLine(state, onRemedy)}
    ${problem ? html`<p class="problem">${problem}</p>` : nothing}
  </section>`;
}
