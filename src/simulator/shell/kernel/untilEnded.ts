import type { ExitStatus, Process } from './process';
import { nextWake } from './waitQueue';

/** Resolves when a process has ended, for those who are no process themselves. */
export async function untilEnded(process: Process): Promise<ExitStatus> {
  while (!process.status) await nextWake(process.changed);
  return process.status;
}

/** The life of a process that does nothing but leave with its master. */
export async function liveWith(master: Process, self: Process): Promise<number> {
  while (!master.status) await self.waitOn(master.changed);
  return 0;
}
