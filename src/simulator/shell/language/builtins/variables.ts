import { quoteForShell, quoteIfNeeded } from '../../../../base/shellQuoting';
import { evaluateArithmetic } from '../arithmetic';
import { arithmeticHost, parseArithmetic } from '../expand';
import type { ShellContext, ShellOptions } from '../shellContext';
import type { Builtin } from './builtin';

const identifier = /^[A-Za-z_]\w*$/;

/** `NAME` or `NAME=value`, checked; undefined after a complaint. */
async function readDeclaration(
  shell: ShellContext,
  command: string,
  arg: string,
): Promise<{ name: string; value: string | undefined } | undefined> {
  const at = arg.indexOf('=');
  const name = at < 0 ? arg : arg.slice(0, at);
  if (identifier.test(name)) return { name, value: at < 0 ? undefined : arg.slice(at + 1) };
  await shell.complain(`${command}: \`${arg}': not a valid identifier`);
  return undefined;
}

async function declareAll(
  shell: ShellContext,
  command: string,
  args: readonly string[],
  declare: (name: string) => void,
): Promise<number> {
  let status = 0;
  for (const arg of args) {
    const declaration = await readDeclaration(shell, command, arg);
    if (!declaration) status = 1;
    else {
      if (command !== 'local' && declaration.value !== undefined)
        shell.variables.set(declaration.name, declaration.value);
      declare(declaration.name);
      if (command === 'local') shell.variables.set(declaration.name, declaration.value ?? '');
    }
  }
  return status;
}

export const exportVariables: Builtin = async (shell, args) => {
  const names = args.filter(arg => !arg.startsWith('-'));
  if (names.length === 0) {
    for (const [name, value] of [...shell.variables.environment()].sort())
      await shell.print(`declare -x ${name}="${value}"\n`);
    return 0;
  }
  const isExported = !args.includes('-n');
  return declareAll(shell, 'export', names, name => shell.variables.mark(name, { isExported }));
};

export const readOnly: Builtin = (shell, args) =>
  declareAll(
    shell,
    'readonly',
    args.filter(arg => !arg.startsWith('-')),
    name => shell.variables.mark(name, { isReadOnly: true }),
  );

export const local: Builtin = async (shell, args) => {
  if (shell.functionDepth === 0) {
    await shell.complain('local: can only be used in a function');
    return 1;
  }
  return declareAll(shell, 'local', args, name => shell.variables.declareLocal(name));
};

export const declare: Builtin = async (shell, args, command) => {
  const options = args.filter(arg => /^[-+]/.test(arg)).join('');
  return declareAll(
    shell,
    command,
    args.filter(arg => !/^[-+]/.test(arg)),
    name => {
      if (options.includes('x')) shell.variables.mark(name, { isExported: true });
      if (options.includes('r')) shell.variables.mark(name, { isReadOnly: true });
    },
  );
};

export const unset: Builtin = async (shell, args) => {
  const functionsOnly = args[0] === '-f';
  for (const name of args.filter(arg => arg !== '-f' && arg !== '-v')) {
    if (!functionsOnly && shell.variables.get(name) !== undefined) shell.variables.unset(name);
    else shell.functions.delete(name);
  }
  return 0;
};

const letters: Readonly<Record<string, keyof ShellOptions>> = { e: 'errexit', u: 'nounset', x: 'xtrace', f: 'noglob' };
const optionNames: readonly (keyof ShellOptions)[] = ['errexit', 'noglob', 'nounset', 'pipefail', 'xtrace'];

/** Applies `-e`, `+x`, `-o pipefail` …; gives the arguments after the options. */
export function applyOptions(
  shell: ShellContext,
  args: readonly string[],
): { rest: readonly string[]; unknown?: string; hasOperands: boolean } {
  let index = 0;
  for (; /^[-+]./.test(args[index] ?? ''); index++) {
    const arg = args[index] as string;
    if (arg === '--') return { rest: args.slice(index + 1), hasOperands: true };
    const isOn = arg.startsWith('-');
    for (const letter of arg.slice(1)) {
      const name = letter === 'o' ? optionNames.find(known => known === args[index + 1]) : letters[letter];
      if (letter === 'o') index++;
      if (name) shell.options[name] = isOn;
      else if (!'hmBHabnv'.includes(letter))
        return { rest: [], unknown: letter === 'o' ? (args[index] ?? '') : arg, hasOperands: false };
    }
  }
  const rest = args.slice(index);
  return { rest, hasOperands: rest.length > 0 };
}

export const set: Builtin = async (shell, args) => {
  if (args.length === 0) {
    for (const name of shell.variables.names())
      await shell.print(`${name}=${quoteIfNeeded(shell.variables.get(name) ?? '')}\n`);
    return 0;
  }
  if (args[0] === '-o' && args.length === 1) {
    for (const name of optionNames) await shell.print(`${name.padEnd(15)}\t${shell.options[name] ? 'on' : 'off'}\n`);
    return 0;
  }
  const { rest, unknown, hasOperands } = applyOptions(shell, args);
  if (unknown !== undefined) {
    await shell.complain(`set: ${unknown}: invalid option`);
    return 2;
  }
  if (hasOperands) shell.positional = [...rest];
  return 0;
};

export const shift: Builtin = async (shell, args) => {
  const count = Number(args[0] ?? 1);
  if (count > shell.positional.length) return 1;
  shell.positional = shell.positional.slice(count);
  return 0;
};

export const calculate: Builtin = async (shell, args) => {
  let value = 0n;
  for (const arg of args) value = await evaluateArithmetic(parseArithmetic(arg), arithmeticHost(shell));
  return value === 0n ? 1 : 0;
};

export const alias: Builtin = async (shell, args) => {
  let status = 0;
  const names = args.length > 0 ? args : [...shell.aliases.keys()];
  for (const arg of names) {
    const at = arg.indexOf('=');
    if (at > 0) shell.aliases.set(arg.slice(0, at), arg.slice(at + 1));
    else if (shell.aliases.has(arg))
      await shell.print(`alias ${arg}=${quoteForShell(shell.aliases.get(arg) as string)}\n`);
    else {
      await shell.complain(`alias: ${arg}: not found`);
      status = 1;
    }
  }
  return status;
};

export const unalias: Builtin = async (shell, args) => {
  for (const name of args) shell.aliases.delete(name);
  if (args[0] === '-a') shell.aliases.clear();
  return 0;
};
