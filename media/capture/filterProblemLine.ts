import { html, nothing, type TemplateResult } from 'lit';
import type { FilterProblem } from '../../src/packet/filter/filterProblem';
import type { StartLabels } from '../../src/protocol/startLabels';
import { fill } from './labelText';

/** So much of a long filter is shown around the place. */
const AROUND = 24;

/** What is wrong with the filter, with the place marked; said politely, and empty when nothing is. */
export function filterProblemLine(
  problem: FilterProblem | undefined,
  text: string,
  labels: StartLabels['filterProblems'],
): TemplateResult {
  return html`<p class="filter-problem" id="filter-problem" role="status">
    ${problem ? html`${excerpt(problem, text)} ${sentence(problem, text, labels)}` : nothing}
  </p>`;
}

function sentence(problem: FilterProblem, text: string, labels: StartLabels['filterProblems']): string {
  return fill(labels[problem.code], shown(text.slice(problem.start, problem.end)), problem.detail);
}

/** For the eye: the sentence names the place as well. */
function excerpt({ start, end }: FilterProblem, text: string): TemplateResult {
  const from = Math.max(0, start - AROUND);
  const to = Math.min(text.length, end + AROUND);
  const place = text.slice(start, Math.min(end, start + 2 * AROUND));
  return html`<span class="mono excerpt" aria-hidden="true"
    >${from > 0 ? '…' : ''}${shown(text.slice(from, start))}<mark>${shown(place) || '\u00a0'}</mark>${shown(text.slice(end, to))}${
      to < text.length ? '…' : ''
    }</span
  >`;
}

/** Control characters as the pictures that Unicode has for them. */
function shown(text: string): string {
  return Array.from(text, character =>
    character < ' ' ? String.fromCodePoint(0x2400 + character.charCodeAt(0)) : character,
  ).join('');
}
