import { html, nothing, type TemplateResult } from 'lit';
import type { CaptureState } from '../../src/protocol/capture';

/** What is happening or went wrong, with the button for what would help. */
export function messageLine(
  { message, phase, remedy }: CaptureState,
  onRemedy: () => void,
): TemplateResult | typeof nothing {
  if (!message) return nothing;
  const button = remedy
    ? html`<vscode-button class="remedy" secondary @click=${onRemedy}>${remedy}</vscode-button>`
    : nothing;
  return html`<p class="said ${phase === 'failed' ? 'problem' : 'message'}"><span>${message}</span>${button}</p>`;
}
