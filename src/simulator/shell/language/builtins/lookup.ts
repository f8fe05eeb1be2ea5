import { ExecFailure, findExecutable } from '../../launch';
import type { ShellContext } from '../shellContext';
import type { Builtin } from './builtin';

export type Meaning =
  | { readonly kind: 'alias'; readonly text: string }
  | { readonly kind: 'keyword' | 'function' | 'builtin' }
  | { readonly kind: 'file'; readonly path: string };

const keywords = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'for',
  'while',
  'until',
  'do',
  'done',
  'case',
  'esac',
  'in',
  '{',
  '}',
  '!',
  '[[',
  ']]',
  'function',
  'time',
  'select',
]);

async function meaningOf(
  shell: ShellContext,
  name: string,
  isBuiltin: (name: string) => boolean,
): Promise<Meaning | undefined> {
  const alias = shell.aliases.get(name);
  if (alias !== undefined) return { kind: 'alias', text: alias };
  if (keywords.has(name)) return { kind: 'keyword' };
  if (shell.functions.has(name)) return { kind: 'function' };
  if (isBuiltin(name)) return { kind: 'builtin' };
  shell.process.environment = shell.variables.environment();
  try {
    return { kind: 'file', path: await findExecutable(shell.system, shell.process, name) };
  } catch (error) {
    if (error instanceof ExecFailure) return undefined;
    throw error;
  }
}

function sentence(name: string, meaning: Meaning): string {
  switch (meaning.kind) {
    case 'alias':
      return `${name} is aliased to \`${meaning.text}'`;
    case 'keyword':
      return `${name} is a shell keyword`;
    case 'function':
      return `${name} is a function`;
    case 'builtin':
      return `${name} is a shell builtin`;
    case 'file':
      return `${name} is ${meaning.path}`;
  }
}

/** `type`, given what counts as a builtin. */
export function typeBuiltin(isBuiltin: (name: string) => boolean): Builtin {
  return async (shell, args) => {
    const option = args.find(arg => /^-[tpaP]+$/.test(arg)) ?? '';
    let status = 0;
    for (const name of args.filter(arg => arg !== option)) {
      const meaning = await meaningOf(shell, name, isBuiltin);
      if (!meaning) {
        if (option === '') await shell.complain(`type: ${name}: not found`);
        status = 1;
      } else if (option.includes('t')) await shell.print(`${meaning.kind}\n`);
      else if (option.includes('p') || option.includes('P'))
        await shell.print(meaning.kind === 'file' ? `${meaning.path}\n` : '');
      else await shell.print(`${sentence(name, meaning)}\n`);
    }
    return status;
  };
}

/** `command [-v|-V] name …`: without an option it runs the name, past functions. */
export function commandBuiltin(isBuiltin: (name: string) => boolean): Builtin {
  return async (shell, args) => {
    const [option, ...names] = args;
    if (option === undefined) return 0;
    if (option !== '-v' && option !== '-V') {
      return shell.interpreter.runArguments(option === '-p' || option === '--' ? names : args, { skipFunctions: true });
    }
    let status = 1;
    for (const name of names) {
      const meaning = await meaningOf(shell, name, isBuiltin);
      if (!meaning) {
        if (option === '-V') await shell.complain(`command: ${name}: not found`);
        continue;
      }
      status = 0;
      const brief =
        meaning.kind === 'file' ? meaning.path : meaning.kind === 'alias' ? `alias ${name}='${meaning.text}'` : name;
      await shell.print(`${option === '-v' ? brief : sentence(name, meaning)}\n`);
    }
    return status;
  };
}
