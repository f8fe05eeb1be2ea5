import type { Builtin } from './builtin';
import {
  breakLoop,
  changeDirectory,
  continueLoop,
  evaluate,
  exit,
  fail,
  printDirectory,
  returnFrom,
  source,
  succeed,
} from './control';
import { history } from './history';
import { background, foreground, jobs, kill, trap, wait } from './jobControl';
import { commandBuiltin, typeBuiltin } from './lookup';
import { mapfile } from './mapfile';
import { echo, printf } from './output';
import { read } from './read';
import { test } from './test';
import { alias, calculate, declare, exportVariables, local, readOnly, set, shift, unalias, unset } from './variables';

const isBuiltin = (name: string) => builtins.has(name);

/** `exec` with arguments never gets here: it needs the command's redirections. */
const exec: Builtin = succeed;

const builtin: Builtin = (shell, args) => shell.interpreter.runArguments(args, { skipFunctions: true });

const umask: Builtin = async (shell, args) => {
  if (args.length === 0) await shell.print('0022\n');
  return 0;
};

const ulimit: Builtin = async shell => {
  await shell.print('unlimited\n');
  return 0;
};

/** Every command that the shell itself performs. */
export const builtins: ReadonlyMap<string, Builtin> = new Map<string, Builtin>([
  [':', succeed],
  ['true', succeed],
  ['false', fail],
  ['.', source],
  ['source', source],
  ['[', test],
  ['test', test],
  ['alias', alias],
  ['bg', background],
  ['break', breakLoop],
  ['builtin', builtin],
  ['cd', changeDirectory],
  ['command', commandBuiltin(isBuiltin)],
  ['continue', continueLoop],
  ['declare', declare],
  ['disown', succeed],
  ['echo', echo],
  ['eval', evaluate],
  ['exec', exec],
  ['exit', exit],
  ['logout', exit],
  ['export', exportVariables],
  ['fg', foreground],
  ['hash', succeed],
  ['history', history],
  ['jobs', jobs],
  ['kill', kill],
  ['let', calculate],
  ['local', local],
  ['mapfile', mapfile],
  ['printf', printf],
  ['pwd', printDirectory],
  ['read', read],
  ['readarray', mapfile],
  ['readonly', readOnly],
  ['return', returnFrom],
  ['set', set],
  ['shift', shift],
  ['shopt', succeed],
  ['trap', trap],
  ['type', typeBuiltin(isBuiltin)],
  ['typeset', declare],
  ['ulimit', ulimit],
  ['umask', umask],
  ['unalias', unalias],
  ['unset', unset],
  ['wait', wait],
]);
