import { completeFilter } from '../../src/packet/filter/completeFilter';
import type { FilterPlace } from '../../src/packet/filter/filterError';
import type { CaptureState } from '../../src/protocol/capture';

/** One thing to choose for a filter: `text` goes to the place; `label` says what it is, where the text does not say it itself. */
export interface FilterChoice {
  readonly text: string;
  readonly label: string | undefined;
}

export interface FilterChoices {
  readonly place: FilterPlace;
  readonly choices: readonly FilterChoice[];
}

/** Whole filters: each takes the place of what is written. */
export function presetChoices({ presets }: CaptureState, text: string): FilterChoices {
  return {
    place: { start: 0, end: text.length },
    choices: presets.map(({ label, filter }) => ({ text: filter, label })),
  };
}

/** Words that may stand at the cursor. */
export function wordChoices(state: CaptureState, text: string, cursor: number): FilterChoices {
  const { place, words } = completeFilter(text, cursor, {
    addresses: distinct([
      state.instanceAddress,
      ...state.interfaces.map(({ address }) => address),
      ...state.names.flatMap(({ addresses }) => addresses),
    ]),
    networks: distinct(state.routeTable.rows.map(({ destination }) => destination)).filter(isIpv4Network),
  });
  return { place, choices: words.map(word => ({ text: word, label: undefined })) };
}

/** The expression with a choice in its place, and where the cursor then stands. What is typed on goes on with the next word. */
export function withChoice(
  text: string,
  { start, end }: FilterPlace,
  choice: FilterChoice,
): { readonly text: string; readonly cursor: number } {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const isWhole = choice.label !== undefined;
  const blank = isWhole || after !== '' || /[[|]\s*$/.test(before) ? '' : ' ';
  return { text: `${before}${choice.text}${blank}${after}`, cursor: start + choice.text.length + blank.length };
}

function isIpv4Network(destination: string): boolean {
  return /^[\d.]+\/\d+$/.test(destination) && destination !== '0.0.0.0/0';
}

/** As many as a list may hold that is looked through; in a VPC of ten thousand endpoints nobody does. */
const MAX_VALUES = 50;

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].filter(Boolean).slice(0, MAX_VALUES);
}
