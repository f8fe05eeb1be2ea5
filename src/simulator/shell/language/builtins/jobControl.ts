import { quoteForShell } from '../../../../base/shellQuoting';
import { sendSignals } from '../../kernel/sendSignals';
import { parseSignal, signalNames, signalNumbers } from '../../kernel/signals';
import { isDone, isStopped, type Job, statusOf } from '../jobs';
import { waitInForeground } from '../pipelines';
import type { ShellContext } from '../shellContext';
import { setTrap } from '../traps';
import type { Builtin } from './builtin';

export const jobs: Builtin = async (shell, args) => {
  for (const job of [...shell.jobs.all]) {
    if (args.includes('-p')) await shell.print(`${job.processes[0]?.pid}\n`);
    else await shell.print(`${shell.jobs.describe(job)}\n`);
    if (isDone(job)) shell.jobs.remove(job);
  }
  return 0;
};

/** Waits until `isOver`; gives a status above 128 when a trapped signal comes first. */
async function waitUntil(shell: ShellContext, targets: readonly Job[]): Promise<number | undefined> {
  const { process } = shell;
  while (!targets.every(isDone)) {
    await process.waitOn(...targets.flatMap(job => job.processes.map(child => child.changed)));
    const [signal] = shell.pendingTraps;
    if (signal) return 128 + signalNumbers[signal];
    if (shell.wasInterrupted) return 130;
  }
  return undefined;
}

export const wait: Builtin = async (shell, args) => {
  const operands = args.filter(arg => arg !== '-n' && arg !== '-f');
  if (operands.length === 0) {
    const targets = shell.jobs.all.filter(job => !isStopped(job));
    const interrupted = await waitUntil(shell, targets);
    if (interrupted !== undefined) return interrupted;
    for (const job of targets) shell.jobs.remove(job);
    return 0;
  }
  let status = 0;
  for (const operand of operands) status = await waitForOperand(shell, operand);
  return status;
};

async function waitForOperand(shell: ShellContext, operand: string): Promise<number> {
  const job = operand.startsWith('%') ? shell.jobs.find(operand) : shell.jobs.findByPid(Number(operand));
  if (job) {
    const interrupted = await waitUntil(shell, [job]);
    if (interrupted !== undefined) return interrupted;
    shell.jobs.remove(job);
    return statusOf(job);
  }
  const finished = shell.jobs.finishedStatus(Number(operand));
  if (finished !== undefined) return finished;
  const what = operand.startsWith('%') ? `${operand}: no such job` : `pid ${operand} is not a child of this shell`;
  await shell.complain(`wait: ${what}`);
  return 127;
}

async function jobFor(shell: ShellContext, command: string, text: string | undefined): Promise<Job | undefined> {
  if (!shell.isInteractive) {
    await shell.complain(`${command}: no job control`);
    return undefined;
  }
  const job = shell.jobs.find(text === undefined || text.startsWith('%') ? text : `%${text}`);
  if (!job) await shell.complain(`${command}: ${text ?? 'current'}: no such job`);
  return job;
}

export const foreground: Builtin = async (shell, args) => {
  const job = await jobFor(shell, 'fg', args[0]);
  if (!job) return 1;
  await shell.print(`${job.text}\n`);
  const terminal = shell.process.terminal;
  if (terminal) terminal.foregroundGroup = job.groupId;
  shell.system.kernel.signalGroup(job.groupId, 'SIGCONT');
  return waitInForeground(shell, job);
};

export const background: Builtin = async (shell, args) => {
  const job = await jobFor(shell, 'bg', args[0]);
  if (!job) return 1;
  job.isBackground = true;
  shell.system.kernel.signalGroup(job.groupId, 'SIGCONT');
  await shell.print(`[${job.number}]+ ${job.text} &\n`);
  return 0;
};

export const kill: Builtin = async (shell, args) => {
  const operands = args.map(arg => {
    const job = arg.startsWith('%') ? shell.jobs.find(arg) : undefined;
    if (!job) return arg;
    return shell.isInteractive ? `-${job.groupId}` : String(job.processes[0]?.pid);
  });
  return sendSignals(shell.system.kernel, shell.process, operands, text => shell.complain(`kill: ${text}`));
};

export const trap: Builtin = async (shell, args) => {
  const [first, ...rest] = args[0] === '--' ? args.slice(1) : args;
  if (first === undefined || first === '-p') {
    for (const [signal, text] of shell.traps) await shell.print(`trap -- ${quoteForShell(text)} ${signal}\n`);
    return 0;
  }
  if (first === '-l') {
    await shell.print(`${signalNames.map(name => `${signalNumbers[name]}) ${name}`).join('\n')}\n`);
    return 0;
  }
  const isReset = first === '-' || rest.length === 0;
  const names = rest.length === 0 && first !== '-' ? [first] : rest;
  let status = 0;
  for (const name of names) {
    const signal = name === 'EXIT' || name === '0' ? 'EXIT' : parseSignal(name);
    if (signal) setTrap(shell, signal, isReset ? undefined : first);
    else {
      await shell.complain(`trap: ${name}: invalid signal specification`);
      status = 1;
    }
  }
  return status;
};
