/** An instance's operating system, as the agent and the practice cloud see it. */
import type { HostNetwork } from '../network/hostNetwork';

export type Signal = 'SIGHUP' | 'SIGINT' | 'SIGQUIT' | 'SIGKILL' | 'SIGTERM';

/** A running session leader on its own pseudo terminal; the holder of this is at the master side. */
export interface GuestTerminal {
  /** What the terminal shows, at most `maxBytes`; waits for the first byte; undefined when the last process let go of it. */
  read(maxBytes: number): Promise<Uint8Array | undefined>;
  /** Keys; the line discipline turns 0x03 into SIGINT for the foreground group, echoes, and so on. */
  write(bytes: Uint8Array): void;
  resize(columns: number, rows: number): void;
  /** SIGKILL to the leader, SIGHUP to the rest, the terminal is gone. */
  hangUp(): void;
  /** The leader's exit status. */
  readonly exited: Promise<number>;
}

/** How a program ended: its exit code, or the signal that killed it. */
export interface GuestExit {
  readonly code: number;
  readonly signal?: string;
}

/** A program without a terminal: it has no input, and its output is read from pipes or from a file. */
export interface GuestProcess {
  /**
   * The next bytes that it wrote, at most `maxBytes`; waits for the first; undefined when nobody can write any more. From a file: what is
   * there, undefined at its end.
   */
  readOutput(maxBytes: number): Promise<Uint8Array | undefined>;
  /** The same for standard error; at its end from the beginning when both streams go into one file. */
  readError(maxBytes: number): Promise<Uint8Array | undefined>;
  /** To this process alone. */
  signal(signal: Signal): void;
  /** Nobody reads any more: who still writes gets SIGPIPE. */
  release(): void;
  readonly exited: Promise<GuestExit>;
}

export interface GuestProcessOptions {
  /** `pipes`: one for each stream. `file`: both streams into one file. */
  readonly output: 'pipes' | 'file';
  /** Run as root, not as `ssm-user`. */
  readonly isElevated: boolean;
}

export interface Guest {
  readonly network: HostNetwork;
  /** Whether Session Manager's agent runs; without it there are no sessions. */
  readonly isAgentRunning: boolean;
  /** `command` undefined: a login-like interactive `sh`; else `sh -c command`. Runs as `ssm-user`, or as root when `isElevated`. */
  openTerminal(command: string | undefined, isElevated?: boolean): GuestTerminal;
  /** Starts a program directly, without a shell; rejects with an `ExecFailure` when there is no such program. */
  startProcess(argv: readonly string[], options: GuestProcessOptions): Promise<GuestProcess>;
  shutDown(): void;
}
