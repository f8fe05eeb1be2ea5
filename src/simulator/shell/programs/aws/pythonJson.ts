/** JSON as Python's `json` reads it, because the CLI repeats its complaints (Python Library Reference, "json"). */

/** Where and why a text is no JSON: `Expecting value: line 1 column 1 (char 0)`. */
export class JsonError extends Error {
  constructor(problem: string, text: string, at: number) {
    const before = text.slice(0, at);
    const line = before.split('\n').length;
    const column = at - before.lastIndexOf('\n');
    super(`${problem}: line ${line} column ${column} (char ${at})`);
  }
}

/** Throws {@link JsonError}. */
export function parsePythonJson(text: string): unknown {
  const reader = new JsonReader(text);
  return reader.document();
}

const literals: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['null', null],
  ['true', true],
  ['false', false],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

/** No quote, no backslash and no control character. */
const plainCharacters = /(?:(?!\p{Cc})[^"\\]|[\u007f-\u009f])*/uy;

/** Deeper nesting ends Python with a RecursionError. */
const deepestLevel = 990;

class JsonReader {
  #at = 0;
  #level = 0;

  constructor(private readonly text: string) {}

  document(): unknown {
    this.#skipSpace();
    const value = this.#value();
    this.#skipSpace();
    if (this.#at < this.text.length) throw this.#error('Extra data');
    return value;
  }

  #value(): unknown {
    const next = this.text[this.#at];
    if (next === '"') return this.#string();
    if (next === '{') return this.#nested(() => this.#object());
    if (next === '[') return this.#nested(() => this.#array());
    for (const [word, value] of literals) {
      if (!this.text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    const number = this.#match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?/y);
    if (number === undefined) throw this.#error('Expecting value');
    return Number(number);
  }

  #nested<T>(read: () => T): T {
    if (++this.#level > deepestLevel) throw this.#error('maximum recursion depth exceeded');
    const value = read();
    this.#level--;
    return value;
  }

  #object(): Record<string, unknown> {
    const entries: [string, unknown][] = [];
    this.#at++;
    this.#skipSpace();
    if (this.#take('}')) return {};
    for (;;) {
      if (this.text[this.#at] !== '"') throw this.#error('Expecting property name enclosed in double quotes');
      const key = this.#string();
      this.#skipSpace();
      if (!this.#take(':')) throw this.#error("Expecting ':' delimiter");
      this.#skipSpace();
      entries.push([key, this.#value()]);
      this.#skipSpace();
      if (this.#take('}')) return Object.fromEntries(entries);
      if (!this.#take(',')) throw this.#error("Expecting ',' delimiter");
      this.#skipSpace();
    }
  }

  #array(): unknown[] {
    const items: unknown[] = [];
    this.#at++;
    this.#skipSpace();
    if (this.#take(']')) return items;
    for (;;) {
      items.push(this.#value());
      this.#skipSpace();
      if (this.#take(']')) return items;
      if (!this.#take(',')) throw this.#error("Expecting ',' delimiter");
      this.#skipSpace();
    }
  }

  #string(): string {
    const start = this.#at++;
    let value = '';
    for (;;) {
      value += this.#match(plainCharacters) ?? '';
      const next = this.text[this.#at];
      if (next === undefined) throw this.#error('Unterminated string starting at', start);
      if (next === '"') break;
      if (next !== '\\') throw this.#error('Invalid control character at');
      value += this.#escape(start);
    }
    this.#at++;
    return value;
  }

  #escape(start: number): string {
    const at = this.#at;
    const letter = this.text[at + 1];
    if (letter === undefined) throw this.#error('Unterminated string starting at', start);
    if (letter === 'u') {
      const digits = this.#match(/\\u[0-9a-fA-F]{4}/y);
      if (digits === undefined) throw this.#error('Invalid \\uXXXX escape', at + 1);
      return String.fromCharCode(Number.parseInt(digits.slice(2), 16));
    }
    const index = '"\\/bfnrt'.indexOf(letter);
    if (index < 0) throw this.#error('Invalid \\escape', at);
    this.#at += 2;
    return '"\\/\b\f\n\r\t'[index] as string;
  }

  #skipSpace(): void {
    this.#match(/[ \t\n\r]*/y);
  }

  #take(character: string): boolean {
    if (this.text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text)?.[0];
    this.#at += match?.length ?? 0;
    return match;
  }

  #error(problem: string, at = this.#at): JsonError {
    return new JsonError(problem, this.text, at);
  }
}
