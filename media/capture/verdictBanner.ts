import { html, nothing, type TemplateResult } from 'lit';
import type { CaptureState, VerdictView } from '../../src/protocol/capture';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { fill } from './labelText';
import { messageLine } from './messageLine';

export interface VerdictActions {
  /** The button beside what went wrong. */
  remedy(): void;
  /** 1-based. */
  showPacket(number: number): void;
}

/** What the packets prove, what was predicted, and what happened or went wrong; `problem` is of the last thing asked for. */
export function verdictBanner(
  state: CaptureState,
  labels: CaptureLabels,
  problem: string,
  actions: VerdictActions,
): TemplateResult {
  const { verdict } = state;
  return html`<section class="verdict ${verdict.kind}" role="status" aria-live="polite">
    <p><span class="sign" aria-hidden="true"></span><strong>${verdict.label}.</strong> ${verdict.sentence}
      ${disagreeing(verdict, labels, actions)}</p>
    ${state.prediction ? html`<p class="prediction">${labels.prediction} ${state.prediction}</p>` : nothing}
    ${messageLine(state, actions.remedy)}
    ${problem ? html`<p class="problem">${problem}</p>` : nothing}
  </section>`;
}

/** The packet that speaks against it, one step away. */
function disagreeing(
  { firstDisagreeing: number }: VerdictView,
  labels: CaptureLabels,
  { showPacket }: VerdictActions,
): TemplateResult | typeof nothing {
  if (number === undefined) return nothing;
  const [before, after] = labels.firstDisagreeing.split('{0}');
  const name = fill(labels.showPacket, number);
  return html`${before}<button class="link" title=${name} aria-label=${name} @click=${() => showPacket(number)}>${fill('{0}', number)}</button>${after}`;
}
