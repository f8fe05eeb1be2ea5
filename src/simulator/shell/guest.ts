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

export interface Guest {
  readonly network: HostNetwork;
  /** `command` undefined: a login-like interactive `sh`; else `sh -c command`. Runs as `ssm-user`. */
  openTerminal(command: string | undefined): GuestTerminal;
  shutDown(): void;
}
