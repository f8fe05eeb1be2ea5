import type { Process } from '../kernel/process';
import type { SignalName } from '../kernel/signals';
import { encodeText } from '../kernel/text';
import type { GuestSystem } from '../system';
import { Jobs } from './jobs';
import type { FunctionBody, StatementNode } from './syntax';
import { Variables } from './variables';

/** What the interpreter offers to expansion and builtins, which it calls itself. */
export interface Interpreter {
  /** `source` says in messages where the text is from, such as `eval`. */
  runText(text: string, source?: string): Promise<number>;
  runStatements(statements: readonly StatementNode[]): Promise<number>;
  /** Runs a simple command that is already expanded, without functions when `skipFunctions`. */
  runArguments(argv: readonly string[], options?: { skipFunctions?: boolean }): Promise<number>;
  /** `$(…)`: its output without the newlines at its end. */
  substitute(statements: readonly StatementNode[]): Promise<string>;
  /** `<(…)` and `>(…)`: the name of a pipe to commands that run beside, open until the statement ends. */
  substituteProcess(statements: readonly StatementNode[], direction: 'input' | 'output'): string;
}

export interface ShellOptions {
  /** `-e` */
  errexit: boolean;
  /** `-u` */
  nounset: boolean;
  /** `-x` */
  xtrace: boolean;
  /** `-f` */
  noglob: boolean;
  pipefail: boolean;
}

/** Everything that a running shell remembers. */
export class ShellContext {
  variables: Variables;
  readonly functions = new Map<string, FunctionBody>();
  readonly aliases = new Map<string, string>();
  readonly traps = new Map<SignalName | 'EXIT', string>();
  readonly pendingTraps: SignalName[] = [];
  readonly options: ShellOptions = { errexit: false, nounset: false, xtrace: false, noglob: false, pipefail: false };
  readonly jobs = new Jobs();
  positional: string[];
  lastStatus = 0;
  lastBackgroundPid: number | undefined;
  /** Status of the last `$(…)` in the command being expanded. */
  substitutionStatus: number | undefined;
  /** Descriptors of the pipes of `<(…)` that are open. */
  readonly pipeDescriptors = new Set<number>();
  loopDepth = 0;
  functionDepth = 0;
  /** More than 0 while a failing command is no reason for `set -e` to exit. */
  conditionDepth = 0;
  /** Line of the command being run, from 1. */
  line = 1;
  /** `$$`: of the shell that forked all subshells. */
  mainPid: number;
  /** SIGINT came while a foreground child was running. */
  wasInterrupted = false;
  isWaitingForChild = false;
  /** The script was given with `-c`; bash says less about children then. */
  isCommandString = false;
  interpreter!: Interpreter;
  /** Lines typed at this shell, oldest first. */
  history: { readonly lines: string[] } = { lines: [] };

  constructor(
    readonly process: Process,
    readonly system: GuestSystem,
    /** `$0`. */
    readonly name: string,
    args: readonly string[],
    readonly isInteractive: boolean,
  ) {
    this.positional = [...args];
    this.mainPid = process.pid;
    this.variables = new Variables(process.environment);
  }

  /** A child's copy: the same memory in another process; traps do not carry over. */
  forkInto(process: Process): ShellContext {
    const child = new ShellContext(process, this.system, this.name, this.positional, false);
    child.variables = this.variables.copy();
    for (const [name, body] of this.functions) child.functions.set(name, body);
    for (const [name, text] of this.aliases) child.aliases.set(name, text);
    Object.assign(child.options, this.options);
    child.lastStatus = this.lastStatus;
    child.lastBackgroundPid = this.lastBackgroundPid;
    child.functionDepth = this.functionDepth;
    child.loopDepth = this.loopDepth;
    child.conditionDepth = this.conditionDepth;
    child.line = this.line;
    child.isCommandString = this.isCommandString;
    child.mainPid = this.mainPid;
    return child;
  }

  /** In front of messages: `sh`, or with the line in a script, as bash prints it. */
  get label(): string {
    return this.isInteractive ? this.name : `${this.name}: line ${this.line}`;
  }

  print(text: string): Promise<void> {
    return this.process.write(1, encodeText(text));
  }

  complain(text: string): Promise<void> {
    return this.process.write(2, encodeText(`${this.label}: ${text}\n`));
  }
}
