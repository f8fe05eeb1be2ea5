import type { Log } from '../../../base/log';
import type { Timeline } from '../../timeline';
import type { OpenFile } from './openFile';
import { type ExitStatus, Process, ProcessEnded, type User } from './process';
import type { SignalName } from './signals';
import type { TerminalDevice } from './terminalDevice';

/** A program: runs as a process and returns its exit code. */
export type Main = (process: Process) => Promise<number>;

export interface SpawnOptions {
  readonly commandLine: readonly string[];
  readonly main: Main;
  /** Missing: the parent's. `'own'`: a new group led by the child. */
  readonly groupId?: number | 'own';
  readonly user?: User;
  readonly environment?: ReadonlyMap<string, string>;
  readonly workingDirectory?: string;
  /** Missing: copies of the parent's descriptors. */
  readonly files?: ReadonlyMap<number, OpenFile>;
}

/** More processes than this at once are refused, as by `ulimit -u`. */
const maxProcesses = 512;

/** What bash exits with when it cannot fork. */
export const forkRefusedStatus = 254;

export class TooManyProcesses extends Error {}

/** The process table: starts programs, delivers signals to groups, tells parents. */
export class Kernel {
  readonly #processes = new Map<number, Process>();
  #nextPid: number;
  #terminals = 0;

  constructor(
    readonly timeline: Timeline,
    private readonly log: Log,
    firstPid: number,
  ) {
    this.#nextPid = firstPid;
  }

  get processes(): readonly Process[] {
    return [...this.#processes.values()];
  }

  /** `pts/0`, `pts/1` … */
  nextTerminalName(): string {
    return `pts/${this.#terminals++}`;
  }

  find(pid: number): Process | undefined {
    return this.#processes.get(pid);
  }

  /** Starts a child of `parent`. Throws {@link TooManyProcesses}. */
  spawn(parent: Process, options: SpawnOptions): Process {
    const pid = this.#nextPid;
    const child = this.#create({
      pid,
      parentPid: parent.pid,
      groupId: options.groupId === 'own' ? pid : (options.groupId ?? parent.groupId),
      sessionId: parent.sessionId,
      user: options.user ?? parent.user,
      environment: options.environment ?? parent.environment,
      workingDirectory: options.workingDirectory ?? parent.workingDirectory,
      commandLine: options.commandLine,
      terminal: parent.terminal,
      unit: parent.unit,
    });
    for (const [descriptor, file] of options.files ?? parent.files) child.install(descriptor, file);
    for (const [signal, disposition] of parent.inheritedDispositions()) child.handle(signal, disposition);
    child.onStateChanged = () => parent.changed.wake();
    this.#start(child, options.main, parent);
    return child;
  }

  /** Starts a session leader with a terminal as descriptors 0, 1 and 2 and as its controlling terminal. */
  startSession(
    terminal: TerminalDevice,
    file: OpenFile,
    options: Required<Pick<SpawnOptions, 'commandLine' | 'main' | 'user' | 'environment' | 'workingDirectory'>>,
  ): Process {
    const pid = this.#nextPid;
    const leader = this.#create({ ...options, pid, parentPid: 1, groupId: pid, sessionId: pid, terminal });
    for (const descriptor of [0, 1, 2]) leader.install(descriptor, file);
    terminal.foregroundGroup = pid;
    this.#start(leader, options.main, undefined);
    return leader;
  }

  /** Starts a process of its own session without a terminal, as a child of init; `unit` names the service it belongs to. */
  startDaemon(
    options: Required<Pick<SpawnOptions, 'commandLine' | 'main' | 'user' | 'environment'>> &
      Pick<SpawnOptions, 'files' | 'workingDirectory'> & { readonly unit?: string | undefined },
  ): Process {
    const pid = this.#nextPid;
    const ids = { pid, parentPid: 1, groupId: pid, sessionId: pid };
    const { workingDirectory = '/' } = options;
    const daemon = this.#create({ ...options, ...ids, workingDirectory, terminal: undefined });
    for (const [descriptor, file] of options.files ?? []) daemon.install(descriptor, file);
    this.#start(daemon, options.main, undefined);
    return daemon;
  }

  signalGroup(groupId: number, signal: SignalName): boolean {
    const members = this.processes.filter(process => process.groupId === groupId);
    for (const member of members) member.deliver(signal);
    return members.length > 0;
  }

  signalSession(sessionId: number, signal: SignalName): void {
    for (const process of this.processes) if (process.sessionId === sessionId) process.deliver(signal);
  }

  async #refuseFork(process: Process): Promise<void> {
    await process
      .write(2, `${process.commandLine[0]}: fork: Resource temporarily unavailable\n`)
      .catch(() => undefined);
    process.end({ code: forkRefusedStatus });
  }

  /** Linux, disassociate_ctty: the foreground group hears of it, the others just lose the terminal. */
  #endSession(leader: Process): void {
    const { terminal } = leader;
    if (!terminal) return;
    this.signalGroup(terminal.foregroundGroup, 'SIGHUP');
    terminal.disassociate();
  }

  #create(options: Omit<ConstructorParameters<typeof Process>[0], 'timeline'>): Process {
    if (this.#processes.size >= maxProcesses) throw new TooManyProcesses();
    this.#nextPid++;
    const process = new Process({ ...options, timeline: this.timeline });
    this.#processes.set(process.pid, process);
    return process;
  }

  #start(process: Process, main: Main, parent: Process | undefined): void {
    process.onEnded = () => {
      this.#processes.delete(process.pid);
      for (const other of this.#processes.values()) if (other.parentPid === process.pid) other.parentPid = 1;
      if (process.pid === process.sessionId) this.#endSession(process);
      parent?.deliver('SIGCHLD');
      parent?.changed.wake();
    };
    void this.#run(process, main);
  }

  async #run(process: Process, main: Main): Promise<void> {
    try {
      // The parent finishes setting up (groups, the terminal's foreground) before the child's first instruction.
      await Promise.resolve();
      process.end({ code: (await main(process)) & 0xff });
    } catch (error) {
      if (error instanceof TooManyProcesses) await this.#refuseFork(process);
      else if (!(error instanceof ProcessEnded)) this.log.error(`${process.commandLine[0]} crashed: ${String(error)}`);
      process.end({ code: 0, signal: 'SIGABRT' });
    }
  }
}

/** Waits until the child has ended. A stopped child does not count. */
export async function waitForEnd(parent: Process, child: Process): Promise<ExitStatus> {
  while (!child.status) await parent.waitOn(child.changed);
  return child.status;
}
