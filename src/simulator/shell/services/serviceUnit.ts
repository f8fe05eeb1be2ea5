import type { Process, User } from '../kernel/process';

/** A systemd service as its unit file describes it (systemd.service(5)). */
export interface ServiceUnit {
  /** Without `.service`. */
  readonly name: string;
  readonly description: string;
  /** The package that brings it; undefined when the image has it. */
  readonly packageName?: string;
  /** Whether it is enabled when nobody has said anything. */
  readonly isEnabledByPreset: boolean;
  /** ExecStartPre: each must succeed. */
  readonly preparations?: readonly (readonly string[])[];
  /** ExecStart, as `ps` shows it. */
  readonly command: readonly string[];
  /** The command starts the real processes and ends (`Type=forking`). */
  readonly isForking?: boolean;
  readonly user?: User;
  /** What runs, when it is no program of its own. */
  readonly main?: (process: Process) => Promise<number>;
  /** It re-reads its configuration at SIGHUP. */
  readonly reloads?: boolean;
}

export type ActiveState = 'active' | 'inactive' | 'failed' | 'activating' | 'deactivating';

export function unitFile(name: string): string {
  return `${name}.service`;
}
