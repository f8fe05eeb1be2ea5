/** Small programs about the process and its surroundings. */

import { ExecFailure, findExecutable } from '../launch';
import type { Program, Run } from '../system';
import { executeOr } from './child';
import { complain, print, readArguments } from './console';
import { formatDate, readDate } from './dates';
import { kernelRelease } from './kernelRelease';
import { hasOption, lastOption } from './options';
import { readDuration } from './timeout';
import { findUser } from './users';

export const sleep: Program = async run => {
  const durations = run.args.map(readDuration);
  if (durations.length === 0) return complain(run, "missing operand\nTry 'sleep --help' for more information.");
  const wrong = durations.indexOf(undefined);
  if (wrong >= 0)
    return complain(run, `invalid time interval ‘${run.args[wrong]}’\nTry 'sleep --help' for more information.`);
  const totalMs = durations.reduce<number>((total, duration) => total + (duration ?? 0), 0);
  if (!Number.isFinite(totalMs)) for (;;) await run.process.sleep(86_400_000);
  await run.process.sleep(totalMs);
  return 0;
};

export const env: Program = async run => {
  const parsed = readArguments(run.args, {
    short: 'iu:',
    long: { 'ignore-environment': false, unset: true },
    stopsAtOperand: true,
  });
  const { process } = run;
  if (hasOption(parsed, 'i', 'ignore-environment') || parsed.operands[0] === '-') process.environment = new Map();
  for (const name of [...(parsed.options.get('u') ?? []), ...(parsed.options.get('unset') ?? [])])
    process.environment.delete(name);
  const operands = parsed.operands[0] === '-' ? parsed.operands.slice(1) : [...parsed.operands];
  while (/^[^=]+=/.test(operands[0] ?? '')) {
    const assignment = operands.shift() as string;
    process.environment.set(
      assignment.slice(0, assignment.indexOf('=')),
      assignment.slice(assignment.indexOf('=') + 1),
    );
  }
  if (operands.length > 0)
    return executeOr(run.system, process, operands, failure => envFailure(run, operands[0] as string, failure));
  for (const [name, value] of process.environment) await print(run, `${name}=${value}\n`);
  return 0;
};

function envFailure(run: Run, name: string, failure: ExecFailure): Promise<number> {
  return complain(run, `‘${name}’: ${failure.text}`, failure.status);
}

export const printenv: Program = async run => {
  const names = run.args.length > 0 ? run.args : [...run.process.environment.keys()];
  let status = 0;
  for (const name of names) {
    const value = run.process.environment.get(name);
    if (value === undefined) status = 1;
    else await print(run, run.args.length > 0 ? `${value}\n` : `${name}=${value}\n`);
  }
  return status;
};

export const which: Program = async run => {
  const path = run.process.environment.get('PATH') ?? '';
  let status = 0;
  for (const name of run.args.filter(arg => !arg.startsWith('-'))) {
    try {
      await print(run, `${await findExecutable(run.system, run.process, name)}\n`);
    } catch (error) {
      if (!(error instanceof ExecFailure)) throw error;
      await run.process.write(2, `which: no ${name} in (${path})\n`);
      status = 1;
    }
  }
  return status;
};

export const whoami: Program = async run => {
  await print(run, `${run.process.user.name}\n`);
  return 0;
};

export const id: Program = async run => {
  const parsed = readArguments(run.args, {
    short: 'ugGn',
    long: { user: false, group: false, groups: false, name: false },
  });
  const name = parsed.operands[0];
  const user = name === undefined ? run.process.user : findUser(name);
  if (!user) return complain(run, `‘${name}’: no such user`);
  const wantsName = hasOption(parsed, 'n', 'name');
  if (hasOption(parsed, 'u', 'g', 'G', 'user', 'group', 'groups'))
    await print(run, `${wantsName ? user.name : user.id}\n`);
  else await print(run, `uid=${user.id}(${user.name}) gid=${user.id}(${user.name}) groups=${user.id}(${user.name})\n`);
  return 0;
};

export const hostname: Program = async run => {
  const { hostName, network } = run.system;
  const parsed = readArguments(run.args, { short: 'fsidI', long: { fqdn: false, short: false } });
  if (hasOption(parsed, 'i', 'I')) {
    const address = network.interfaces.find(one => one.name !== 'lo')?.address ?? '';
    await print(run, `${address}${hasOption(parsed, 'I') ? ' ' : ''}\n`);
  } else if (hasOption(parsed, 's', 'short')) await print(run, `${hostName.split('.')[0]}\n`);
  else if (hasOption(parsed, 'd')) await print(run, `${hostName.split('.').slice(1).join('.')}\n`);
  else await print(run, `${hostName}\n`);
  return 0;
};

export const uname: Program = async run => {
  const parsed = readArguments(run.args, {
    short: 'asnrvmpio',
    long: { all: false, 'kernel-name': false, nodename: false, 'kernel-release': false, machine: false },
  });
  const fields: readonly (readonly [string, string])[] = [
    ['s', 'Linux'],
    ['n', run.system.hostName],
    ['r', kernelRelease],
    ['v', '#1 SMP PREEMPT_DYNAMIC Tue Oct 14 08:28:04 UTC 2026'],
    ['m', 'x86_64'],
    ['p', 'x86_64'],
    ['i', 'x86_64'],
    ['o', 'GNU/Linux'],
  ];
  const isAll = hasOption(parsed, 'a', 'all');
  const wanted = fields.filter(([letter]) => isAll || parsed.options.has(letter));
  await print(run, `${(wanted.length > 0 ? wanted : fields.slice(0, 1)).map(([, text]) => text).join(' ')}\n`);
  return 0;
};

export const clear: Program = async run => {
  await print(run, '\x1b[H\x1b[2J\x1b[3J');
  return 0;
};

export const date: Program = async run => {
  const parsed = readArguments(run.args, {
    short: 'ud:Rr:I',
    long: { utc: false, date: true, 'rfc-email': false, 'iso-8601': false },
  });
  const text = lastOption(parsed, 'd', 'date');
  const timeMs = text === undefined ? run.process.timeline.now() : readDate(text, run.process.timeline.now());
  if (timeMs === undefined) return complain(run, `invalid date ‘${text}’`);
  const format = parsed.operands[0];
  if (format !== undefined && !format.startsWith('+')) {
    await complain(run, `cannot set date: Operation not permitted`);
    return 1;
  }
  const standard = hasOption(parsed, 'R')
    ? '%a, %d %b %Y %H:%M:%S %z'
    : hasOption(parsed, 'I', 'iso-8601')
      ? '%Y-%m-%d'
      : '%a %b %e %H:%M:%S %Z %Y';
  await print(run, `${formatDate(timeMs, format?.slice(1) ?? standard)}\n`);
  return 0;
};

export const tty: Program = async run => {
  const name = run.process.files.get(0)?.terminal?.name;
  await print(run, name ? `/dev/${name}\n` : 'not a tty\n');
  return name ? 0 : 1;
};

export const nproc: Program = async run => {
  await print(run, '1\n');
  return 0;
};

export const nohup: Program = run => {
  run.process.handle('SIGHUP', 'ignore');
  return executeOr(run.system, run.process, run.args, failure =>
    complain(run, `failed to run command ‘${run.args[0]}’: ${failure.text}`, failure.status),
  );
};

/** `nice`, `setsid`, `stdbuf -oL`: nothing here depends on what they change. */
export const transparent: Program = run => {
  const parsed = readArguments(run.args, { short: 'n:o:e:i:wfc', stopsAtOperand: true });
  return executeOr(run.system, run.process, parsed.operands, failure =>
    complain(run, `failed to run command ‘${parsed.operands[0]}’: ${failure.text}`, failure.status),
  );
};
