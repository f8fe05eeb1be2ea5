import { compareNumbers } from '../condition';
import { fileTest, textTest } from '../fileTest';
import { ShellError } from '../flow';
import type { ShellContext } from '../shellContext';
import type { Builtin } from './builtin';

/** `test` and `[` (POSIX test, with `-a`, `-o` and parentheses). 2 for an expression that is none. */
export const test: Builtin = async (shell, args, name) => {
  const isBracket = name === '[';
  if (isBracket && args.at(-1) !== ']') {
    await shell.complain("[: missing `]'");
    return 2;
  }
  const expression = new TestExpression(shell, isBracket ? args.slice(0, -1) : args);
  try {
    return (await expression.evaluate()) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    await shell.complain(`${name}: ${error.message}`);
    return 2;
  }
};

const binaryOperators = new Set([
  '=',
  '==',
  '!=',
  '<',
  '>',
  '-eq',
  '-ne',
  '-lt',
  '-le',
  '-gt',
  '-ge',
  '-nt',
  '-ot',
  '-ef',
]);

class TestExpression {
  #position = 0;

  constructor(
    private readonly shell: ShellContext,
    private readonly words: readonly string[],
  ) {}

  async evaluate(): Promise<boolean> {
    if (this.words.length === 0) return false;
    const result = await this.#or();
    if (this.#position < this.words.length)
      throw new ShellError(
        this.words.length > 3 ? 'too many arguments' : `${this.words[this.#position]}: binary operator expected`,
      );
    return result;
  }

  async #or(): Promise<boolean> {
    let result = await this.#and();
    while (this.#take('-o')) result = (await this.#and()) || result;
    return result;
  }

  async #and(): Promise<boolean> {
    let result = await this.#not();
    while (this.#take('-a')) result = (await this.#not()) && result;
    return result;
  }

  async #not(): Promise<boolean> {
    const rest = this.words.length - this.#position;
    if (rest > 1 && !this.#isBinaryAhead() && this.#take('!')) return !(await this.#not());
    return this.#primary();
  }

  #isBinaryAhead(): boolean {
    return this.words.length - this.#position === 3 && binaryOperators.has(this.words[this.#position + 1] as string);
  }

  async #primary(): Promise<boolean> {
    const [first, second, third] = this.words.slice(this.#position);
    if (first === undefined) throw new ShellError('argument expected');
    if (second !== undefined && binaryOperators.has(second)) {
      if (third === undefined) throw new ShellError('argument expected');
      this.#position += 3;
      return this.#binary(first, second, third);
    }
    if (first === '(' && second !== undefined) {
      this.#position++;
      const result = await this.#or();
      if (!this.#take(')')) throw new ShellError("`)' expected");
      return result;
    }
    if (/^-[a-zA-Z]$/.test(first) && second !== undefined) {
      this.#position += 2;
      return textTest(first, second) ?? fileTest(this.shell, first, second);
    }
    this.#position++;
    return first !== '';
  }

  async #binary(left: string, operator: string, right: string): Promise<boolean> {
    switch (operator) {
      case '=':
      case '==':
        return left === right;
      case '!=':
        return left !== right;
      case '<':
        return left < right;
      case '>':
        return left > right;
      case '-nt':
        return (await this.#modified(left)) > (await this.#modified(right));
      case '-ot':
        return (await this.#modified(left)) < (await this.#modified(right));
      case '-ef':
        return left === right;
      default:
        return compareNumbers(operator, this.#number(left), this.#number(right));
    }
  }

  async #modified(name: string): Promise<number> {
    const files = this.shell.system.disk.as(this.shell.process.user);
    const path = files.resolvePath(this.shell.process.workingDirectory, name);
    return (await files.exists(path)) ? (await files.stat(path)).mtime.getTime() : 0;
  }

  #number(text: string): bigint {
    if (!/^\s*[+-]?\d+\s*$/.test(text)) throw new ShellError(`${text}: integer expression expected`);
    return BigInt(text.trim().replace('+', ''));
  }

  #take(word: string): boolean {
    if (this.words[this.#position] !== word) return false;
    this.#position++;
    return true;
  }
}
