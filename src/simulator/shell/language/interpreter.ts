import { forkRefusedStatus, TooManyProcesses } from '../kernel/kernel';
import { openPipe } from '../kernel/pipe';
import { ProcessEnded } from '../kernel/process';
import { decodeText, joinBytes } from '../kernel/text';
import type { Builtin } from './builtins/builtin';
import { builtins } from './builtins/table';
import { runCompound } from './compound';
import {
  BreakLoop,
  CommandInterrupted,
  ContinueLoop,
  ExitShell,
  ExpansionError,
  ReturnFromFunction,
  ShellError,
} from './flow';
import { parseScript } from './parseScript';
import { type Stage, startPipeline, waitInForeground } from './pipelines';
import { withRedirections } from './redirect';
import type { Interpreter, ShellContext } from './shellContext';
import { type Runtime, runSimple } from './simpleCommand';
import type { CommandNode, FunctionBody, PipelineNode, StatementNode } from './syntax';
import { installDefaultSignals, resetForChild, runPendingTraps } from './traps';

/** Output of `$(…)` beyond this ends the command's reading, so that it cannot fill memory. */
const maxSubstitutionBytes = 8 * 1024 * 1024;

/** Walks the syntax tree in one shell's process. */
export class TreeInterpreter implements Interpreter, Runtime {
  /** Takes the shell over: becomes its interpreter and decides about its signals. */
  constructor(private readonly shell: ShellContext) {
    shell.interpreter = this;
    installDefaultSignals(shell);
  }

  /** Parses and runs; a syntax error is reported and gives 2. */
  async runText(text: string, source?: string): Promise<number> {
    const parsed = parseScript(text);
    if (parsed.kind === 'complete') return this.runStatements(parsed.script.statements);
    if (parsed.kind === 'incomplete' && parsed.script) return this.runStatements(parsed.script.statements);
    await this.#reportSyntax(parsed.what, parsed.line, text, source);
    this.shell.lastStatus = 2;
    return 2;
  }

  /** A script shows the line too, as bash does; at a prompt it stands just above. */
  async #reportSyntax(what: string, line: number, text: string, source: string | undefined): Promise<void> {
    const { shell } = this;
    if (shell.isInteractive && source === undefined) return shell.complain(what);
    const label = [shell.name, ...(source === undefined ? [] : [source]), `line ${line}`].join(': ');
    const shown = what.includes('near unexpected token') ? `${label}: \`${text.split('\n')[line - 1] ?? ''}'\n` : '';
    await shell.process.write(2, `${label}: ${what}\n${shown}`);
  }

  async runStatements(statements: readonly StatementNode[]): Promise<number> {
    for (const statement of statements) await this.#runStatement(statement);
    return this.shell.lastStatus;
  }

  async #runStatement(statement: StatementNode): Promise<void> {
    const { shell } = this;
    await shell.process.checkpoint();
    if (statement.deferredError) {
      shell.lastStatus = 2;
      throw new ShellError(statement.deferredError.message, 2);
    }
    const openBefore = new Set(shell.pipeDescriptors);
    if (statement.background) this.#startBackground(statement);
    else await this.#runList(statement);
    for (const descriptor of shell.pipeDescriptors) if (!openBefore.has(descriptor)) this.#closePipe(descriptor);
    await this.#attend();
  }

  /** Between commands: traps, and an interrupt that came while the shell itself was busy. */
  async #attend(): Promise<void> {
    const { shell } = this;
    if (shell.pendingTraps.length > 0) await runPendingTraps(shell);
    if (!shell.wasInterrupted || !shell.isInteractive) return;
    shell.wasInterrupted = false;
    shell.lastStatus = 130;
    throw new CommandInterrupted();
  }

  async #runList(statement: StatementNode): Promise<void> {
    const { shell } = this;
    for (const [index, pipeline] of statement.pipelines.entries()) {
      const operator = index > 0 ? statement.operators[index - 1] : ';';
      if (operator === '&&' && shell.lastStatus !== 0) continue;
      if (operator === '||' && shell.lastStatus === 0) continue;
      const isCondition = index < statement.pipelines.length - 1 || pipeline.negated;
      if (isCondition) shell.conditionDepth++;
      try {
        await this.#runPipeline(pipeline, statement);
      } finally {
        if (isCondition) shell.conditionDepth--;
      }
      if (shell.options.errexit && shell.lastStatus !== 0 && shell.conditionDepth === 0 && !isCondition) {
        throw new ExitShell(shell.lastStatus);
      }
    }
  }

  async #runPipeline(pipeline: PipelineNode, statement: StatementNode): Promise<void> {
    const { shell } = this;
    const [only] = pipeline.commands;
    const startMs = shell.process.timeline.now();
    const status =
      pipeline.commands.length === 1 && only
        ? await this.runCommand(only)
        : await waitInForeground(shell, this.#start(pipeline, statement, false));
    shell.lastStatus = pipeline.negated ? Number(status === 0) : status;
    if (pipeline.timed) await shell.process.write(2, timesText(shell.process.timeline.now() - startMs));
  }

  #startBackground(statement: StatementNode): void {
    const { shell } = this;
    const isOnePipeline = statement.pipelines.length === 1;
    const [pipeline] = statement.pipelines;
    const job =
      isOnePipeline && pipeline
        ? this.#start(pipeline, statement, true)
        : startPipeline(shell, [this.#subshellStage([{ ...statement, background: false }], statement)], {
            isBackground: true,
            text: textOf(statement),
          });
    shell.lastStatus = 0;
    if (shell.isInteractive)
      void shell.process.write(2, `[${job.number}] ${shell.lastBackgroundPid}\n`).catch(ignoreEnd);
  }

  #start(pipeline: PipelineNode, statement: StatementNode, isBackground: boolean) {
    const stages = pipeline.commands.map((command, index) =>
      this.#stage(command, statement, pipeline.pipeStderr?.[index] ?? false),
    );
    return startPipeline(this.shell, stages, { isBackground, text: textOf(statement) });
  }

  #stage(command: CommandNode, statement: StatementNode, pipesErrors: boolean): Stage {
    return {
      commandLine: [this.shell.name, textOf(statement)],
      pipesErrors,
      main: process => runInSubshell(this.shell.forkInto(process), child => child.runCommand(command, true)),
    };
  }

  #subshellStage(statements: readonly StatementNode[], statement: StatementNode): Stage {
    return {
      commandLine: [this.shell.name, textOf(statement)],
      pipesErrors: false,
      main: process => runInSubshell(this.shell.forkInto(process), child => child.runStatements(statements)),
    };
  }

  /** `isLast`: nothing follows in this process, so that a program may take its place. */
  async runCommand(command: CommandNode, isLast = false): Promise<number> {
    const { shell } = this;
    await shell.process.checkpoint();
    if ('line' in command && command.line) shell.line = command.line;
    try {
      if (command.type === 'SimpleCommand') return await runSimple(shell, this, command, isLast);
      if (command.type === 'FunctionDef') {
        shell.functions.set(command.name, command.body);
        return 0;
      }
      return await withRedirections(shell, command.redirections, () => runCompound(shell, this, command));
    } catch (error) {
      return this.#recover(error);
    }
  }

  /** What failed with its command, and what ends more than that. */
  async #recover(error: unknown): Promise<number> {
    if (error instanceof TooManyProcesses) {
      await this.shell.complain('fork: Resource temporarily unavailable');
      return forkRefusedStatus;
    }
    if (!(error instanceof ShellError)) throw error;
    await this.shell.complain(error.message);
    if (error instanceof ExpansionError) this.#giveUp();
    return error.status;
  }

  /** bash ends with 127 where it was to read on, and a subshell with 1. */
  #giveUp(): never {
    const { shell } = this;
    shell.lastStatus = 1;
    if (shell.isInteractive) throw new CommandInterrupted();
    throw new ExitShell(shell.process.pid === shell.mainPid ? 127 : 1);
  }

  async runSubshell(statements: readonly StatementNode[]): Promise<number> {
    const { shell } = this;
    const text = statements.map(textOf).join('; ');
    const stage: Stage = {
      commandLine: [shell.name],
      pipesErrors: false,
      main: process => runInSubshell(shell.forkInto(process), child => child.runStatements(statements)),
    };
    return waitInForeground(shell, startPipeline(shell, [stage], { isBackground: false, text: `( ${text} )` }));
  }

  async runFunction(name: string, body: FunctionBody, args: readonly string[]): Promise<number> {
    const { shell } = this;
    if (shell.functionDepth >= 200) throw new ShellError(`${name}: maximum function nesting level exceeded (200)`);
    const outer = shell.positional;
    shell.positional = [...args];
    shell.functionDepth++;
    shell.variables.enterFunction();
    try {
      return await this.runCommand(body);
    } catch (error) {
      if (error instanceof ReturnFromFunction) return error.status;
      throw error;
    } finally {
      shell.variables.leaveFunction();
      shell.functionDepth--;
      shell.positional = outer;
    }
  }

  runArguments(argv: readonly string[], options: { skipFunctions?: boolean } = {}): Promise<number> {
    const words = argv.map(value => ({ type: 'Word' as const, parts: [{ type: 'SingleQuoted' as const, value }] }));
    const [name, ...args] = words;
    const command = { type: 'SimpleCommand' as const, assignments: [], name: name ?? null, args, redirections: [] };
    return runSimple(this.shell, this, command, false, options.skipFunctions);
  }

  attach(context: ShellContext): void {
    new TreeInterpreter(context);
  }

  builtin(name: string): Builtin | undefined {
    return builtins.get(name);
  }

  async substitute(statements: readonly StatementNode[]): Promise<string> {
    const { shell } = this;
    const { readEnd, writeEnd } = openPipe();
    readEnd.retain();
    const files = new Map(shell.process.files).set(1, writeEnd);
    const child = shell.system.kernel.spawn(shell.process, {
      commandLine: [shell.name],
      files,
      main: process => runInSubshell(shell.forkInto(process), interpreter => interpreter.runStatements(statements)),
    });
    resetForChild(shell, child);
    const job = shell.jobs.add([child], shell.process.groupId, '$(…)');
    const output = await this.#readAll(readEnd);
    readEnd.release();
    shell.substitutionStatus = await waitInForeground(shell, job);
    return output.replaceAll('\0', '').replace(/\n+$/, '');
  }

  substituteProcess(statements: readonly StatementNode[], direction: 'input' | 'output'): string {
    const { shell } = this;
    const { readEnd, writeEnd } = openPipe();
    const isInput = direction === 'input';
    const child = shell.system.kernel.spawn(shell.process, {
      commandLine: [shell.name],
      files: new Map(shell.process.files).set(isInput ? 1 : 0, isInput ? writeEnd : readEnd),
      main: process => runInSubshell(shell.forkInto(process), interpreter => interpreter.runStatements(statements)),
    });
    resetForChild(shell, child);
    let descriptor = firstPipeDescriptor;
    while (shell.process.files.has(descriptor)) descriptor--;
    shell.process.install(descriptor, isInput ? readEnd : writeEnd);
    shell.pipeDescriptors.add(descriptor);
    return `/dev/fd/${descriptor}`;
  }

  #closePipe(descriptor: number): void {
    this.shell.process.close(descriptor);
    this.shell.pipeDescriptors.delete(descriptor);
  }

  async #readAll(end: ReturnType<typeof openPipe>['readEnd']): Promise<string> {
    const parts: Uint8Array[] = [];
    let length = 0;
    this.shell.isWaitingForChild = true;
    try {
      for (;;) {
        const bytes = end.tryRead(65_536);
        if (!bytes) await this.shell.process.waitOn(end.changed);
        else if (bytes.length === 0 || length > maxSubstitutionBytes) return decodeText(joinBytes(parts));
        else {
          parts.push(bytes);
          length += bytes.length;
        }
      }
    } finally {
      this.shell.isWaitingForChild = false;
    }
  }
}

/** Bash counts down from here. */
const firstPipeDescriptor = 63;

/** What the `time` keyword says; programs here use no processor time worth showing. */
function timesText(realMs: number): string {
  const minutes = Math.floor(realMs / 60_000);
  const seconds = ((realMs % 60_000) / 1_000).toFixed(3);
  return `\nreal\t${minutes}m${seconds}s\nuser\t0m0.001s\nsys\t0m0.001s\n`;
}

function ignoreEnd(error: unknown): void {
  if (!(error instanceof ProcessEnded)) throw error;
}

function textOf(statement: StatementNode): string {
  return (statement.sourceText ?? '').replace(/\s*&\s*$/, '').trim();
}

/** Runs a forked shell to its exit status. */
export async function runInSubshell(
  shell: ShellContext,
  body: (interpreter: TreeInterpreter) => Promise<number>,
): Promise<number> {
  const interpreter = new TreeInterpreter(shell);
  return endOfShell(shell, () => body(interpreter));
}

/** Runs a shell's last words: the status of `exit`, the EXIT trap, stray `break` and `return`. */
export async function endOfShell(shell: ShellContext, body: () => Promise<number>): Promise<number> {
  let status = await statusOfBody(shell, body);
  const lastWords = shell.traps.get('EXIT');
  if (lastWords) {
    shell.traps.delete('EXIT');
    shell.lastStatus = status;
    status = await statusOfBody(shell, async () => {
      await shell.interpreter.runText(lastWords);
      return status;
    });
  }
  return status;
}

async function statusOfBody(shell: ShellContext, body: () => Promise<number>): Promise<number> {
  try {
    return await body();
  } catch (error) {
    if (error instanceof ExitShell || error instanceof ReturnFromFunction) return error.status;
    if (error instanceof BreakLoop || error instanceof ContinueLoop) return shell.lastStatus;
    if (!(error instanceof ShellError)) throw error;
    await shell.complain(error.message);
    return error.status;
  }
}
