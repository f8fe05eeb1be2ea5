import { html, nothing, type TemplateResult } from 'lit';
import { type DisplayProblem, displayClasses } from '../../src/packet/displayFilter/parseDisplayFilter';
import { TcpFlag } from '../../src/packet/packetColumns';
import type { CaptureLabels } from '../../src/protocol/captureLabels';
import { fill } from './labelText';
import type { ShownRows } from './shownRows';
import type { TableFilter } from './tableFilter';

export interface DisplayFilterActions {
  /** The text in the field is another. */
  filter(text: string): void;
  /** Back to the packets, by keyboard. */
  leave(): void;
  /** To the packet of this number, 1-based. */
  goTo(number: number): void;
}

/** Which packets the table shows, and how many of how many; what is wrong with the filter stands beneath it. */
export function displayFilterBar(
  filter: TableFilter,
  shown: ShownRows,
  held: number,
  labels: CaptureLabels,
  actions: DisplayFilterActions,
): TemplateResult {
  const { text, problem } = filter;
  return html`<div class="display-filter" role="search">
    <div class="line">
      <vscode-textfield
        class="show-only"
        .label=${labels.displayFilter}
        title=${labels.displayFilterHint}
        placeholder=${labels.displayFilterPlaceholder}
        .value=${text}
        @input=${(event: Event) => actions.filter((event.currentTarget as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => onKey(event, actions)}
      ></vscode-textfield>
      ${
        text
          ? html`<button class="icon codicon codicon-close" title=${labels.showAll} aria-label=${labels.showAll} @click=${() => actions.filter('')}></button>`
          : nothing
      }
      <vscode-textfield
        class="go-to"
        .label=${labels.packetView.goTo}
        title=${labels.packetView.goToHint}
        placeholder=${labels.packetView.goTo}
        @keydown=${(event: KeyboardEvent) => onNumberKey(event, actions)}
      ></vscode-textfield>
      <span class="shown" role="status">${shown.isFiltered ? countWords(shown, held, labels) : ''}</span>
    </div>
    ${problem ? html`<p class="problem" role="alert">${problemWords(problem, labels)}</p>` : nothing}
  </div>`;
}

function countWords(shown: ShownRows, held: number, labels: CaptureLabels): string {
  return shown.isComplete
    ? fill(labels.shownPackets, shown.count, held)
    : fill(labels.shownPacketsSoFar, shown.count, shown.judged, held);
}

function problemWords({ code, word }: DisplayProblem, labels: CaptureLabels): string {
  const choices = { class: displayClasses, flag: Object.keys(TcpFlag) }[code as string] ?? [];
  return fill(labels.displayProblems[code], word, choices.join(', '));
}

function onKey(event: KeyboardEvent, actions: DisplayFilterActions): void {
  if (event.key === 'Escape') actions.filter('');
  if (event.key === 'Escape' || event.key === 'Enter') actions.leave();
}

function onNumberKey(event: KeyboardEvent, actions: DisplayFilterActions): void {
  const number = Number((event.currentTarget as HTMLInputElement).value);
  if (event.key === 'Enter' && number >= 1) actions.goTo(number);
  else if (event.key === 'Escape') actions.leave();
}
