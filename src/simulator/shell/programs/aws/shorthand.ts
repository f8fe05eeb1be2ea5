/** The AWS CLI's shorthand syntax, `Name=vpc-id,Values=a,b` (aws/aws-cli:awscli/shorthand.py). */

export class ShorthandError extends Error {}

export type ShorthandValue = string | readonly ShorthandValue[] | { readonly [key: string]: ShorthandValue };

/** Reads pairs into an object. Throws {@link ShorthandError} with the CLI's wording. */
export function parseShorthand(text: string): Record<string, ShorthandValue> {
  return new ShorthandReader(text).pairs();
}

class ShorthandReader {
  #at = 0;

  constructor(private readonly text: string) {}

  pairs(): Record<string, ShorthandValue> {
    const result: Record<string, ShorthandValue> = {};
    this.#pairInto(result);
    while (this.#at < this.text.length) {
      this.#expect(',');
      this.#pairInto(result);
    }
    return result;
  }

  #pairInto(result: Record<string, ShorthandValue>): void {
    const key = this.#take(/\s*([A-Za-z0-9_\-.#/:]+)\s*/y);
    if (key === undefined) throw this.#error('=');
    this.#expect('=');
    if (Object.hasOwn(result, key))
      throw new ShorthandError(`Second instance of key "${key}" encountered for input:\n${this.text}`);
    Object.defineProperty(result, key, { value: this.#values(), enumerable: true, configurable: true, writable: true });
  }

  #values(): ShorthandValue {
    this.#take(/\s*/y);
    const next = this.text[this.#at];
    if (next === '[') return this.#list();
    if (next === '{') return this.#hash();
    const first = this.#scalar(/(?:\\,|[^,])*/y);
    const values = [first];
    while (this.text[this.#at] === ',' && !/^,\s*[A-Za-z0-9_\-.#/:]+\s*=/.test(this.text.slice(this.#at))) {
      this.#at++;
      if (this.text[this.#at] === '=') throw this.#error(',');
      if (this.#at < this.text.length) values.push(this.#scalar(/(?:\\,|[^,])*/y));
    }
    return values.length === 1 ? first : values;
  }

  #list(): ShorthandValue {
    this.#expect('[');
    const values: ShorthandValue[] = [];
    this.#take(/\s*/y);
    while (this.text[this.#at] !== ']') {
      const next = this.text[this.#at];
      values.push(next === '[' ? this.#list() : next === '{' ? this.#hash() : this.#scalar(/[^\],]*/y));
      this.#take(/\s*/y);
      if (this.text[this.#at] !== ']') this.#expect(',');
      this.#take(/\s*/y);
    }
    this.#expect(']');
    return values;
  }

  #hash(): ShorthandValue {
    this.#expect('{');
    const result: Record<string, ShorthandValue> = {};
    while (this.text[this.#at] !== '}') {
      const key = this.#take(/\s*([A-Za-z0-9_\-.#/:]+)\s*/y);
      if (key === undefined) throw this.#error('=');
      this.#expect('=');
      const next = this.text[this.#at];
      const value = next === '[' ? this.#list() : next === '{' ? this.#hash() : this.#scalar(/[^},]*/y);
      Object.defineProperty(result, key, { value, enumerable: true, configurable: true, writable: true });
      this.#take(/\s*/y);
      if (this.text[this.#at] !== '}') this.#expect(',');
    }
    this.#expect('}');
    return result;
  }

  #scalar(plain: RegExp): string {
    this.#take(/\s*/y);
    const quote = this.text[this.#at];
    if (quote === '"' || quote === "'") {
      const quoted = this.#take(quote === '"' ? /"((?:\\.|[^"\\])*)"/y : /'((?:\\.|[^'\\])*)'/y);
      if (quoted === undefined)
        throw new ShorthandError(`Expected: '${quote}', received: 'EOF' for input:\n${this.text}`);
      return quoted.replace(/\\(["'\\])/g, '$1');
    }
    return (this.#take(plain) ?? '').trimEnd().replace(/\\,/g, ',');
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.text);
    if (!match) return undefined;
    this.#at += match[0].length;
    return match[1] ?? match[0];
  }

  #expect(character: string): void {
    if (this.text[this.#at] !== character) throw this.#error(character);
    this.#at++;
  }

  #error(expected: string): ShorthandError {
    const received = this.text[this.#at] ?? 'EOF';
    return new ShorthandError(
      `Expected: '${expected}', received: '${received}' for input:\n${this.text}\n${' '.repeat(this.#at)}^`,
    );
  }
}
