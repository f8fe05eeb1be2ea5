/** getopt(3) for all programs. */
export interface OptionGrammar {
  /** Letters; one that takes a value is followed by `:`. */
  readonly short?: string;
  /** Long names without dashes; true when one takes a value. */
  readonly long?: Readonly<Record<string, boolean>>;
  /** Options end at the first operand, as for programs that run another one. */
  readonly stopsAtOperand?: boolean;
  /** Long options may be written with one dash (`-short`), as in programs older than getopt_long. */
  readonly allowsSingleDash?: boolean;
}

export interface ParsedArguments {
  /** Each option's values in order; an option without value has empty ones. */
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly operands: readonly string[];
  /** The first option that is unknown or lacks its value. */
  readonly problem?: { readonly kind: 'unknown' | 'missingValue'; readonly option: string };
}

/** Parses a program's arguments; options and operands may be mixed unless the grammar says otherwise. */
export function parseOptions(args: readonly string[], grammar: OptionGrammar): ParsedArguments {
  const options = new Map<string, string[]>();
  const operands: string[] = [];
  const add = (name: string, value: string) => options.set(name, [...(options.get(name) ?? []), value]);
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string;
    if (arg === '--') {
      operands.push(...args.slice(index + 1));
      break;
    }
    if (!arg.startsWith('-') || arg === '-') {
      if (grammar.stopsAtOperand) {
        operands.push(...args.slice(index));
        break;
      }
      operands.push(arg);
      continue;
    }
    const reading = arg.startsWith('--')
      ? readLong(arg.slice(2), args[index + 1], grammar)
      : readShort(arg.slice(1), args[index + 1], grammar);
    for (const [name, value] of reading.found) add(name, value);
    if (reading.usedNext) index++;
    if (reading.problem) return { options, operands, problem: reading.problem };
  }
  return { options, operands };
}

interface Reading {
  readonly found: readonly (readonly [string, string])[];
  readonly usedNext: boolean;
  readonly problem?: { readonly kind: 'unknown' | 'missingValue'; readonly option: string };
}

function readLong(text: string, next: string | undefined, grammar: OptionGrammar): Reading {
  const at = text.indexOf('=');
  const name = at < 0 ? text : text.slice(0, at);
  const takesValue = grammar.long?.[name];
  if (takesValue === undefined) return { found: [], usedNext: false, problem: { kind: 'unknown', option: name } };
  if (!takesValue) return { found: [[name, '']], usedNext: false };
  if (at >= 0) return { found: [[name, text.slice(at + 1)]], usedNext: false };
  if (next === undefined) return { found: [], usedNext: false, problem: { kind: 'missingValue', option: name } };
  return { found: [[name, next]], usedNext: true };
}

function readShort(letters: string, next: string | undefined, grammar: OptionGrammar): Reading {
  if (grammar.allowsSingleDash && grammar.long?.[letters] !== undefined) return readLong(letters, next, grammar);
  const found: [string, string][] = [];
  const known = grammar.short ?? '';
  for (let index = 0; index < letters.length; index++) {
    const letter = letters[index] as string;
    const at = letter === ':' ? -1 : known.indexOf(letter);
    if (at < 0) return { found, usedNext: false, problem: { kind: 'unknown', option: letter } };
    if (known[at + 1] !== ':') {
      found.push([letter, '']);
      continue;
    }
    const rest = letters.slice(index + 1);
    if (rest !== '') return { found: [...found, [letter, rest]], usedNext: false };
    if (next === undefined) return { found, usedNext: false, problem: { kind: 'missingValue', option: letter } };
    return { found: [...found, [letter, next]], usedNext: true };
  }
  return { found, usedNext: false };
}

/** The last value given for any of the names. */
export function lastOption(parsed: ParsedArguments, ...names: readonly string[]): string | undefined {
  return names.flatMap(name => parsed.options.get(name) ?? []).at(-1);
}

export function hasOption(parsed: ParsedArguments, ...names: readonly string[]): boolean {
  return names.some(name => parsed.options.has(name));
}
