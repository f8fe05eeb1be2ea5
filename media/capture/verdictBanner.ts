import { html, nothing, type TemplateResult } from 'lit';
import type { CaptureState } from '../../src/protocol/capture';
import type { CaptureLabels } from '../../src/protocol/captureLabels';

/** What the packets prove, what was predicted, and what happened or went wrong; `problem` is of the last thing asked for. */
export function verdictBanner(state: CaptureState, labels: CaptureLabels, problem: string): TemplateResult {
  const { verdict } = state;
  return html`<section class="verdict ${verdict.kind}" role="status" aria-live="polite">
    <p><span class="sign" aria-hidden="true"></span><strong>${verdict.label}.</strong> ${verdict.sentence}</p>
    ${state.prediction ? html`<p class="prediction">${labels.prediction} ${state.prediction}</p>` : nothing}
    ${state.message ? html`<p class=${state.phase === 'failed' ? 'problem' : 'message'}>${state.message}</p>` : nothing}
    ${problem ? html`<p class="problem">${problem}</p>` : nothing}
  </section>`;
}
