import { quoteForShell } from '../../../base/shellQuoting';
import { ExpansionError } from './flow';
import { type PatternPiece, patternSource } from './pattern';
import type { ShellContext } from './shellContext';
import type { Arithmetic, OperationOf, ParameterOperation, PartOf, WordNode } from './syntax';

/** What a parameter's name stands for; an unset one is text `undefined`. */
export type Found =
  | { readonly kind: 'text'; readonly text: string | undefined }
  | { readonly kind: 'list'; readonly values: readonly string[]; readonly joinsWhenQuoted: boolean };

export type Outcome =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly values: readonly string[]; readonly joinsWhenQuoted: boolean }
  /** The operation's own word takes the parameter's place. */
  | { readonly kind: 'word'; readonly word: WordNode };

/** Expansion, which parameters' operations need for their words. */
export interface OperandExpander {
  text(word: WordNode): Promise<string>;
  pieces(word: WordNode): Promise<readonly PatternPiece[]>;
  number(expression: Arithmetic): Promise<number>;
}

/** Looks up a name, a position, a special parameter or a list's element. */
export function lookUp(shell: ShellContext, name: string): Found {
  const element = /^(\w+)\[(.+)\]$/.exec(name);
  if (element) return lookUpElement(shell, element[1] as string, element[2] as string);
  if (name === '@' || name === '*') return { kind: 'list', values: shell.positional, joinsWhenQuoted: name === '*' };
  return { kind: 'text', text: special(shell, name) };
}

function lookUpElement(shell: ShellContext, name: string, index: string): Found {
  const values = shell.variables.list(name);
  if (index === '@' || index === '*') return { kind: 'list', values, joinsWhenQuoted: index === '*' };
  const number = Number(
    /^\$?\w+$/.test(index) && !/^\d/.test(index) ? shell.variables.get(index.replace('$', '')) : index,
  );
  return { kind: 'text', text: values.at(number) };
}

function special(shell: ShellContext, name: string): string | undefined {
  switch (name) {
    case '?':
      return String(shell.lastStatus);
    case '$':
      return String(shell.mainPid);
    case '!':
      return shell.lastBackgroundPid?.toString();
    case '#':
      return String(shell.positional.length);
    case '0':
      return shell.name;
    case '-':
      return `h${shell.options.errexit ? 'e' : ''}${shell.isInteractive ? 'im' : ''}${shell.options.xtrace ? 'x' : ''}B`;
    case 'LINENO':
      return String(shell.line);
    case 'RANDOM':
      return String(shell.system.chance.between(0, 32_767));
    case 'SECONDS':
      return String(Math.floor((shell.process.timeline.now() - shell.process.startedMs) / 1000));
    case 'PPID':
      return String(shell.process.parentPid);
    case 'UID':
    case 'EUID':
      return String(shell.process.user.id);
    case 'BASHPID':
      return String(shell.process.pid);
    default:
      return /^\d+$/.test(name) ? shell.positional[Number(name) - 1] : shell.variables.get(name);
  }
}

/** Applies `${name…}`'s operation. Throws {@link ExpansionError}. */
export async function applyOperation(
  shell: ShellContext,
  part: Pick<PartOf<'ParameterExpansion'>, 'parameter' | 'operation'>,
  expand: OperandExpander,
): Promise<Outcome> {
  const { parameter, operation } = part;
  const found = lookUp(shell, parameter);
  if (!operation) {
    if (found.kind === 'list') return found;
    requireSet(shell, parameter, found);
    return { kind: 'text', text: found.text ?? '' };
  }
  return (
    (await applyConditional(shell, parameter, found, operation, expand)) ??
    applyOther(shell, parameter, found, operation, expand)
  );
}

function requireSet(shell: ShellContext, name: string, found: Found): void {
  if (!shell.options.nounset || found.kind === 'list' || found.text !== undefined) return;
  throw new ExpansionError(`${/^\d+$/.test(name) ? `$${name}` : name}: unbound variable`);
}

async function applyConditional(
  shell: ShellContext,
  name: string,
  found: Found,
  operation: ParameterOperation,
  expand: OperandExpander,
): Promise<Outcome | undefined> {
  if (!('checkEmpty' in operation)) return undefined;
  const isMissing = isUnset(found) || (operation.checkEmpty && isEmpty(found));
  const present: Outcome = found.kind === 'list' ? found : { kind: 'text', text: found.text ?? '' };
  switch (operation.type) {
    case 'DefaultValue':
      return isMissing ? { kind: 'word', word: operation.word } : present;
    case 'UseAlternative':
      return isMissing ? { kind: 'text', text: '' } : { kind: 'word', word: operation.word };
    case 'AssignDefault': {
      if (!isMissing) return present;
      if (!/^[A-Za-z_]\w*$/.test(name)) throw new ExpansionError(`$${name}: cannot assign in this way`);
      const text = await expand.text(operation.word);
      shell.variables.set(name, text);
      return { kind: 'text', text };
    }
    case 'ErrorIfUnset': {
      if (!isMissing) return present;
      const text = operation.word ? await expand.text(operation.word) : '';
      throw new ExpansionError(
        `${name}: ${text || (operation.checkEmpty ? 'parameter null or not set' : 'parameter not set')}`,
      );
    }
  }
}

function isUnset(found: Found): boolean {
  return found.kind === 'list' ? found.values.length === 0 : found.text === undefined;
}

function isEmpty(found: Found): boolean {
  return found.kind === 'list' ? found.values.join('') === '' : !found.text;
}

async function applyOther(
  shell: ShellContext,
  name: string,
  found: Found,
  operation: ParameterOperation,
  expand: OperandExpander,
): Promise<Outcome> {
  const all = found.kind === 'list' ? found.values : undefined;
  switch (operation.type) {
    case 'Length':
      return { kind: 'text', text: String(all ? all.length : [...textOf(found)].length) };
    case 'Substring':
      return applySubstring(isPositional(name) ? withZeroth(shell, found) : found, operation, expand);
    case 'Indirection': {
      const target = textOf(found);
      return applyOperation(shell, { parameter: target, operation: operation.innerOp ?? null }, expand);
    }
    case 'VarNamePrefix':
      return {
        kind: 'list',
        values: shell.variables.names().filter(known => known.startsWith(operation.prefix)),
        joinsWhenQuoted: operation.star,
      };
    case 'ArrayKeys':
      return {
        kind: 'list',
        values: shell.variables.list(operation.array).map((_, index) => String(index)),
        joinsWhenQuoted: operation.star,
      };
    case 'PatternRemoval':
    case 'PatternReplacement':
    case 'CaseModification':
    case 'Transform': {
      const change = await textChange(operation, expand);
      if (found.kind === 'list') return { ...found, values: found.values.map(change) };
      requireSet(shell, name, found);
      return { kind: 'text', text: change(textOf(found)) };
    }
    default:
      throw new ExpansionError(`\${${'text' in operation ? operation.text : name}}: bad substitution`);
  }
}

const isPositional = (name: string) => name === '@' || name === '*';

/** `${@:2}` counts from 1, because 0 is `$0`. */
function withZeroth(shell: ShellContext, found: Found): Found {
  return found.kind === 'list' ? { ...found, values: [shell.name, ...found.values] } : found;
}

function textOf(found: Found): string {
  return found.kind === 'list' ? found.values.join(' ') : (found.text ?? '');
}

async function applySubstring(
  found: Found,
  operation: OperationOf<'Substring'>,
  expand: OperandExpander,
): Promise<Outcome> {
  const offset = await expand.number(operation.offset.expression);
  const length = operation.length ? await expand.number(operation.length.expression) : undefined;
  const items = found.kind === 'list' ? found.values : [...textOf(found)];
  const start = offset < 0 ? items.length + offset : offset;
  if (start < 0) return { kind: 'text', text: '' };
  const end = length === undefined ? items.length : length < 0 ? items.length + length : start + length;
  if (end < start) throw new ExpansionError(`${length}: substring expression < 0`);
  const part = items.slice(start, end);
  if (found.kind === 'list') return { ...found, values: part };
  return { kind: 'text', text: part.join('') };
}

type TextOperation = OperationOf<'PatternRemoval' | 'PatternReplacement' | 'CaseModification' | 'Transform'>;

async function textChange(operation: TextOperation, expand: OperandExpander): Promise<(text: string) => string> {
  switch (operation.type) {
    case 'PatternRemoval':
      return removal(operation, await expand.pieces(operation.pattern));
    case 'PatternReplacement': {
      const source = patternSource(await expand.pieces(operation.pattern));
      const replacement = operation.replacement ? await expand.text(operation.replacement) : '';
      const anchored =
        operation.anchor === 'start' ? `^(?:${source})` : operation.anchor === 'end' ? `(?:${source})$` : source;
      if (source === '') return text => text;
      return text => text.replace(new RegExp(anchored, operation.all ? 'gu' : 'u'), () => replacement);
    }
    case 'CaseModification':
      return text => changeCase(text, operation);
    case 'Transform':
      return text => transform(text, operation.operator);
  }
}

function removal(operation: OperationOf<'PatternRemoval'>, pieces: readonly PatternPiece[]): (text: string) => string {
  const source = patternSource(pieces, { isLazy: !operation.greedy });
  if (operation.side === 'prefix') return text => text.replace(new RegExp(`^(?:${source})`, 'u'), '');
  const whole = new RegExp(`^(?:${patternSource(pieces)})$`, 'u');
  return text => {
    const lengths = Array.from({ length: text.length + 1 }, (_, length) => length);
    if (operation.greedy) lengths.reverse();
    const length = lengths.find(candidate => whole.test(text.slice(text.length - candidate)));
    return length === undefined ? text : text.slice(0, text.length - length);
  };
}

function changeCase(text: string, operation: OperationOf<'CaseModification'>): string {
  const change = (part: string) => (operation.direction === 'upper' ? part.toUpperCase() : part.toLowerCase());
  return operation.all ? change(text) : change(text.slice(0, 1)) + text.slice(1);
}

function transform(text: string, operator: OperationOf<'Transform'>['operator']): string {
  if (operator === 'Q') return quoteForShell(text);
  if (operator === 'U') return text.toUpperCase();
  if (operator === 'u') return text.slice(0, 1).toUpperCase() + text.slice(1);
  if (operator === 'L') return text.toLowerCase();
  throw new ExpansionError(`@${operator}: this transformation is not supported in this shell`);
}
