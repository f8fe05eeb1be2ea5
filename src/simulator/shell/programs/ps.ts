import type { Process } from '../kernel/process';
import type { Program, Run } from '../system';
import { print } from './console';
import { formatDate } from './dates';

/** ps(1) in its three common forms: own terminal, `-ef`, `aux`. */
export const ps: Program = async run => {
  const letters = run.args
    .filter(arg => /^-?[a-zA-Z]+$/.test(arg))
    .join('')
    .replaceAll('-', '');
  const showsAll = /[eAax]/.test(letters);
  const all = [...run.system.kernel.processes].sort((left, right) => left.pid - right.pid);
  const shown = showsAll
    ? all
    : all.filter(process => process.terminal === run.process.terminal && process.user.id === run.process.user.id);
  const rows = letters.includes('f')
    ? fullRows(shown)
    : /^a?u|u/.test(letters)
      ? userRows(run, shown)
      : briefRows(shown);
  await print(run, rows.map(row => `${row}\n`).join(''));
  return 0;
};

function terminalOf(process: Process): string {
  return (process.terminal?.name ?? '?').padEnd(8);
}

/** A name that does not fit is cut, with a `+` (ps(1), procps-ng). */
function userOf({ user: { name } }: Process): string {
  return (name.length > 8 ? `${name.slice(0, 7)}+` : name).padEnd(8);
}

function commandOf(process: Process): string {
  return process.commandLine.join(' ');
}

function briefRows(processes: readonly Process[]): string[] {
  const name = (process: Process) => (process.commandLine[0] ?? '').replace(/^.*\//, '');
  return [
    '    PID TTY          TIME CMD',
    ...processes.map(one => `${String(one.pid).padStart(7)} ${terminalOf(one)} 00:00:00 ${name(one)}`),
  ];
}

function fullRows(processes: readonly Process[]): string[] {
  const row = (one: Process) =>
    `${userOf(one)} ${String(one.pid).padStart(7)} ${String(one.parentPid).padStart(7)}  0 ${formatDate(one.startedMs, '%H:%M')} ${terminalOf(one)} 00:00:00 ${commandOf(one)}`;
  return ['UID          PID    PPID  C STIME TTY          TIME CMD', ...processes.map(row)];
}

function userRows(run: Run, processes: readonly Process[]): string[] {
  const state = (one: Process) =>
    one === run.process ? 'R+' : one.isStopped ? 'T ' : one.terminal?.foregroundGroup === one.groupId ? 'S+' : 'S ';
  const row = (one: Process) =>
    `${userOf(one)} ${String(one.pid).padStart(7)}  0.0  0.3 223340  3412 ${terminalOf(one)} ${state(one)}   ${formatDate(one.startedMs, '%H:%M')}   0:00 ${commandOf(one)}`;
  return ['USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND', ...processes.map(row)];
}
