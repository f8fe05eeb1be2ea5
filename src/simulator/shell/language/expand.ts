import { type ArithmeticHost, evaluateArithmetic } from './arithmetic';
import { expandBraces } from './braces';
import { Fields } from './fields';
import { ExpansionError, ShellError } from './flow';
import { applyOperation, lookUp } from './parameter';
import { parseScript } from './parseScript';
import { expandPathname } from './pathname';
import { hasPatternCharacters, type PatternPiece } from './pattern';
import type { ShellContext } from './shellContext';
import type { Arithmetic, PartOf, WordNode, WordPart } from './syntax';

/** How a part's result is treated: inside quotes nothing is split or globbed. */
type Quoting = 'quoted' | 'unquoted' | 'operand';

/** Expands words to fields, in POSIX's order: braces, tilde, parameters, commands, arithmetic, splitting, pathnames, quote removal. */
export async function expandWords(shell: ShellContext, words: readonly WordNode[]): Promise<string[]> {
  const result: string[] = [];
  for (const word of words) {
    for (const alternative of expandBraces(word)) {
      const fields = new Fields(shell.variables.get('IFS') ?? ' \t\n');
      await expandParts(shell, alternative.parts, 'unquoted', fields);
      for (const field of fields.finish()) result.push(...(await globField(shell, field)));
    }
  }
  return result;
}

async function globField(shell: ShellContext, field: readonly PatternPiece[]): Promise<readonly string[]> {
  const plain = textOf(field);
  if (shell.options.noglob || !hasPatternCharacters(field)) return [plain];
  const files = shell.system.disk.as(shell.process.user);
  const matches = await expandPathname(files, shell.process.workingDirectory, field);
  return matches.length > 0 ? matches : [plain];
}

/** Expands a word to one text: no splitting, no pathnames (assignments, redirections, `case`). */
export async function expandText(shell: ShellContext, word: WordNode): Promise<string> {
  return textOf(await expandPieces(shell, word));
}

/** Expands a word to a pattern whose quoted parts stand for themselves. */
export async function expandPieces(shell: ShellContext, word: WordNode): Promise<readonly PatternPiece[]> {
  const fields = new Fields('');
  await expandParts(shell, word.parts, 'unquoted', fields);
  const all = fields.finish();
  return all.flatMap((field, index) => (index > 0 ? [{ text: ' ', isQuoted: true }, ...field] : field));
}

/** Expands text as if it stood in double quotes: prompts, and the bodies of here-documents that were not parsed. */
export async function expandSource(shell: ShellContext, source: string): Promise<string> {
  const parsed = parseScript(`: ${source}`);
  if (parsed.kind !== 'complete') throw new ExpansionError(`${source}: bad substitution`);
  const command = parsed.script.statements[0]?.pipelines[0]?.commands[0];
  const word = command?.type === 'SimpleCommand' ? command.args[0] : undefined;
  return word ? expandText(shell, word) : '';
}

function textOf(pieces: readonly PatternPiece[]): string {
  return pieces.map(piece => piece.text).join('');
}

async function expandParts(
  shell: ShellContext,
  parts: readonly WordPart[],
  quoting: Quoting,
  fields: Fields,
): Promise<void> {
  for (const part of parts) await expandPart(shell, part, quoting, fields);
}

async function expandPart(shell: ShellContext, part: WordPart, quoting: Quoting, fields: Fields): Promise<void> {
  switch (part.type) {
    case 'Literal':
      if (quoting === 'operand') fields.addSplit(part.value);
      else fields.add(part.value, quoting === 'quoted');
      return;
    case 'Glob':
      fields.add(part.pattern, quoting === 'quoted');
      return;
    case 'SingleQuoted':
    case 'Escaped':
      fields.add(part.value, true);
      return;
    case 'DoubleQuoted':
      fields.markQuoted(isOnlyEmptyList(shell, part));
      return expandParts(shell, part.parts, 'quoted', fields);
    case 'TildeExpansion':
      fields.add(tildeOf(shell, part), true);
      return;
    case 'ParameterExpansion':
      return expandParameter(shell, part, quoting, fields);
    case 'CommandSubstitution':
      return addResult(await shell.interpreter.substitute(part.body.statements), quoting, fields);
    case 'ArithmeticExpansion': {
      const value = await evaluateInWord(shell, part.expression.expression);
      return addResult(value.toString(), quoting, fields);
    }
    case 'BraceExpansion':
      throw new ExpansionError('brace expansion is not possible here');
    case 'ProcessSubstitution':
      fields.add(shell.interpreter.substituteProcess(part.body.statements, part.direction), true);
      return;
  }
}

function addResult(text: string, quoting: Quoting, fields: Fields): void {
  if (quoting === 'quoted') fields.add(text, true);
  else fields.addSplit(text);
}

/** `"$@"` without arguments is no field at all, unlike `""`. */
function isOnlyEmptyList(shell: ShellContext, part: PartOf<'DoubleQuoted'>): boolean {
  const [only] = part.parts;
  if (part.parts.length !== 1 || only?.type !== 'ParameterExpansion' || only.operation) return false;
  const found = lookUp(shell, only.parameter);
  return found.kind === 'list' && !found.joinsWhenQuoted && found.values.length === 0;
}

function tildeOf(shell: ShellContext, part: PartOf<'TildeExpansion'>): string {
  if (part.user === null) return shell.variables.get('HOME') ?? shell.process.user.home;
  const homes: Readonly<Record<string, string>> = {
    root: '/root',
    'ssm-user': '/home/ssm-user',
    'ec2-user': '/home/ec2-user',
  };
  if (part.user === '+') return shell.process.workingDirectory;
  return homes[part.user] ?? `~${part.user}`;
}

async function expandParameter(
  shell: ShellContext,
  part: PartOf<'ParameterExpansion'>,
  quoting: Quoting,
  fields: Fields,
): Promise<void> {
  const outcome = await applyOperation(shell, part, {
    text: word => expandText(shell, word),
    pieces: word => expandPieces(shell, word),
    number: async expression => Number(await evaluateInWord(shell, expression)),
  });
  if (outcome.kind === 'word') {
    return expandParts(shell, outcome.word.parts, quoting === 'quoted' ? 'quoted' : 'operand', fields);
  }
  if (outcome.kind === 'text') return addResult(outcome.text, quoting, fields);
  if (quoting === 'quoted' && outcome.joinsWhenQuoted) {
    return addResult(outcome.values.join((shell.variables.get('IFS') ?? ' ')[0] ?? ''), quoting, fields);
  }
  outcome.values.forEach((value, index) => {
    if (index > 0) fields.breakField();
    addResult(value, quoting, fields);
    if (quoting === 'quoted') fields.markQuoted(false);
  });
}

/** `$((…))` and the numbers of `${x:…}`: what is wrong there is wrong with the word, unlike in `((…))`. */
async function evaluateInWord(shell: ShellContext, expression: Arithmetic): Promise<bigint> {
  try {
    return await evaluateArithmetic(expression, arithmeticHost(shell));
  } catch (error) {
    throw error instanceof ShellError ? new ExpansionError(error.message) : error;
  }
}

/** Arithmetic's view of the shell's variables. */
export function arithmeticHost(shell: ShellContext): ArithmeticHost {
  return {
    get: name => {
      const found = lookUp(shell, name);
      return found.kind === 'text' ? (found.text ?? '') : (found.values[0] ?? '');
    },
    set: (name, value) => shell.variables.set(name, value),
    expandText: source => expandSource(shell, source),
    parse: expression => parseArithmetic(expression),
  };
}

/** Throws {@link ShellError} for what is no expression. */
export function parseArithmetic(expression: string): Arithmetic {
  const parsed = parseScript(`: $((${expression}))`);
  const command = parsed.kind === 'complete' ? parsed.script.statements[0]?.pipelines[0]?.commands[0] : undefined;
  const part = command?.type === 'SimpleCommand' ? command.args[0]?.parts[0] : undefined;
  if (part?.type !== 'ArithmeticExpansion') {
    throw new ShellError(`${expression}: syntax error: operand expected (error token is "${expression}")`);
  }
  return part.expression.expression;
}
