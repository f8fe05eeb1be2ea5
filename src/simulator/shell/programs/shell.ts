/** `sh` and `bash`: a script from text, a file or standard input, or a conversation at a terminal. */
import { describeFileError } from '../files/fileError';
import { decodeText } from '../kernel/text';
import { applyOptions } from '../language/builtins/variables';
import { converse } from '../language/conversation';
import { endOfShell, TreeInterpreter } from '../language/interpreter';
import { ShellContext } from '../language/shellContext';
import type { Program, Run } from '../system';
import { baseName, complain, readAll, readTextFile } from './console';

export const shell: Program = async run => {
  const { options, operands, takesCommand } = readInvocation(run.args);
  if (takesCommand && operands[0] === undefined) return complain(run, '-c: option requires an argument', 2);
  if (takesCommand) {
    const [text = '', name = baseName(run.name).replace(/^-/, ''), ...args] = operands;
    return runScript(run, name, args, options, text, true);
  }
  const [file, ...args] = operands;
  if (file !== undefined && !options.includes('-s')) return runFile(run, file, args, options);
  const wantsConversation =
    options.some(option => /^-[a-z]*i/.test(option)) || run.process.files.get(0)?.terminal !== undefined;
  if (!wantsConversation)
    return runScript(run, baseName(run.name), operands, options, decodeText(await readAll(run.process, 0)));
  return runInteractive(run, operands, options);
};

function readInvocation(args: readonly string[]): {
  options: readonly string[];
  operands: readonly string[];
  takesCommand: boolean;
} {
  const options: string[] = [];
  let takesCommand = false;
  let index = 0;
  for (; /^[-+]./.test(args[index] ?? ''); index++) {
    const arg = args[index] as string;
    if (arg === '--') {
      index++;
      break;
    }
    if (arg.startsWith('--')) continue;
    const letters = arg.slice(1).replace(/[cl]/g, '');
    if (arg.startsWith('-') && arg.includes('c')) takesCommand = true;
    if (letters !== '') options.push(arg[0] + letters);
    if (arg.endsWith('o')) options.push(args[++index] ?? '');
  }
  return { options, operands: args.slice(index), takesCommand };
}

async function runFile(run: Run, file: string, args: readonly string[], options: readonly string[]): Promise<number> {
  let text: string;
  try {
    text = await readTextFile(run, file);
  } catch (error) {
    return complain(run, `${file}: ${describeFileError(error)}`, 127);
  }
  return runScript(run, file, args, options, text);
}

async function runScript(
  run: Run,
  name: string,
  args: readonly string[],
  options: readonly string[],
  text: string,
  isCommandString = false,
): Promise<number> {
  const context = createContext(run, name, args, options, false);
  context.isCommandString = isCommandString;
  return endOfShell(context, () => context.interpreter.runText(text, isCommandString ? '-c' : undefined));
}

async function runInteractive(run: Run, args: readonly string[], options: readonly string[]): Promise<number> {
  const name = baseName(run.name).replace(/^-/, '');
  const context = createContext(run, name, args, options, true);
  if (!context.variables.get('PS1'))
    context.variables.set('PS1', name === 'bash' ? '[\\u@\\h \\W]\\$ ' : '\\s-\\v\\$ ');
  context.variables.set('PS2', '> ');
  return endOfShell(context, () => converse(context));
}

function createContext(
  run: Run,
  name: string,
  args: readonly string[],
  options: readonly string[],
  isInteractive: boolean,
): ShellContext {
  const context = new ShellContext(run.process, run.system, name, args, isInteractive);
  new TreeInterpreter(context);
  context.variables.set('IFS', ' \t\n');
  context.variables.set('PWD', run.process.workingDirectory);
  context.variables.mark('PWD', { isExported: true });
  context.variables.set('SHLVL', String(Number(context.variables.get('SHLVL') ?? 0) + 1));
  context.variables.mark('SHLVL', { isExported: true });
  if (baseName(run.name).endsWith('bash')) context.variables.set('BASH_VERSION', '5.2.15(1)-release');
  applyOptions(
    context,
    options.filter(option => !/^-[is]+$/.test(option)),
  );
  return context;
}
