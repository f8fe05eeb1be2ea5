import { describeFileError } from '../../files/fileError';
import { BreakLoop, ContinueLoop, ExitShell, ReturnFromFunction } from '../flow';
import type { ShellContext } from '../shellContext';
import type { Builtin } from './builtin';

export const succeed: Builtin = async () => 0;
export const fail: Builtin = async () => 1;

async function statusFrom(shell: ShellContext, name: string, text: string | undefined): Promise<number> {
  if (text === undefined) return shell.lastStatus;
  if (/^-?\d+$/.test(text)) return Number(text) & 0xff;
  await shell.complain(`${name}: ${text}: numeric argument required`);
  return 2;
}

export const exit: Builtin = async (shell, args) => {
  if (shell.isInteractive) await shell.process.write(2, 'exit\n');
  throw new ExitShell(await statusFrom(shell, 'exit', args[0]));
};

export const returnFrom: Builtin = async (shell, args) => {
  throw new ReturnFromFunction(await statusFrom(shell, 'return', args[0]));
};

async function loopLevels(shell: ShellContext, name: string, text: string | undefined): Promise<number | undefined> {
  if (shell.loopDepth === 0) {
    await shell.complain(`${name}: only meaningful in a \`for', \`while', or \`until' loop`);
    return undefined;
  }
  return Math.max(1, Number(text ?? 1) || 1);
}

export const breakLoop: Builtin = async (shell, args) => {
  const levels = await loopLevels(shell, 'break', args[0]);
  if (levels === undefined) return 0;
  throw new BreakLoop(levels);
};

export const continueLoop: Builtin = async (shell, args) => {
  const levels = await loopLevels(shell, 'continue', args[0]);
  if (levels === undefined) return 0;
  throw new ContinueLoop(levels);
};

export const evaluate: Builtin = (shell, args) => {
  return args.length === 0 ? Promise.resolve(0) : shell.interpreter.runText(args.join(' '), 'eval');
};

export const source: Builtin = async (shell, args, name) => {
  const [file, ...rest] = args;
  if (file === undefined) {
    await shell.complain(`${name}: filename argument required`);
    return 2;
  }
  const files = shell.system.disk.as(shell.process.user);
  let text: string;
  try {
    text = await files.readFile(files.resolvePath(shell.process.workingDirectory, file));
  } catch (error) {
    await shell.complain(`${file}: ${describeFileError(error)}`);
    return 1;
  }
  const outer = shell.positional;
  if (rest.length > 0) shell.positional = rest;
  try {
    return await shell.interpreter.runText(text);
  } catch (error) {
    if (error instanceof ReturnFromFunction) return error.status;
    throw error;
  } finally {
    shell.positional = outer;
  }
};

export const changeDirectory: Builtin = async (shell, args) => {
  const [wanted] = args.filter(arg => arg !== '-P' && arg !== '-L' && arg !== '--');
  const target = wanted === '-' ? shell.variables.get('OLDPWD') : (wanted ?? shell.variables.get('HOME'));
  if (target === undefined) {
    await shell.complain(`cd: ${wanted === '-' ? 'OLDPWD' : 'HOME'} not set`);
    return 1;
  }
  const files = shell.system.disk.as(shell.process.user);
  const path = files.resolvePath(shell.process.workingDirectory, target);
  try {
    const stat = await files.stat(path);
    if (!stat.isDirectory) {
      await shell.complain(`cd: ${target}: Not a directory`);
      return 1;
    }
    await files.readdir(path);
  } catch (error) {
    await shell.complain(`cd: ${target}: ${describeFileError(error)}`);
    return 1;
  }
  shell.variables.set('OLDPWD', shell.process.workingDirectory);
  shell.process.workingDirectory = path;
  shell.variables.set('PWD', path);
  if (wanted === '-') await shell.print(`${path}\n`);
  return 0;
};

export const printDirectory: Builtin = async shell => {
  await shell.print(`${shell.process.workingDirectory}\n`);
  return 0;
};
