import type { RawText } from './rawText';

/** Where a text is found, letters of either case: a piece of the stream and a place in it. */
interface Match {
  readonly block: Text;
  readonly at: number;
}

/** Finds a text in the stream and marks one of its places. */
export class RawSearch {
  #query = '';
  #matches: readonly Match[] = [];
  #current: Match | undefined;

  constructor(private readonly text: RawText) {}

  get isEmpty(): boolean {
    return this.#query === '';
  }

  get count(): number {
    return this.#matches.length;
  }

  /** Of the marked place, 1-based; 0 when there is none. */
  get position(): number {
    const current = this.#current;
    return current ? this.#matches.findIndex(({ block, at }) => block === current.block && at === current.at) + 1 : 0;
  }

  /** Looks for another text; the last place, which is the newest, is marked first. */
  find(query: string): void {
    this.#query = query.toLowerCase();
    this.refresh();
    this.#mark(this.#matches.at(-1));
  }

  /** The stream has gone on. */
  refresh(): void {
    const query = this.#query;
    this.#matches = query === '' ? [] : this.text.blocks.flatMap(block => matchesIn(block, query));
  }

  /** Marks the next place, or the one before; behind the last comes the first. */
  step(by: 1 | -1): void {
    const count = this.#matches.length;
    const position = this.position;
    const next = position === 0 ? count - 1 : (position - 1 + by + count) % count;
    this.#mark(this.#matches[next]);
  }

  /** The marked place; undefined when nothing is found. */
  get range(): Range | undefined {
    if (!this.#current || this.position === 0) return undefined;
    const { block, at } = this.#current;
    const range = new Range();
    range.setStart(block, at);
    range.setEnd(block, at + this.#query.length);
    return range;
  }

  #mark(match: Match | undefined): void {
    this.#current = match;
    const range = this.range;
    if (range) CSS.highlights.set('found', new Highlight(range));
    else CSS.highlights.delete('found');
  }
}

function matchesIn(block: Text, query: string): Match[] {
  const text = block.data.toLowerCase();
  const matches: Match[] = [];
  for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + query.length)) matches.push({ block, at });
  return matches;
}
