/** Starting pipelines as jobs, and waiting for them. */

import type { Main } from '../kernel/kernel';
import { NullFile, type OpenFile } from '../kernel/openFile';
import { openPipe } from '../kernel/pipe';
import type { Process } from '../kernel/process';
import { CommandInterrupted } from './flow';
import { isDone, isStopped, type Job, statusOf } from './jobs';
import type { ShellContext } from './shellContext';
import { resetForChild } from './traps';

/** One command of a pipeline, ready to run in a child process. */
export interface Stage {
  readonly commandLine: readonly string[];
  readonly main: Main;
  /** `|&`: its standard error goes into the pipe as well. */
  readonly pipesErrors: boolean;
}

/** Starts all stages at once, connected by pipes; under job control in a group of their own. */
export function startPipeline(
  shell: ShellContext,
  stages: readonly Stage[],
  options: { isBackground: boolean; text: string },
): Job {
  const processes: Process[] = [];
  let groupId: number | undefined;
  let input: OpenFile | undefined = options.isBackground && !shell.isInteractive ? new NullFile().retain() : undefined;
  for (const [index, stage] of stages.entries()) {
    const pipe = index < stages.length - 1 ? openPipe() : undefined;
    const files = new Map(shell.process.files);
    if (input) files.set(0, input);
    if (pipe) files.set(1, pipe.writeEnd);
    if (pipe && stage.pipesErrors) files.set(2, pipe.writeEnd);
    const child = shell.system.kernel.spawn(shell.process, {
      commandLine: stage.commandLine,
      main: stage.main,
      files,
      groupId: groupId ?? (shell.isInteractive ? 'own' : shell.process.groupId),
    });
    resetForChild(shell, child);
    // POSIX 2.11: without job control, what runs in the background does not hear the keyboard's signals.
    if (options.isBackground && !shell.isInteractive)
      for (const signal of ['SIGINT', 'SIGQUIT'] as const) child.handle(signal, 'ignore');
    groupId ??= child.groupId;
    input?.release();
    input = pipe?.readEnd.retain();
    processes.push(child);
  }
  const job = shell.jobs.add(processes, groupId ?? shell.process.groupId, options.text);
  job.isBackground = options.isBackground;
  if (options.isBackground) shell.lastBackgroundPid = processes.at(-1)?.pid;
  return job;
}

/** Waits for a job in the foreground and gives its status; it stays in the table only when it was stopped. */
export async function waitInForeground(shell: ShellContext, job: Job): Promise<number> {
  const { process } = shell;
  const terminal = shell.isInteractive ? process.terminal : undefined;
  job.isBackground = false;
  if (terminal) terminal.foregroundGroup = job.groupId;
  shell.isWaitingForChild = true;
  try {
    while (!isDone(job) && !(shell.isInteractive && isStopped(job)))
      await process.waitOn(...job.processes.map(child => child.changed));
  } finally {
    shell.isWaitingForChild = false;
    if (terminal) terminal.foregroundGroup = process.groupId;
  }
  if (isDone(job)) return finish(shell, job);
  job.isBackground = true;
  await process.write(2, `\n${shell.jobs.describe(job)}\n`);
  return 128 + 20;
}

async function finish(shell: ShellContext, job: Job): Promise<number> {
  shell.jobs.remove(job);
  shell.variables.set(
    'PIPESTATUS',
    job.processes.map(child => String(statusOf({ ...job, processes: [child] }))),
  );
  const signal = job.processes.at(-1)?.status?.signal;
  const diedOfInterrupt = signal === 'SIGINT';
  const hadInterrupt = shell.wasInterrupted;
  shell.wasInterrupted = false;
  if (diedOfInterrupt && !shell.traps.has('SIGINT')) {
    if (shell.isInteractive) {
      await shell.process.write(2, '\n');
      shell.lastStatus = statusOf(job);
      throw new CommandInterrupted();
    }
    if (hadInterrupt) {
      shell.process.end({ code: 0, signal: 'SIGINT' });
      shell.process.throwIfEnded();
    }
  }
  if (signal && signal !== 'SIGINT' && signal !== 'SIGPIPE' && !shell.isCommandString) await reportSignal(shell, job);
  return pipelineStatus(shell, job);
}

async function reportSignal(shell: ShellContext, job: Job): Promise<void> {
  const line = shell.jobs.describe(job).replace(/^\[\d+\].\s+/, '');
  const child = job.processes.at(-1) as Process;
  const state = line.slice(0, 24).trimEnd();
  if (shell.isInteractive) await shell.process.write(2, `${state}\n`);
  else await shell.complain(`${child.pid} ${state.padEnd(24)}${job.text}`);
}

function pipelineStatus(shell: ShellContext, job: Job): number {
  if (!shell.options.pipefail) return statusOf(job);
  const failed = job.processes.filter(child => child.status?.signal || child.status?.code).at(-1);
  return failed ? statusOf({ ...job, processes: [failed] }) : 0;
}
