import type { TimeForm } from './rowTime';
import { sash } from './sash';

/** The columns, in their order. */
export const columnNames = ['number', 'time', 'source', 'destination', 'protocol', 'length', 'info'] as const;
export type ColumnName = (typeof columnNames)[number];

/** What a person has chosen; what was not touched follows the table's width. */
export interface ColumnChoices {
  readonly shown: Partial<Record<ColumnName, boolean>>;
  readonly widthsPx: Partial<Record<ColumnName, number>>;
  readonly time: TimeForm;
}

export const defaultChoices: ColumnChoices = { shown: {}, widthsPx: {}, time: 'timeOfDay' };

/** In letters: an address with a port of five digits fits. */
const defaultWidths: Readonly<Record<Exclude<ColumnName, 'info'>, number>> = {
  number: 5,
  time: 15.5,
  source: 21.5,
  destination: 21.5,
  protocol: 5,
  length: 5,
};

/** A narrower table does without, so that the rest of the line can be read, which tells the length too. */
const leastTableWidthPx: Partial<Record<ColumnName, number>> = { time: 820, length: 700, protocol: 620, number: 520 };

const LEAST_WIDTH_PX = 24;
const MOST_WIDTH_PX = 600;

/** Which columns the table shows, and how wide; told to the style sheet by one property and a class for each hidden column. */
export class ColumnLayout {
  #choices = defaultChoices;
  #tableWidthPx = 1000;

  constructor(
    private readonly table: HTMLElement,
    private readonly onChoice: (choices: ColumnChoices) => void,
  ) {}

  get choices(): ColumnChoices {
    return this.#choices;
  }

  get visible(): readonly ColumnName[] {
    return columnNames.filter(name => this.isVisible(name));
  }

  isVisible(name: ColumnName): boolean {
    return this.#choices.shown[name] ?? this.#tableWidthPx >= (leastTableWidthPx[name] ?? 0);
  }

  choose(choices: ColumnChoices): void {
    this.#choices = choices;
    this.#apply();
    this.onChoice(choices);
  }

  toggle(name: ColumnName): void {
    this.choose({ ...this.#choices, shown: { ...this.#choices.shown, [name]: !this.isVisible(name) } });
  }

  setWidth(name: ColumnName, widthPx: number): void {
    const width = Math.round(Math.min(MOST_WIDTH_PX, Math.max(LEAST_WIDTH_PX, widthPx)));
    this.choose({ ...this.#choices, widthsPx: { ...this.#choices.widthsPx, [name]: width } });
  }

  useTableWidth(widthPx: number): void {
    this.#tableWidthPx = widthPx;
    this.#apply();
  }

  #apply(): void {
    const tracks = this.visible.map(name => this.#track(name));
    this.table.style.setProperty('--columns', tracks.join(' '));
    for (const name of columnNames) this.table.classList.toggle(`without-${name}`, !this.isVisible(name));
  }

  #track(name: ColumnName): string {
    const width = this.#choices.widthsPx[name];
    if (name === 'info') return 'minmax(10ch, 1fr)';
    return width === undefined ? `${defaultWidths[name]}ch` : `${width}px`;
  }
}

/** The edge of a column. The first is a tab stop; up and down lead to the others. */
export function columnEdge(name: ColumnName, label: string, layout: ColumnLayout): HTMLElement {
  const edge: HTMLElement = sash('column-edge', {
    label,
    orientation: 'vertical',
    direction: 1,
    sizePx: () => edge.parentElement?.getBoundingClientRect().width ?? 0,
    setSizePx: widthPx => layout.setWidth(name, widthPx),
  });
  edge.tabIndex = name === columnNames[0] ? 0 : -1;
  edge.addEventListener('keydown', event => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    focusEdge(edge, step);
  });
  return edge;
}

function focusEdge(edge: HTMLElement, step: number): void {
  const edges = [...(edge.closest('.packet-header')?.querySelectorAll<HTMLElement>('.column-edge') ?? [])];
  const visible = edges.filter(each => each.offsetParent !== null);
  visible[visible.indexOf(edge) + step]?.focus();
}
