/** grep(1), line by line as its input comes, so that it can follow a running capture. */
import { describeFileError } from '../files/fileError';
import { openPath } from '../files/openPath';
import { escapeRegExp } from '../language/pattern';
import type { Program, Run } from '../system';
import { baseName, print, readArguments, readLines } from './console';
import { hasOption, lastOption, type ParsedArguments } from './options';

interface GrepOptions {
  readonly matcher: RegExp;
  readonly isInverted: boolean;
  readonly onlyCounts: boolean;
  readonly onlyNames: boolean;
  readonly onlyMatches: boolean;
  readonly isQuiet: boolean;
  readonly numbersLines: boolean;
  readonly maxCount: number;
  readonly before: number;
  readonly after: number;
  readonly showsNames: boolean;
}

const grammar = {
  short: 'EFGPivwxcnlLoqshHrRae:f:m:A:B:C:',
  long: {
    'extended-regexp': false,
    'fixed-strings': false,
    'ignore-case': false,
    'invert-match': false,
    count: false,
    'line-number': false,
    'only-matching': false,
    quiet: false,
    silent: false,
    'no-messages': false,
    'line-buffered': false,
    regexp: true,
    'max-count': true,
    'after-context': true,
    'before-context': true,
    context: true,
    color: false,
    colour: false,
    'no-filename': false,
    'with-filename': false,
    'word-regexp': false,
    'line-regexp': false,
  },
};

const troubleStatus = 2;

export const grep: Program = async run => {
  const args = run.args
    .filter(arg => !/^--colou?r(=.*)?$/.test(arg))
    .map(arg => (/^-\d+$/.test(arg) ? `-C${arg.slice(1)}` : arg));
  const parsed = readArguments(args, grammar);
  const given = [...(parsed.options.get('e') ?? []), ...(parsed.options.get('regexp') ?? [])];
  const operands = [...parsed.operands];
  const patterns = given.length > 0 ? given : operands.splice(0, 1);
  if (patterns.length === 0) {
    await run.process.write(2, "Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n");
    return troubleStatus;
  }
  const matcher = compile(
    patterns.flatMap(pattern => pattern.split('\n')),
    parsed,
    baseName(run.name),
  );
  if (typeof matcher === 'string') {
    await run.process.write(2, `grep: ${matcher}\n`);
    return troubleStatus;
  }
  const context = Number(lastOption(parsed, 'C', 'context') ?? 0);
  return search(run, operands, hasOption(parsed, 's', 'no-messages'), {
    matcher,
    isInverted: hasOption(parsed, 'v', 'invert-match'),
    onlyCounts: hasOption(parsed, 'c', 'count'),
    onlyNames: hasOption(parsed, 'l'),
    onlyMatches: hasOption(parsed, 'o', 'only-matching'),
    isQuiet: hasOption(parsed, 'q', 'quiet', 'silent'),
    numbersLines: hasOption(parsed, 'n', 'line-number'),
    maxCount: Number(lastOption(parsed, 'm', 'max-count') ?? Number.POSITIVE_INFINITY),
    before: Number(lastOption(parsed, 'B', 'before-context') ?? context),
    after: Number(lastOption(parsed, 'A', 'after-context') ?? context),
    showsNames:
      (operands.length > 1 || hasOption(parsed, 'H', 'with-filename')) && !hasOption(parsed, 'h', 'no-filename'),
  });
};

function compile(patterns: readonly string[], parsed: ParsedArguments, calledAs: string): RegExp | string {
  const isFixed = hasOption(parsed, 'F', 'fixed-strings') || calledAs === 'fgrep';
  const isExtended = hasOption(parsed, 'E', 'extended-regexp', 'P') || calledAs === 'egrep';
  const sources = patterns.map(pattern =>
    isFixed ? escapeRegExp(pattern) : translate(isExtended ? pattern : basicToExtended(pattern)),
  );
  let source = sources.map(one => `(?:${one})`).join('|');
  if (hasOption(parsed, 'x', 'line-regexp')) source = `^(?:${source})$`;
  else if (hasOption(parsed, 'w', 'word-regexp')) source = `(?<![\\w])(?:${source})(?![\\w])`;
  try {
    return new RegExp(source, hasOption(parsed, 'i', 'ignore-case') ? 'gi' : 'g');
  } catch {
    return 'Invalid regular expression';
  }
}

/** In basic expressions `\(`, `\|`, `\+` are operators and the bare characters are not (POSIX 9.3, with GNU's additions). */
function basicToExtended(pattern: string): string {
  return pattern
    .replace(
      /\\([(){}|+?])|([(){}|+?])|(\\.)|(\[\^?\]?[^\]]*\])/g,
      (text, operator: string | undefined, literal: string | undefined) => {
        if (operator !== undefined) return operator;
        return literal === undefined ? text : `\\${literal}`;
      },
    )
    .replace(/^\*/, '\\*');
}

function translate(pattern: string): string {
  const classes: Readonly<Record<string, string>> = {
    alpha: 'a-zA-Z',
    digit: '0-9',
    alnum: 'a-zA-Z0-9',
    upper: 'A-Z',
    lower: 'a-z',
    space: '\\s',
    blank: ' \\t',
    xdigit: '0-9a-fA-F',
    punct: '!-\\/:-@\\[-`{-~',
  };
  return pattern.replace(/\[:(\w+):\]/g, (text, name: string) => classes[name] ?? text).replace(/\\[<>]/g, '\\b');
}

async function search(run: Run, names: readonly string[], hidesErrors: boolean, options: GrepOptions): Promise<number> {
  let hasMatch = false;
  let hasTrouble = false;
  for (const name of names.length > 0 ? names : ['-']) {
    try {
      if (name !== '-') run.process.install(3, await openPath(run.process, run.system.disk, name, 'read'));
    } catch (error) {
      hasTrouble = true;
      if (!hidesErrors) await run.process.write(2, `grep: ${name}: ${describeFileError(error)}\n`);
      continue;
    }
    const shownName = name === '-' ? '(standard input)' : name;
    if (await searchInput(run, name === '-' ? 0 : 3, shownName, options)) hasMatch = true;
    if (hasMatch && options.isQuiet) return 0;
  }
  return hasTrouble ? troubleStatus : hasMatch ? 0 : 1;
}

async function searchInput(run: Run, descriptor: number, name: string, options: GrepOptions): Promise<boolean> {
  const prefix = (mark: string, line: number) =>
    (options.showsNames ? `${name}${mark}` : '') + (options.numbersLines ? `${line}${mark}` : '');
  const earlier: string[] = [];
  let count = 0;
  let number = 0;
  let following = 0;
  let lastShown = 0;
  for await (const line of readLines(run.process, descriptor)) {
    number++;
    options.matcher.lastIndex = 0;
    if (options.matcher.test(line) === options.isInverted) {
      if (following > 0) {
        following--;
        lastShown = number;
        await print(run, `${prefix('-', number)}${line}\n`);
      } else if (options.before > 0) {
        earlier.push(line);
        if (earlier.length > options.before) earlier.shift();
      }
      continue;
    }
    count++;
    if (options.isQuiet) return true;
    if (options.onlyNames) {
      await print(run, `${name}\n`);
      return true;
    }
    if (!options.onlyCounts) {
      const first = number - earlier.length;
      const gap = (options.before > 0 || options.after > 0) && lastShown > 0 && first > lastShown + 1 ? '--\n' : '';
      const before = earlier.map((text, index) => `${prefix('-', first + index)}${text}\n`).join('');
      await print(run, gap + before + shownLine(line, prefix(':', number), options));
      earlier.length = 0;
      following = options.after;
      lastShown = number;
    }
    if (count >= options.maxCount && options.after === 0) break;
  }
  if (options.onlyCounts) await print(run, `${options.showsNames ? `${name}:` : ''}${count}\n`);
  return count > 0;
}

function shownLine(line: string, prefix: string, options: GrepOptions): string {
  if (!options.onlyMatches || options.isInverted) return `${prefix}${line}\n`;
  options.matcher.lastIndex = 0;
  return [...line.matchAll(options.matcher)]
    .filter(([text]) => text !== '')
    .map(([text]) => `${prefix}${text}\n`)
    .join('');
}
