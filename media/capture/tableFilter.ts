import { DisplayFilter } from '../../src/packet/displayFilter/displayFilter';
import {
  type DisplayProblem,
  type DisplayRowNames,
  parseDisplayFilter,
} from '../../src/packet/displayFilter/parseDisplayFilter';
import type { PacketTable } from './packetTable';
import type { ShownRows } from './shownRows';

/** The display filter that stands over the table. While its text is wrong, the filter before it holds. */
export class TableFilter {
  #text = '';
  #problem: DisplayProblem | undefined;
  #names: DisplayRowNames = { interfaces: [], routes: [] };
  /** Goes back to where one was before rows were left out. */
  #goBack: (() => void) | undefined;

  constructor(
    private readonly shown: ShownRows,
    private readonly table: PacketTable,
  ) {}

  get text(): string {
    return this.#text;
  }

  get problem(): DisplayProblem | undefined {
    return this.#problem;
  }

  use(text: string): void {
    this.#text = text;
    const parsing = parseDisplayFilter(text, this.#names);
    this.#problem = parsing.isFilter ? undefined : parsing.problem;
    if (!parsing.isFilter) return;
    if (parsing.terms.length === 0) this.#showAll();
    else this.#show(new DisplayFilter(parsing.terms));
  }

  /** What `interface:` and `route:` mean may have changed. */
  useNames(names: DisplayRowNames): void {
    if (JSON.stringify(names) === JSON.stringify(this.#names)) return;
    this.#names = names;
    if (/(?:interface|route):/i.test(this.#text)) this.use(this.#text);
  }

  #show(filter: DisplayFilter): void {
    this.#goBack ??= this.table.wayBack();
    const place = this.table.focusPlace;
    this.shown.useFilter(filter);
    if (this.table.isFollowing) this.table.requestDraw();
    else this.table.goTo(place);
  }

  #showAll(): void {
    if (!this.shown.isFiltered) return;
    const place = this.table.focusPlace;
    this.shown.useFilter(undefined);
    if (place.row === this.table.selection.active) this.table.goTo(place);
    else this.#goBack?.();
    this.#goBack = undefined;
  }
}
