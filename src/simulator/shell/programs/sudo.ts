/** sudo(8): ssm-user may do anything without a password (`/etc/sudoers.d/ssm-agent-users`). */
import { waitForEnd } from '../kernel/kernel';
import { rootUser, type User } from '../kernel/process';
import type { Program, Run } from '../system';
import { startChild } from './child';
import { complain, readArguments } from './console';
import { hasOption, lastOption } from './options';
import { findUser } from './users';

const securePath = '/sbin:/bin:/usr/sbin:/usr/bin';
export const sudo: Program = async run => {
  const parsed = readArguments(run.args, {
    short: 'nSkKvlbEHisu:g:p:',
    long: {
      'non-interactive': false,
      user: true,
      login: false,
      shell: false,
      'preserve-env': false,
      list: false,
      'set-home': false,
      stdin: false,
    },
    stopsAtOperand: true,
  });
  const rules = await run.system.disk.as(rootUser).exists('/etc/sudoers.d/ssm-agent-users');
  if (!run.process.isRoot && !rules) return complain(run, 'a password is required');
  const userName = lastOption(parsed, 'u', 'user') ?? 'root';
  const user = findUser(userName);
  if (!user) return complain(run, `unknown user: ${userName}`);
  if (hasOption(parsed, 'v', 'k', 'K') && parsed.operands.length === 0) return 0;
  if (hasOption(parsed, 'l', 'list')) return listRights(run);
  const isLogin = hasOption(parsed, 'i', 'login');
  const { argv, assignments } = splitAssignments(parsed.operands);
  if (argv.length === 0 && !isLogin && !hasOption(parsed, 's', 'shell')) {
    await run.process.write(
      2,
      'usage: sudo -h | -K | -k | -V\nusage: sudo [-ABbEHnPS] [-u user] [VAR=value] [-i | -s] [command [arg ...]]\n',
    );
    return 1;
  }
  const keepsEnvironment = hasOption(parsed, 'E', 'preserve-env');
  const environment = environmentFor(run, user, argv, keepsEnvironment);
  for (const [name, value] of assignments) environment.set(name, value);
  return runAs(run, user, commandFor(argv, isLogin, hasOption(parsed, 's', 'shell')), environment, isLogin);
};

function splitAssignments(operands: readonly string[]): {
  argv: readonly string[];
  assignments: readonly (readonly [string, string])[];
} {
  const count = operands.findIndex(operand => !/^[A-Za-z_]\w*=/.test(operand));
  const end = count < 0 ? operands.length : count;
  const assignments = operands
    .slice(0, end)
    .map(text => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)] as const);
  return { argv: operands.slice(end), assignments };
}

function commandFor(argv: readonly string[], isLogin: boolean, isShell: boolean): readonly string[] {
  if (!isLogin && !isShell) return argv;
  return argv.length === 0 ? ['/bin/bash'] : ['/bin/bash', '-c', argv.join(' ')];
}

function environmentFor(run: Run, user: User, argv: readonly string[], keepsAll: boolean): Map<string, string> {
  const outer = run.process.environment;
  const kept = ['TERM', 'LANG', 'LC_ALL', 'DISPLAY', 'PS1', 'AWS_PAGER'];
  const names = keepsAll ? [...outer.keys()] : kept;
  const environment = new Map<string, string>();
  for (const name of names) if (outer.has(name)) environment.set(name, outer.get(name) as string);
  environment.set('PATH', securePath);
  environment.set('HOME', user.home);
  environment.set('USER', user.name);
  environment.set('LOGNAME', user.name);
  environment.set('SHELL', '/bin/bash');
  environment.set('SUDO_USER', run.process.user.name);
  environment.set('SUDO_UID', String(run.process.user.id));
  environment.set('SUDO_COMMAND', argv.join(' '));
  return environment;
}

/**
 * Runs the command in sudo's own group: the keyboard's signals reach both, and sudo waits to see how the command took them. Where there
 * is no keyboard, a signal comes from another process, and sudo passes it on (sudo(8), "Signal handling").
 */
export async function runAs(
  run: Run,
  user: User,
  argv: readonly string[],
  environment: ReadonlyMap<string, string>,
  startsAtHome: boolean,
): Promise<number> {
  const { process } = run;
  const child = startChild(
    run,
    argv,
    { user, environment, ...(startsAtHome ? { workingDirectory: user.home } : {}) },
    async (failure, self) => {
      const what =
        failure.reason === 'notFound' || failure.reason === 'noSuchFile' ? 'command not found' : failure.text;
      await self.write(2, `sudo: ${argv[0]}: ${what}\n`);
      return 1;
    },
  );
  for (const signal of ['SIGINT', 'SIGQUIT'] as const)
    process.handle(signal, () => (process.terminal ? undefined : child.deliver(signal)));
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.handle(signal, () => child.deliver(signal));
  const status = await waitForEnd(process, child);
  if (!status.signal) return status.code;
  process.end(status);
  process.throwIfEnded();
  return 0;
}

async function listRights(run: Run): Promise<number> {
  const name = run.process.user.name;
  await run.process.write(
    1,
    `User ${name} may run the following commands on ${run.system.hostName.split('.')[0]}:\n    (ALL) NOPASSWD: ALL\n`,
  );
  return 0;
}

export const su: Program = async run => {
  const parsed = readArguments(run.args, { short: 'lc:s:', long: { login: false, command: true } });
  const operands = parsed.operands.filter(operand => operand !== '-');
  const user = findUser(operands[0] ?? 'root');
  if (!user)
    return complain(
      run,
      `user ${operands[0]} does not exist or the user entry does not contain all the required fields`,
    );
  if (!run.process.isRoot) {
    await run.process.write(2, 'Password: \n');
    return complain(run, 'Authentication failure');
  }
  const command = lastOption(parsed, 'c', 'command');
  const isLogin = parsed.operands.includes('-') || hasOption(parsed, 'l', 'login');
  const argv = command === undefined ? ['/bin/bash'] : ['/bin/bash', '-c', command];
  const environment = new Map(run.process.environment)
    .set('HOME', user.home)
    .set('USER', user.name)
    .set('LOGNAME', user.name);
  return runAs(run, user, argv, environment, isLogin);
};
