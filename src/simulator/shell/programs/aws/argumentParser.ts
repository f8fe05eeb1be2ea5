/** Command lines read as Python's argparse reads them (Python Library Reference, "argparse"; aws/aws-cli:awscli/argparser.py). */
import { invalidChoice } from './choices';
import { argumentError } from './failures';

/** How many values follow: none, one, two, at most one, any number, at least one. */
export type ValueCount = 'none' | 'one' | 'pair' | 'optional' | 'any' | 'some';

export interface ArgumentRule {
  /** `vpc-ids` of an option `--vpc-ids`; a positional argument's name as it is shown. */
  readonly name: string;
  readonly count: ValueCount;
  readonly isRequired?: boolean;
  readonly isInteger?: boolean;
  readonly choices?: readonly string[];
}

export interface ArgumentGrammar {
  readonly options: readonly ArgumentRule[];
  readonly positionals: readonly ArgumentRule[];
}

export interface ParsedArguments {
  /** Values by name, in the order in which the arguments were given last. */
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** What no rule is for, in order. */
  readonly rest: readonly string[];
}

/** An argument on the line: an option that is known (perhaps `--name=value`), one that is not, or a value. */
type Token =
  | { readonly kind: 'option'; readonly text: string; readonly rule: ArgumentRule; readonly joined: string | undefined }
  | { readonly kind: 'unknown' | 'value'; readonly text: string };

/** Options may be abbreviated; what is not known is left over. Throws {@link CommandLineError} in argparse's words. */
export function parseArguments(args: readonly string[], grammar: ArgumentGrammar): ParsedArguments {
  return new ArgumentParser(args, grammar).parse();
}

class ArgumentParser {
  readonly #tokens: readonly Token[];
  readonly #positionals: ArgumentRule[];
  readonly #values = new Map<string, readonly string[]>();
  readonly #rest: string[] = [];
  #at = 0;

  constructor(
    args: readonly string[],
    private readonly grammar: ArgumentGrammar,
  ) {
    this.#tokens = classify(args, grammar.options);
    this.#positionals = [...grammar.positionals];
  }

  parse(): ParsedArguments {
    while (this.#tokens.slice(this.#at).some(({ kind }) => kind !== 'value')) {
      this.#takePositionals();
      this.#takeOption();
    }
    this.#takePositionals(true);
    this.#requireAll();
    return { values: this.#values, rest: this.#rest };
  }

  /** Values up to the next option go to the positional arguments that still wait; what is too much is left over. */
  #takePositionals(isEnd = false): void {
    let run = this.#valuesFrom(this.#at);
    this.#at += run.length;
    if (run.length === 0 && !isEnd) return;
    while (this.#positionals[0] && accepts(this.#positionals[0], run.length)) {
      const rule = this.#positionals.shift() as ArgumentRule;
      const length = Math.min(run.length, mostOf(rule.count) ?? run.length);
      if (length > 0) this.#store(rule, run.slice(0, length));
      run = run.slice(length);
    }
    this.#rest.push(...run);
  }

  #takeOption(): void {
    const token = this.#tokens[this.#at++];
    if (token?.kind !== 'option') {
      if (token) this.#rest.push(token.text);
      return;
    }
    const { rule, joined } = token;
    if (joined !== undefined && rule.count === 'none')
      throw argumentError(`argument --${rule.name}: ignored explicit argument ${quoted(joined)}`);
    const following = joined === undefined ? this.#valuesFrom(this.#at) : [joined];
    const given = following.slice(0, mostOf(rule.count));
    if (!accepts(rule, given.length))
      throw argumentError(`argument --${rule.name}: expected ${wantedText(rule.count)}`);
    if (joined === undefined) this.#at += given.length;
    this.#store(rule, given, '--');
  }

  #store(rule: ArgumentRule, values: readonly string[], dashes = ''): void {
    for (const value of values) {
      if (rule.choices && !rule.choices.includes(value))
        throw invalidChoice(`${dashes}${rule.name}`, value, rule.choices);
      if (rule.isInteger && !/^\s*[+-]?\d+\s*$/.test(value))
        throw argumentError(`argument ${dashes}${rule.name}: invalid int value: ${quoted(value)}`);
    }
    this.#values.delete(rule.name);
    this.#values.set(rule.name, values);
  }

  #valuesFrom(start: number): readonly string[] {
    const end = this.#tokens.findIndex(({ kind }, index) => index >= start && kind !== 'value');
    return this.#tokens.slice(start, end < 0 ? undefined : end).map(({ text }) => text);
  }

  #requireAll(): void {
    const { options, positionals } = this.grammar;
    const missing = [
      ...options.filter(({ isRequired, name }) => isRequired && !this.#values.has(name)).map(({ name }) => `--${name}`),
      ...positionals
        .filter(({ count, name }) => !mayBeLeftOut(count) && !this.#values.has(name))
        .map(({ name }) => name),
    ];
    if (missing.length > 0) throw argumentError(`the following arguments are required: ${missing.join(', ')}`);
  }
}

function classify(args: readonly string[], options: readonly ArgumentRule[]): readonly Token[] {
  const byName = new Map(options.map(rule => [`--${rule.name}`, rule]));
  return args.map(text => {
    if (!/^-./s.test(text)) return { kind: 'value', text };
    const exact = byName.get(text);
    if (exact) return { kind: 'option', text, rule: exact, joined: undefined };
    const [, name, joined] = /^(--[^=]*)(?:=(.*))?$/s.exec(text) ?? [];
    const rule = name === undefined ? undefined : (byName.get(name) ?? abbreviated(text, name, options));
    if (rule) return { kind: 'option', text, rule, joined };
    const isValue = /^-\d+$|^-\d*\.\d+$/.test(text) || text.includes(' ');
    return { kind: isValue ? 'value' : 'unknown', text };
  });
}

function abbreviated(text: string, name: string, options: readonly ArgumentRule[]): ArgumentRule | undefined {
  const matches = name === '--' ? [] : options.filter(rule => `--${rule.name}`.startsWith(name));
  if (matches.length < 2) return matches[0];
  throw argumentError(`ambiguous option: ${text} could match ${matches.map(rule => `--${rule.name}`).join(', ')}`);
}

function accepts({ count }: ArgumentRule, length: number): boolean {
  return mayBeLeftOut(count) || length >= (count === 'pair' ? 2 : 1);
}

function mayBeLeftOut(count: ValueCount): boolean {
  return count === 'none' || count === 'optional' || count === 'any';
}

function mostOf(count: ValueCount): number | undefined {
  if (count === 'none') return 0;
  if (count === 'pair') return 2;
  return count === 'one' || count === 'optional' ? 1 : undefined;
}

function wantedText(count: ValueCount): string {
  return count === 'some' ? 'at least one argument' : 'one argument';
}

function quoted(text: string): string {
  return `'${text}'`;
}
