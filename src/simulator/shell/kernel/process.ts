import { DisposableStore } from '../../../base/disposable';
import type { Timeline } from '../../timeline';
import { BrokenPipe, type OpenFile } from './openFile';
import { defaultActionOf, type SignalName, signalNumbers } from './signals';
import type { TerminalDevice } from './terminalDevice';
import { encodeText } from './text';
import { WaitQueue } from './waitQueue';

export interface User {
  readonly name: string;
  readonly id: number;
  readonly home: string;
}

export const rootUser: User = { name: 'root', id: 0, home: '/root' };
export const sessionUser: User = { name: 'ssm-user', id: 1001, home: '/home/ssm-user' };

/** How a process ended: its exit code, or the signal that killed it. */
export interface ExitStatus {
  readonly code: number;
  readonly signal?: SignalName;
}

/** `$?` of a shell that waited for it: 128 + n after a signal. */
export function shellStatusOf(status: ExitStatus): number {
  return status.signal ? 128 + signalNumbers[status.signal] : status.code;
}

/** Thrown at a system call of a process that has ended meanwhile, so that its program unwinds. Never caught for good. */
export class ProcessEnded extends Error {}

export type SignalDisposition = 'default' | 'ignore' | ((signal: SignalName) => void);

/** Calls between two turns of the event loop, so that a busy program cannot keep others from running. */
const callsPerSlice = 256;
/** Simulated time that a slice takes. */
const sliceMs = 1;

export interface ProcessOptions {
  readonly pid: number;
  readonly parentPid: number;
  readonly groupId: number;
  readonly sessionId: number;
  readonly user: User;
  readonly workingDirectory: string;
  readonly environment: ReadonlyMap<string, string>;
  readonly commandLine: readonly string[];
  readonly timeline: Timeline;
  readonly terminal: TerminalDevice | undefined;
  /** The systemd unit that it belongs to, as its control group says. */
  readonly unit?: string | undefined;
}

/** A running program's share of the kernel: identity, descriptors, signals, and the calls at which it may wait. */
export class Process {
  readonly pid: number;
  /** 1 once the parent has ended. */
  parentPid: number;
  readonly sessionId: number;
  readonly timeline: Timeline;
  readonly terminal: TerminalDevice | undefined;
  readonly startedMs: number;
  readonly unit: string | undefined;
  readonly files = new Map<number, OpenFile>();
  /** Released when the process ends: sockets, taps. */
  readonly resources = new DisposableStore();
  /** Woken when the process ends, stops, goes on, or a child's state changes. */
  readonly changed = new WaitQueue();
  groupId: number;
  user: User;
  workingDirectory: string;
  environment: Map<string, string>;
  commandLine: readonly string[];
  isStopped = false;
  status: ExitStatus | undefined;
  readonly #dispositions = new Map<SignalName, SignalDisposition>();
  readonly #abort = new AbortController();
  #calls = 0;
  onEnded: (() => void) | undefined;

  constructor(options: ProcessOptions) {
    this.pid = options.pid;
    this.parentPid = options.parentPid;
    this.groupId = options.groupId;
    this.sessionId = options.sessionId;
    this.user = options.user;
    this.workingDirectory = options.workingDirectory;
    this.environment = new Map(options.environment);
    this.commandLine = options.commandLine;
    this.timeline = options.timeline;
    this.terminal = options.terminal;
    this.startedMs = options.timeline.now();
    this.unit = options.unit;
  }

  /** Aborted when the process ends. */
  get abortSignal(): AbortSignal {
    return this.#abort.signal;
  }

  get isRoot(): boolean {
    return this.user.id === 0;
  }

  dispositionOf(signal: SignalName): SignalDisposition {
    return this.#dispositions.get(signal) ?? 'default';
  }

  handle(signal: SignalName, disposition: SignalDisposition): void {
    if (signal === 'SIGKILL' || signal === 'SIGSTOP') return;
    this.#dispositions.set(signal, disposition);
  }

  /** What a program that this process starts inherits: ignored signals stay ignored, handlers go (execve(2)). */
  inheritedDispositions(): Iterable<[SignalName, SignalDisposition]> {
    return [...this.#dispositions].filter(([, disposition]) => disposition === 'ignore');
  }

  deliver(signal: SignalName): void {
    if (this.status) return;
    if (signal === 'SIGCONT') this.#continue();
    const disposition = this.dispositionOf(signal);
    if (typeof disposition === 'function') {
      disposition(signal);
      this.changed.wake();
      return;
    }
    if (disposition === 'ignore') return;
    const action = defaultActionOf(signal);
    if (action === 'terminate') this.end({ code: 0, signal });
    else if (action === 'stop') this.#stop();
  }

  #stop(): void {
    this.isStopped = true;
    this.onStateChanged?.();
    this.changed.wake();
  }

  #continue(): void {
    if (!this.isStopped) return;
    this.isStopped = false;
    this.onStateChanged?.();
    this.changed.wake();
  }

  /** Told when the process stops or goes on. */
  onStateChanged: (() => void) | undefined;

  /** Ends the process now; its program notices at its next call. */
  end(status: ExitStatus): void {
    if (this.status) return;
    this.status = status;
    for (const file of this.files.values()) file.release();
    this.files.clear();
    this.resources.dispose();
    this.#abort.abort(new ProcessEnded());
    this.changed.wake();
    this.onEnded?.();
  }

  install(descriptor: number, file: OpenFile): void {
    file.retain();
    this.files.get(descriptor)?.release();
    this.files.set(descriptor, file);
  }

  close(descriptor: number): void {
    this.files.get(descriptor)?.release();
    this.files.delete(descriptor);
  }

  /** Waits while stopped, gives way to others now and then, and throws {@link ProcessEnded} once the process has ended. */
  async checkpoint(): Promise<void> {
    this.throwIfEnded();
    if (++this.#calls >= callsPerSlice) {
      this.#calls = 0;
      await this.sleep(sliceMs);
    }
    while (this.isStopped) await this.#wakeOf(this.changed);
    this.throwIfEnded();
  }

  throwIfEnded(): void {
    if (this.status) throw new ProcessEnded();
  }

  /** Waits until one of the queues is woken, a signal is handled, or the process ends (which throws). */
  async waitOn(...queues: readonly WaitQueue[]): Promise<void> {
    this.throwIfEnded();
    await this.#wakeOf(this.changed, ...queues);
    while (this.isStopped && !this.status) await this.#wakeOf(this.changed);
    this.throwIfEnded();
  }

  #wakeOf(...queues: readonly WaitQueue[]): Promise<void> {
    return new Promise(resolve => {
      const places = new DisposableStore();
      const leave = () => {
        places.dispose();
        resolve();
      };
      for (const queue of queues) places.add(queue.join(leave));
    });
  }

  /** Sleeps in simulated time; signals do not shorten it unless they end the process. */
  async sleep(durationMs: number): Promise<void> {
    const alarm = new WaitQueue();
    let isOver = false;
    const timer = this.timeline.after(durationMs, () => {
      isOver = true;
      alarm.wake();
    });
    try {
      while (!isOver) await this.waitOn(alarm);
    } finally {
      timer.dispose();
    }
  }

  /** The promise's result, or {@link ProcessEnded} when the process ends first. */
  until<T>(promise: Promise<T>): Promise<T> {
    this.throwIfEnded();
    return new Promise((resolve, reject) => {
      const onAbort = () => reject(new ProcessEnded());
      this.abortSignal.addEventListener('abort', onAbort, { once: true });
      promise.then(resolve, reject).finally(() => this.abortSignal.removeEventListener('abort', onAbort));
    });
  }

  /** Reads from a descriptor: empty at its end, or when it is not open. */
  async read(descriptor: number, maxBytes = 65_536): Promise<Uint8Array> {
    for (;;) {
      await this.checkpoint();
      const file = this.files.get(descriptor);
      if (!file) return new Uint8Array(0);
      if (file.terminal && this.#mayNotRead(file.terminal)) {
        file.terminal.signalGroup(this.groupId, 'SIGTTIN');
        continue;
      }
      const bytes = file.tryRead(maxBytes);
      if (bytes) return bytes;
      await this.waitOn(file.changed);
    }
  }

  #mayNotRead(terminal: TerminalDevice): boolean {
    return (
      terminal === this.terminal &&
      terminal.foregroundGroup !== this.groupId &&
      this.dispositionOf('SIGTTIN') === 'default'
    );
  }

  /** Writes all of it, waiting for room; SIGPIPE when nobody can read it. A closed descriptor swallows it. */
  async write(descriptor: number, data: string | Uint8Array): Promise<void> {
    let rest = typeof data === 'string' ? encodeText(data) : data;
    while (rest.length > 0) {
      await this.checkpoint();
      const file = this.files.get(descriptor);
      if (!file) return;
      const taken = this.#tryWrite(file, rest);
      rest = rest.subarray(taken);
      if (taken === 0) await this.waitOn(file.changed);
    }
  }

  #tryWrite(file: OpenFile, bytes: Uint8Array): number {
    try {
      return file.tryWrite(bytes);
    } catch (error) {
      if (!(error instanceof BrokenPipe)) throw error;
      this.deliver('SIGPIPE');
      this.throwIfEnded();
      return bytes.length;
    }
  }
}
