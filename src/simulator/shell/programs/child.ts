import type { SpawnOptions } from '../kernel/kernel';
import type { Process } from '../kernel/process';
import { ExecFailure, execute } from '../launch';
import type { GuestSystem, Run } from '../system';

/**
 * Starts another program as a child. When it cannot be started, the child says so by `onFailure`, which gives its exit code.
 */
export function startChild(
  run: Run,
  argv: readonly string[],
  options: Omit<SpawnOptions, 'main' | 'commandLine'>,
  onFailure: (failure: ExecFailure, child: Process) => Promise<number>,
): Process {
  return run.system.kernel.spawn(run.process, {
    ...options,
    commandLine: argv,
    main: child => executeOr(run.system, child, argv, failure => onFailure(failure, child)),
  });
}

/** Becomes another program; `onFailure` gives the exit code when there is none. */
export async function executeOr(
  system: GuestSystem,
  process: Process,
  argv: readonly string[],
  onFailure: (failure: ExecFailure) => Promise<number>,
): Promise<number> {
  try {
    return await execute(system, process, argv);
  } catch (error) {
    if (!(error instanceof ExecFailure)) throw error;
    return onFailure(error);
  }
}
