/** A JSON value with where it stands in its text (offset and length in UTF-16 units). */
export type PositionedJson = { readonly offset: number; readonly length: number } & (
  | { readonly kind: 'object'; readonly members: readonly JsonMember[] }
  | { readonly kind: 'array'; readonly items: readonly PositionedJson[] }
  | { readonly kind: 'value'; readonly value: string | number | boolean | null }
);

export interface JsonMember {
  readonly key: string;
  readonly keyOffset: number;
  readonly keyLength: number;
  readonly value: PositionedJson;
}

/** Where a text stops being JSON. */
export class JsonFault extends Error {
  constructor(readonly offset: number) {
    super(`no JSON from ${offset} on`);
  }
}

const token =
  /[ \t\n\r]*(?:([{}[\]:,])|("(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))/y;
const DEEPEST = 64;

interface Token {
  readonly text: string;
  readonly offset: number;
}

/** Reads one JSON value ("RFC 8259"). Throws a {@link JsonFault} where the text is none, or deeper than a policy can be. */
export function parsePositioned(text: string): PositionedJson {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  #at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): PositionedJson {
    const first = this.#take();
    if (depth > DEEPEST) throw new JsonFault(first.offset);
    if (first.text === '{') return this.#object(first.offset, depth);
    if (first.text === '[') return this.#array(first.offset, depth);
    if (/^[}\]:,]/.test(first.text)) throw new JsonFault(first.offset);
    const value = JSON.parse(first.text) as string | number | boolean | null;
    return { kind: 'value', value, offset: first.offset, length: first.text.length };
  }

  end(): void {
    const rest = this.text.slice(this.#at);
    if (rest.trim() !== '') throw new JsonFault(this.#at + rest.length - rest.trimStart().length);
  }

  #object(offset: number, depth: number): PositionedJson {
    const members: JsonMember[] = [];
    if (!this.#skip('}'))
      do {
        const key = this.#take();
        if (!key.text.startsWith('"')) throw new JsonFault(key.offset);
        this.#expect(':');
        const value = this.value(depth + 1);
        members.push({ key: JSON.parse(key.text) as string, keyOffset: key.offset, keyLength: key.text.length, value });
      } while (this.#goesOn('}'));
    return { kind: 'object', members, offset, length: this.#at - offset };
  }

  #array(offset: number, depth: number): PositionedJson {
    const items: PositionedJson[] = [];
    if (!this.#skip(']'))
      do items.push(this.value(depth + 1));
      while (this.#goesOn(']'));
    return { kind: 'array', items, offset, length: this.#at - offset };
  }

  /** A comma, or the end. */
  #goesOn(closing: string): boolean {
    const next = this.#take();
    if (next.text !== ',' && next.text !== closing) throw new JsonFault(next.offset);
    return next.text === ',';
  }

  #expect(text: string): void {
    const next = this.#take();
    if (next.text !== text) throw new JsonFault(next.offset);
  }

  #skip(text: string): boolean {
    const before = this.#at;
    if (this.#take().text === text) return true;
    this.#at = before;
    return false;
  }

  #take(): Token {
    token.lastIndex = this.#at;
    const match = token.exec(this.text);
    const text = match?.[1] ?? match?.[2] ?? match?.[3] ?? match?.[4];
    if (text === undefined) {
      const rest = this.text.slice(this.#at);
      throw new JsonFault(this.#at + rest.length - rest.trimStart().length);
    }
    this.#at = token.lastIndex;
    return { text, offset: this.#at - text.length };
  }
}
