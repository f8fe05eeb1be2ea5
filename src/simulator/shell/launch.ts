/** exec(3): from a command's name to a running program. */
import { programNameIn } from './files/executable';
import type { Process } from './kernel/process';
import type { GuestSystem } from './system';

export const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin';

export type ExecFailureReason = 'notFound' | 'noSuchFile' | 'denied' | 'isDirectory';

/** A program that could not be started. `notFound`: nowhere on the path; `noSuchFile`: a path that does not exist. */
export class ExecFailure extends Error {
  constructor(readonly reason: ExecFailureReason) {
    super(reason);
  }

  /** strerror(3) of what execve(2) answered. */
  get text(): string {
    if (this.reason === 'denied' || this.reason === 'isDirectory') return 'Permission denied';
    return 'No such file or directory';
  }

  /** 127 when there is no such program, else 126 (POSIX, Shell Command Language 2.8.2). */
  get status(): number {
    return this.reason === 'notFound' || this.reason === 'noSuchFile' ? 127 : 126;
  }
}

/** The file that a command's name means: itself when it has a slash, else the first executable on the path. Throws {@link ExecFailure}. */
export async function findExecutable(system: GuestSystem, process: Process, name: string): Promise<string> {
  const files = system.disk.as(process.user);
  if (name.includes('/')) {
    const path = files.resolvePath(process.workingDirectory, name);
    if (!(await files.exists(path))) throw new ExecFailure('noSuchFile');
    const stat = await files.stat(path);
    if (stat.isDirectory) throw new ExecFailure('isDirectory');
    if ((stat.mode & 0o111) === 0) throw new ExecFailure('denied');
    return path;
  }
  for (const directory of (process.environment.get('PATH') ?? defaultPath).split(':')) {
    const path = files.resolvePath(process.workingDirectory, `${directory || '.'}/${name}`);
    if (name === '' || !(await files.exists(path))) continue;
    const stat = await files.stat(path);
    if (!stat.isDirectory && (stat.mode & 0o111) !== 0) return path;
  }
  throw new ExecFailure('notFound');
}

/** Becomes the program `argv[0]` in this process: its own, a script's interpreter, or the shell for a file without one. */
export async function execute(system: GuestSystem, process: Process, argv: readonly string[]): Promise<number> {
  const [name = '', ...args] = argv;
  const path = await findExecutable(system, process, name);
  return executeFile(system, process, path, name, args);
}

async function executeFile(
  system: GuestSystem,
  process: Process,
  path: string,
  name: string,
  args: readonly string[],
): Promise<number> {
  const content = await system.disk.as(process.user).readFile(path);
  const programName = programNameIn(content);
  if (programName === undefined) return executeScript(system, process, path, content, args);
  const program = system.programs.get(programName);
  if (!program) throw new ExecFailure('denied');
  process.commandLine = [name, ...args];
  return program({ name, args, process, system });
}

async function executeScript(
  system: GuestSystem,
  process: Process,
  path: string,
  content: string,
  args: readonly string[],
): Promise<number> {
  const line = /^#![ \t]*(\S+)(?:[ \t]+(.*\S))?[ \t]*(?:\n|$)/.exec(content);
  const interpreter = line?.[1] ?? '/usr/bin/sh';
  const options = line?.[2] ? [line[2]] : [];
  const executable = await findExecutable(system, process, interpreter);
  return executeFile(system, process, executable, interpreter, [...options, path, ...args]);
}
