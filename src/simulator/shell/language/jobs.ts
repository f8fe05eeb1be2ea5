import { type Process, shellStatusOf } from '../kernel/process';
import { describeSignal } from '../kernel/signals';

/** A pipeline that the shell started: all its processes, and the group they form under job control. */
export interface Job {
  readonly number: number;
  readonly groupId: number;
  readonly processes: readonly Process[];
  readonly text: string;
  isBackground: boolean;
  wasReported: boolean;
}

export function isDone(job: Job): boolean {
  return job.processes.every(process => process.status);
}

export function isStopped(job: Job): boolean {
  return !isDone(job) && job.processes.every(process => process.status || process.isStopped);
}

/** `$?` of a job: its last process's. */
export function statusOf(job: Job): number {
  const last = job.processes.at(-1);
  return last?.status ? shellStatusOf(last.status) : 0;
}

/** The shell's table of background and stopped jobs. */
export class Jobs {
  readonly #jobs: Job[] = [];
  /** Statuses of finished background processes, for `wait` and `$!`; the oldest are forgotten. */
  readonly #finished = new Map<number, number>();

  get all(): readonly Job[] {
    return this.#jobs;
  }

  add(processes: readonly Process[], groupId: number, text: string): Job {
    const number = (this.#jobs.at(-1)?.number ?? 0) + 1;
    const job: Job = { number, groupId, processes, text, isBackground: true, wasReported: false };
    this.#jobs.push(job);
    return job;
  }

  remove(job: Job): void {
    const index = this.#jobs.indexOf(job);
    if (index >= 0) this.#jobs.splice(index, 1);
    const pid = job.processes.at(-1)?.pid;
    if (pid === undefined || !isDone(job)) return;
    this.#finished.set(pid, statusOf(job));
    if (this.#finished.size > 64) this.#finished.delete(this.#finished.keys().next().value as number);
  }

  /** `%1`, `%+`, `%%`, `%-`, `%name`, or the newest one for no text. */
  find(text: string | undefined): Job | undefined {
    if (text === undefined || text === '%' || text === '%%' || text === '%+') return this.#jobs.at(-1);
    if (text === '%-') return this.#jobs.at(-2) ?? this.#jobs.at(-1);
    const name = text.slice(1);
    return this.#jobs.find(job => (/^\d+$/.test(name) ? job.number === Number(name) : job.text.startsWith(name)));
  }

  findByPid(pid: number): Job | undefined {
    return this.#jobs.find(job => job.processes.some(process => process.pid === pid));
  }

  finishedStatus(pid: number): number | undefined {
    return this.#finished.get(pid);
  }

  /** One line of `jobs`, also printed when a job ends or stops. */
  describe(job: Job): string {
    const mark = job === this.#jobs.at(-1) ? '+' : job === this.#jobs.at(-2) ? '-' : ' ';
    const state = stateText(job).padEnd(24);
    const ampersand = stateText(job) === 'Running' && job.isBackground ? ' &' : '';
    return `[${job.number}]${mark}  ${state}${job.text}${ampersand}`;
  }
}

function stateText(job: Job): string {
  if (isStopped(job)) return 'Stopped';
  if (!isDone(job)) return 'Running';
  const status = job.processes.at(-1)?.status;
  if (status?.signal) return describeSignal(status.signal);
  return status?.code ? `Exit ${status.code}` : 'Done';
}
