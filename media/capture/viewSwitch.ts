import { html, type TemplateResult } from 'lit';
import type { CaptureLabels } from '../../src/protocol/captureLabels';

/** What fills the page's middle. */
export type CaptureView = 'packets' | 'flows' | 'raw';

/** Chooses between the packets, the conversations that they make, and the stream as it came. */
export function viewSwitch(
  view: CaptureView,
  labels: CaptureLabels,
  show: (view: CaptureView) => void,
): TemplateResult {
  const button = (name: CaptureView, icon: string, text: string, title: string) => html`<vscode-button
    secondary
    icon=${icon}
    role="button"
    aria-pressed=${view === name ? 'true' : 'false'}
    class=${view === name ? 'pressed' : ''}
    title=${title}
    @click=${() => show(name)}
    >${text}</vscode-button
  >`;
  return html`<div class="views" role="group" aria-label=${labels.views}>
    ${button('packets', 'list-flat', labels.tableTitle, labels.packetsTitle)}
    ${button('flows', 'arrow-swap', labels.flows.title, labels.flows.hint)}
    ${button('raw', 'output', labels.raw, labels.rawTitle)}
  </div>`;
}
