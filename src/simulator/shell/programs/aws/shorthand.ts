/** The AWS CLI's shorthand syntax, `Name=vpc-id,Values=a,b` (aws/aws-cli:awscli/shorthand.py). */

export class ShorthandError extends Error {}

export type ShorthandValue = string | readonly ShorthandValue[] | { readonly [key: string]: ShorthandValue };

/** Reads pairs into an object. Throws {@link ShorthandError} with the CLI's wording. */
export function parseShorthand(text: string): Record<string, ShorthandValue> {
  return new ShorthandReader(text).pairs();
}

/** What a plain value may begin with and go on with; after the first of a list, `=` may not follow. */
const firstValue = /(?:\\,|[!#-&(-+\--<>-Z\\-z|-\uffff])(?:\\,|[\s!#-&(-+\--\\^-|~-\uffff])*/y;
const nextValue = /(?:\\,|[!#-&(-+\--<>-Z\\-z|-\uffff])(?:\\,|[\s!#-&(-+\--<>-\uffff])*/y;

class UnexpectedCharacter extends ShorthandError {
  constructor(text: string, expected: string, received: string, at: number) {
    super(`Expected: '${expected}', received: '${received}' for input:\n${located(text, at)}`);
  }
}

class ShorthandReader {
  #at = 0;

  constructor(private readonly text: string) {}

  pairs(): Record<string, ShorthandValue> {
    const entries = new Map([this.#pair(() => this.#values())]);
    let endOfLast = this.#at;
    while (this.#at < this.text.length) {
      this.#expectSpaced(',');
      const [key, value] = this.#pair(() => this.#values());
      if (entries.has(key)) throw this.#secondInstance(key, endOfLast + 1);
      entries.set(key, value);
      endOfLast = this.#at;
    }
    return Object.fromEntries(entries);
  }

  #pair(readValue: () => ShorthandValue): [string, ShorthandValue] {
    const key = this.#take(/[A-Za-z0-9_.#/:-]*/y) ?? '';
    this.#expectSpaced('=');
    return [key, readValue()];
  }

  #values(): ShorthandValue {
    const next = this.text[this.#at];
    if (next === undefined) return '';
    return next === '[' || next === '{' ? this.#explicit() : this.#commaSeparated();
  }

  /** `a,b,c`, up to where the next pair begins. */
  #commaSeparated(): ShorthandValue {
    const first = this.#scalar();
    this.#skipSpace();
    if (this.text[this.#at] !== ',') return first;
    this.#expectSpaced(',');
    const values = [first];
    for (;;) {
      try {
        const value = this.#laterScalar();
        this.#skipSpace();
        const isEnd = this.#at >= this.text.length;
        if (!isEnd) this.#expectSpaced(',');
        values.push(value);
        if (isEnd) break;
      } catch (error) {
        if (!(error instanceof UnexpectedCharacter) || this.#at >= this.text.length) throw error;
        this.#at = this.text.lastIndexOf(',', this.#at);
        break;
      }
    }
    return values.length === 1 ? first : values;
  }

  #explicit(): ShorthandValue {
    const next = this.text[this.#at];
    if (next === '[') return this.#list();
    return next === '{' ? this.#hash() : this.#scalar();
  }

  #list(): ShorthandValue {
    const values: ShorthandValue[] = [];
    this.#enclosed('[', ']', () => values.push(this.#explicit()));
    return values;
  }

  #hash(): ShorthandValue {
    const entries: [string, ShorthandValue][] = [];
    this.#enclosed('{', '}', () => entries.push(this.#pair(() => this.#explicit())));
    return Object.fromEntries(entries);
  }

  #enclosed(open: string, close: string, readItem: () => void): void {
    this.#expectSpaced(open);
    while (this.text[this.#at] !== close) {
      readItem();
      this.#skipSpace();
      if (this.text[this.#at] === close) break;
      this.#expect(',');
      this.#skipSpace();
    }
    this.#expect(close);
  }

  #scalar(): string {
    return this.#quotedIfAny() ?? plain(this.#take(firstValue) ?? '');
  }

  #laterScalar(): string {
    const quoted = this.#quotedIfAny();
    if (quoted !== undefined) return quoted;
    const value = this.#take(nextValue);
    if (value === undefined) throw new UnexpectedCharacter(this.text, '<second>', '<none>', this.#at);
    return plain(value);
  }

  #quotedIfAny(): string | undefined {
    const quote = this.text[this.#at];
    if (quote !== '"' && quote !== "'") return undefined;
    const pattern = quote === '"' ? /"(?:\\\\|\\"|[^"])*"/y : /'(?:\\\\|\\'|[^'])*'/y;
    const name = quote === '"' ? '<double quoted>' : '<singled quoted>';
    const quoted = this.#take(pattern);
    if (quoted === undefined) throw new UnexpectedCharacter(this.text, name, '<none>', this.#at);
    return quoted.slice(1, -1).replaceAll(`\\${quote}`, quote).replaceAll('\\\\', '\\');
  }

  #skipSpace(): void {
    this.#take(/\s*/y);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text)?.[0];
    this.#at += match?.length ?? 0;
    return match;
  }

  #expectSpaced(character: string): void {
    this.#skipSpace();
    this.#expect(character);
    this.#skipSpace();
  }

  #expect(character: string): void {
    const actual = this.text[this.#at];
    if (actual !== character) throw new UnexpectedCharacter(this.text, character, actual ?? 'EOF', this.#at);
    this.#at++;
  }

  #secondInstance(key: string, at: number): ShorthandError {
    const reason = 'This is often because there is a preceding "," instead of a space.';
    return new ShorthandError(
      `Second instance of key "${key}" encountered for input:\n${located(this.text, at)}\n${reason}`,
    );
  }
}

function plain(text: string): string {
  return text.replaceAll('\\,', ',').trimEnd();
}

/** The text with a mark below the place, which ends the line that the place is in. */
function located(text: string, at: number): string {
  const lineStart = text.slice(0, at).lastIndexOf('\n') + 1;
  const lineEnd = text.indexOf('\n', at);
  const mark = `${' '.repeat(at - lineStart)}^`;
  return lineEnd < 0 ? `${text}\n${mark}` : `${text.slice(0, lineEnd)}\n${mark}${text.slice(lineEnd)}`;
}
