import { quoteIfNeeded } from '../../../base/shellQuoting';
import type { Process } from '../kernel/process';
import { signalNames } from '../kernel/signals';
import { ExecFailure, execute, findExecutable } from '../launch';
import { evaluateArithmetic } from './arithmetic';
import type { Builtin } from './builtins/builtin';
import { arithmeticHost, expandText, expandWords, parseArithmetic } from './expand';
import { ShellError } from './flow';
import { startPipeline, waitInForeground } from './pipelines';
import { redirect, withRedirections } from './redirect';
import type { ShellContext } from './shellContext';
import type { Assignment, FunctionBody, SimpleCommandNode } from './syntax';

/** What running a simple command needs of the interpreter that calls it. */
export interface Runtime {
  runFunction(name: string, body: FunctionBody, args: readonly string[]): Promise<number>;
  builtin(name: string): Builtin | undefined;
  /** Gives a forked shell an interpreter of its own. */
  attach(context: ShellContext): void;
}

/** Assignments before these stay in force, and functions cannot hide them (POSIX 2.14). */
const specialBuiltins = new Set([
  'break',
  ':',
  'continue',
  '.',
  'eval',
  'exec',
  'exit',
  'export',
  'readonly',
  'return',
  'set',
  'shift',
  'trap',
  'unset',
]);

/** Expands and runs a simple command: assignments, a function, a builtin or a program. */
export async function runSimple(
  shell: ShellContext,
  runtime: Runtime,
  command: SimpleCommandNode,
  isLast: boolean,
  skipFunctions = false,
): Promise<number> {
  shell.substitutionStatus = undefined;
  const words = command.name ? [command.name, ...command.args] : [];
  const argv = replaceAlias(shell, await expandWords(shell, words));
  const [name] = argv;
  if (name === undefined) return assignOnly(shell, command);
  if (shell.options.xtrace) await shell.process.write(2, `+ ${argv.map(quoteIfNeeded).join(' ')}\n`);
  const body = skipFunctions || specialBuiltins.has(name) ? undefined : shell.functions.get(name);
  const builtin = body ? undefined : runtime.builtin(name);
  if (!body && !builtin) return runProgram(shell, runtime, command, argv, isLast);
  if (name === 'exec' && builtin) return runExec(shell, runtime, command, argv.slice(1));
  const undo = await assignForCommand(shell, command.assignments, specialBuiltins.has(name));
  try {
    return await withRedirections(shell, command.redirections, () => {
      if (body) return runtime.runFunction(name, body, argv.slice(1));
      return (builtin as Builtin)(shell, argv.slice(1), name);
    });
  } finally {
    undo();
  }
}

function replaceAlias(shell: ShellContext, argv: readonly string[]): readonly string[] {
  const text = argv[0] === undefined ? undefined : shell.aliases.get(argv[0]);
  return text ? [...text.trim().split(/\s+/), ...argv.slice(1)] : argv;
}

/** `a=1 b=2` without a command: its status is that of the last `$(…)`. */
async function assignOnly(shell: ShellContext, command: SimpleCommandNode): Promise<number> {
  for (const assignment of command.assignments) {
    await assign(shell, assignment);
    const { name } = assignment;
    if (shell.options.xtrace)
      await shell.process.write(2, `+ ${name}=${quoteIfNeeded(shell.variables.get(name) ?? '')}\n`);
  }
  await withRedirections(shell, command.redirections, async () => undefined);
  return shell.substitutionStatus ?? 0;
}

/** A loop that doubles a variable ends here instead of taking the whole memory. */
const maxValueLength = 2 * 1024 * 1024;

/** Sets a variable, an element (`a[1]=x`) or a list (`a=(x y)`). */
export async function assign(shell: ShellContext, assignment: Assignment): Promise<void> {
  const element = /^(\w+)\[(.+)\]$/.exec(assignment.name);
  const name = element?.[1] ?? assignment.name;
  if (assignment.array) {
    const values = await expandWords(shell, assignment.array);
    shell.variables.set(name, assignment.append ? [...shell.variables.list(name), ...values] : values);
    return;
  }
  const text = assignment.value ? await expandText(shell, assignment.value) : '';
  if (element) {
    const index = await evaluateArithmetic(parseArithmetic(element[2] as string), arithmeticHost(shell));
    shell.variables.setElement(name, Number(index), text);
    return;
  }
  const value = assignment.append ? (shell.variables.get(name) ?? '') + text : text;
  if (value.length > maxValueLength) throw new ShellError(`${name}: cannot allocate memory`);
  shell.variables.set(name, value);
}

/** Assignments in front of a builtin or function hold while it runs. The result undoes them. */
async function assignForCommand(
  shell: ShellContext,
  assignments: readonly Assignment[],
  isLasting: boolean,
): Promise<() => void> {
  const before = assignments.map(
    ({ name }) => [name, shell.variables.get(name), shell.variables.isExported(name)] as const,
  );
  for (const assignment of assignments) {
    await assign(shell, assignment);
    if (!isLasting) shell.variables.mark(assignment.name, { isExported: true });
  }
  return () => {
    if (isLasting) return;
    for (const [name, value, isExported] of before) {
      if (value === undefined) shell.variables.unset(name);
      else shell.variables.set(name, value);
      if (value !== undefined) shell.variables.mark(name, { isExported });
    }
  };
}

async function runProgram(
  shell: ShellContext,
  runtime: Runtime,
  command: SimpleCommandNode,
  argv: readonly string[],
  isLast: boolean,
): Promise<number> {
  const main = (process: Process) => becomeProgram(shell, runtime, process, command, argv);
  if (isLast) return main(shell.process);
  const text = argv.join(' ');
  return waitInForeground(
    shell,
    startPipeline(shell, [{ commandLine: argv, main, pipesErrors: false }], { isBackground: false, text }),
  );
}

/** In the child: environment, redirections, then the program. */
async function becomeProgram(
  shell: ShellContext,
  runtime: Runtime,
  process: Process,
  command: SimpleCommandNode,
  argv: readonly string[],
): Promise<number> {
  const child = shell.process === process ? shell : shell.forkInto(process);
  if (child !== shell) runtime.attach(child);
  try {
    for (const assignment of command.assignments) {
      await assign(child, assignment);
      child.variables.mark(assignment.name, { isExported: true });
    }
    await redirect(child, process, command.redirections);
  } catch (error) {
    if (!(error instanceof ShellError)) throw error;
    await complainFor(shell, process, error.message);
    return 1;
  }
  return launch(child, shell, process, argv);
}

async function launch(
  child: ShellContext,
  shell: ShellContext,
  process: Process,
  argv: readonly string[],
): Promise<number> {
  process.environment = child.variables.environment();
  for (const signal of signalNames) {
    if (typeof process.dispositionOf(signal) === 'function') process.handle(signal, 'default');
  }
  try {
    return await execute(shell.system, process, argv);
  } catch (error) {
    if (!(error instanceof ExecFailure)) throw error;
    await complainFor(shell, process, `${argv[0]}: ${execFailureText(error)}`);
    return error.status;
  }
}

function execFailureText(failure: ExecFailure): string {
  if (failure.reason === 'notFound') return 'command not found';
  return failure.reason === 'isDirectory' ? 'Is a directory' : failure.text;
}

function complainFor(shell: ShellContext, process: Process, text: string): Promise<void> {
  return process.write(2, `${shell.label}: ${text}\n`);
}

/** `exec`: redirections that stay, or the shell becomes the program. */
async function runExec(
  shell: ShellContext,
  runtime: Runtime,
  command: SimpleCommandNode,
  argv: readonly string[],
): Promise<number> {
  if (argv.length === 0) {
    await redirect(shell, shell.process, command.redirections);
    return 0;
  }
  await findExecutable(shell.system, shell.process, argv[0] as string).catch(error => {
    if (!(error instanceof ExecFailure)) throw error;
    throw new ShellError(`exec: ${argv[0]}: ${error.reason === 'notFound' ? 'not found' : error.text}`, error.status);
  });
  const status = await becomeProgram(shell, runtime, shell.process, command, argv);
  shell.process.end({ code: status });
  shell.process.throwIfEnded();
  return status;
}
