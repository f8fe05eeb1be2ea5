import { FilterError, type FilterPlace, SYNTAX_ERROR } from './filterError';
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
  /** Where reading came furthest before it failed: what is wrong is there, whichever reading is tried last. */
  #furthest = 0;
  /** Where the id begins that is being read. */
  #idStart: number | undefined;

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

  /** The token at hand, which stays. */
  get current(): FilterToken | undefined {
    return this.#tokens[this.#at];
  }

  next(): FilterToken | undefined {
    return this.#tokens[this.#at++];
  }

  /** Reads an id: what is wrong with its value is wrong with all of it. */
  readId<T>(read: () => T): T {
    this.#idStart = this.#at;
    const id = read();
    this.#idStart = undefined;
    return id;
  }

  /** Of a failure: for one of the grammar the first token that fits no reading, for one of a value what was read last. */
  placeOf(error: FilterError): FilterPlace {
    if (error instanceof Mismatch) return this.#tokens[this.#furthest] ?? this.#textEnd;
    const last = this.#tokens[this.#at - 1] ?? this.#textEnd;
    const first = this.#tokens[Math.min(this.#idStart ?? this.#at - 1, this.#at - 1)] ?? last;
    return { start: first.start, end: last.end };
  }

  get #textEnd(): FilterPlace {
    const end = this.#tokens.at(-1)?.end ?? 0;
    return { start: end, end };
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
    const token = this.current;
    if (token?.kind !== 'number') return this.fail();
    this.#at++;
    return token.value;
  }

  expect(text: string): void {
    if (!this.take(text)) this.fail();
  }

  fail(): never {
    this.#furthest = Math.max(this.#furthest, this.#at);
    throw new Mismatch();
  }

  /** Throws when the word at hand is part of the language but not understood here. */
  refuseUnsupported(): void {
    if (this.takeAny(unsupported)) throw new FilterError(SYNTAX_ERROR, true);
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
      this.#idStart = undefined;
      return undefined;
    }
  }
}
