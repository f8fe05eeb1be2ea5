/** Whether an expression is one, found out in the order in which jmespath.py does, so that the same mistake is named (jmespath/parser.py). */
import { incomplete, type Token, unexpectedToken } from './expressionError';
import { tokenize } from './expressionTokens';

const bindingPowers: Readonly<Record<string, number>> = {
  pipe: 1,
  or: 2,
  and: 3,
  eq: 5,
  gt: 5,
  lt: 5,
  gte: 5,
  lte: 5,
  ne: 5,
  flatten: 9,
  star: 20,
  filter: 21,
  dot: 40,
  not: 45,
  lbrace: 50,
  lbracket: 55,
  lparen: 60,
};
/** Weaker operators end a projection. */
const projectionStop = 10;
const names = ['quoted_identifier', 'unquoted_identifier'];

/** Throws {@link ExpressionError}. */
export function checkSyntax(expression: string): void {
  new SyntaxChecker(expression).check();
}

class SyntaxChecker {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(private readonly text: string) {
    this.#tokens = tokenize(text);
  }

  check(): void {
    this.#expression(0);
    if (this.#type !== 'eof') throw this.#unexpected(`Unexpected token: ${this.#token.value}`);
  }

  get #token(): Token {
    return this.#tokens[Math.min(this.#at, this.#tokens.length - 1)] as Token;
  }

  get #type(): string {
    return this.#token.type;
  }

  #powerOf(type: string): number {
    return bindingPowers[type] ?? 0;
  }

  #expression(power: number): void {
    const first = this.#token;
    this.#at++;
    let isField = this.#begin(first);
    while (power < this.#powerOf(this.#type)) isField = this.#continue(isField);
  }

  /** What may stand at the beginning; true for a plain name, which may be a function's. */
  #begin(token: Token): boolean {
    switch (token.type) {
      case 'literal':
      case 'current':
        return false;
      case 'unquoted_identifier':
        return true;
      case 'quoted_identifier':
        if (this.#type === 'lparen')
          throw unexpectedToken(
            { ...this.#token, start: 0 },
            'Quoted identifier not allowed for function names.',
            this.text,
          );
        return true;
      case 'star':
        if (this.#type !== 'rbracket') this.#projection('star');
        return false;
      case 'filter':
        this.#filter();
        return false;
      case 'lbrace':
        this.#hash();
        return false;
      case 'lparen':
        this.#expression(0);
        this.#match('rparen');
        return false;
      case 'flatten':
        this.#projection('flatten');
        return false;
      case 'not':
        this.#expression(this.#powerOf('not'));
        return false;
      case 'expref':
        this.#expression(0);
        return false;
      case 'lbracket':
        this.#bracketFirst();
        return false;
      case 'eof':
        throw incomplete(this.text);
      default:
        throw unexpectedToken(token, 'invalid token', this.text);
    }
  }

  #continue(isField: boolean): boolean {
    const { type } = this.#token;
    if (type === 'star' || type === 'not' || type === 'lbrace') throw this.#unexpected('invalid token');
    this.#at++;
    if (type === 'dot') this.#afterDot();
    else if (type === 'lparen') this.#call(isField);
    else if (type === 'filter') this.#filter();
    else if (type === 'flatten') this.#projection('flatten');
    else if (type === 'lbracket') this.#bracketLater();
    else this.#expression(this.#powerOf(type));
    return false;
  }

  #afterDot(): void {
    if (this.#type !== 'star') {
      this.#dotted('dot');
      return;
    }
    this.#at++;
    this.#projection('dot');
  }

  #call(isField: boolean): void {
    if (!isField) {
      const name = this.#tokens[this.#at - 2] as Token;
      throw unexpectedToken(name, `Invalid function name '${name.value}'`, this.text);
    }
    while (this.#type !== 'rparen') {
      this.#expression(0);
      if (this.#type === 'comma') this.#at++;
    }
    this.#match('rparen');
  }

  #filter(): void {
    this.#expression(0);
    this.#match('rbracket');
    if (this.#type !== 'flatten') this.#projection('filter');
  }

  #bracketFirst(): void {
    if (this.#type === 'number' || this.#type === 'colon') {
      this.#index();
      return;
    }
    if (this.#type === 'star' && this.#tokens[this.#at + 1]?.type === 'rbracket') {
      this.#at += 2;
      this.#projection('star');
      return;
    }
    this.#list();
  }

  #bracketLater(): void {
    if (this.#type === 'number' || this.#type === 'colon') {
      this.#index();
      return;
    }
    this.#match('star');
    this.#match('rbracket');
    this.#projection('star');
  }

  /** `[0]`, or a slice `[1:5:2]`, which is a projection. */
  #index(): void {
    if (this.#type !== 'colon' && this.#tokens[this.#at + 1]?.type !== 'colon') {
      this.#at++;
      this.#match('rbracket');
      return;
    }
    for (let colons = 0; this.#type !== 'rbracket'; this.#at++) {
      const isPart = this.#type === 'number' || (this.#type === 'colon' && ++colons < 3);
      if (!isPart) throw this.#unexpected('syntax error');
    }
    this.#at++;
    this.#projection('star');
  }

  #list(): void {
    for (;;) {
      this.#expression(0);
      if (this.#type === 'rbracket') break;
      this.#match('comma');
    }
    this.#match('rbracket');
  }

  #hash(): void {
    for (;;) {
      if (!names.includes(this.#type)) throw this.#expected(`['${names.join("', '")}']`);
      this.#at++;
      this.#match('colon');
      this.#expression(0);
      if (this.#type === 'comma') this.#at++;
      else if (this.#type === 'rbrace') break;
    }
    this.#at++;
  }

  /** What stands right of a projection. */
  #projection(operator: string): void {
    if (this.#powerOf(this.#type) < projectionStop) return;
    if (this.#type === 'lbracket' || this.#type === 'filter') {
      this.#expression(this.#powerOf(operator));
      return;
    }
    if (this.#type !== 'dot') throw this.#unexpected('syntax error');
    this.#at++;
    this.#dotted(operator);
  }

  #dotted(operator: string): void {
    const type = this.#type;
    if (names.includes(type) || type === 'star') {
      this.#expression(this.#powerOf(operator));
      return;
    }
    if (type !== 'lbracket' && type !== 'lbrace') {
      const allowed = [...names, 'lbracket', 'lbrace'].map(name => `'${name}'`).join(', ');
      throw this.#unexpected(`Expecting: [${allowed}], got: ${type}`);
    }
    this.#at++;
    if (type === 'lbracket') this.#list();
    else this.#hash();
  }

  #match(type: string): void {
    if (this.#type !== type) throw this.#expected(type);
    this.#at++;
  }

  #expected(wanted: string): Error {
    if (this.#type === 'eof') return incomplete(this.text);
    return this.#unexpected(`Expecting: ${wanted}, got: ${this.#type}`);
  }

  #unexpected(reason: string): Error {
    return unexpectedToken(this.#token, reason, this.text);
  }
}
