import { FilterError, SYNTAX_ERROR } from './filterError';
import type { FilterToken } from './filterTokens';

/** Raised where another reading may still fit; becomes a {@link FilterError} when none does. */
class Mismatch extends FilterError {
  constructor() {
    super(SYNTAX_ERROR);
  }
}

/** Words of the language that this reader does not know the meaning of. */
const unsupported = new Set(
  'mpls pppoes geneve ifindex addr1 addr2 addr3 addr4 ra ta decnet iso stp ipx netbeui atalk aarp radio clnp esis isis protochain'.split(
    ' ',
  ),
);

/** The tokens with a place among them. Attempts that failed are remembered by place, so that retreat costs no more than one try each. */
export class TokenCursor {
  readonly #tokens: readonly FilterToken[];
  readonly #failed = new Set<string>();
  #at = 0;

  constructor(tokens: readonly FilterToken[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#tokens.length;
  }

  /** Nothing that would go on with a condition comes next. */
  get endsCondition(): boolean {
    return this.isAtEnd || this.peek('and') || this.peek('or') || this.peek(')');
  }

  next(): FilterToken | undefined {
    return this.#tokens[this.#at++];
  }

  peek(text: string, ahead = 0): boolean {
    const token = this.#tokens[this.#at + ahead];
    return token?.kind === 'keyword' && token.text === text;
  }

  take(text: string): string | undefined {
    if (!this.peek(text)) return undefined;
    this.#at++;
    return text;
  }

  takeAny(texts: ReadonlySet<string>): string | undefined {
    const token = this.#tokens[this.#at];
    return token?.kind === 'keyword' && texts.has(token.text) ? this.take(token.text) : undefined;
  }

  takeBoth(first: string, second: string): boolean {
    if (!this.peek(first) || !this.peek(second, 1)) return false;
    this.#at += 2;
    return true;
  }

  /** A number, perhaps in parentheses. */
  number(): number {
    if (this.take('(')) {
      const inner = this.number();
      this.expect(')');
      return inner;
    }
    const token = this.next();
    return token?.kind === 'number' ? token.value : this.fail();
  }

  expect(text: string): void {
    if (!this.take(text)) this.fail();
  }

  fail(): never {
    throw new Mismatch();
  }

  /** Throws when the word at hand is part of the language but not understood here. */
  refuseUnsupported(): void {
    const token = this.#tokens[this.#at];
    if (token?.kind === 'keyword' && unsupported.has(token.text)) throw new FilterError(SYNTAX_ERROR, true);
  }

  /** What `read` gives, or undefined, back where it began, when the tokens do not fit it. */
  attempt<T>(what: string, read: () => T): T | undefined {
    const start = this.#at;
    const key = `${what} ${start}`;
    if (this.#failed.has(key)) return undefined;
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Mismatch)) throw error;
      this.#failed.add(key);
      this.#at = start;
      return undefined;
    }
  }
}
