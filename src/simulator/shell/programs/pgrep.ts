/** pgrep(1) and pkill(1) of procps-ng. */
import type { Process } from '../kernel/process';
import { parseSignal } from '../kernel/signals';
import type { Program, Run } from '../system';
import { baseName, complain, print, readArguments } from './console';
import { hasOption, lastOption, type ParsedArguments } from './options';

const grammar = {
  short: 'flaxcnoviu:U:P:g:t:s:',
  long: {
    full: false,
    'list-name': false,
    'list-full': false,
    exact: false,
    count: false,
    signal: true,
    newest: false,
    oldest: false,
  },
};

/** The processes that the arguments name, without the asking one; a text when they name none properly. */
function select(run: Run, parsed: ParsedArguments): readonly Process[] | string {
  const [pattern, extra] = parsed.operands;
  if (pattern === undefined && !parsed.options.has('u') && !parsed.options.has('P'))
    return 'no matching criteria specified';
  if (extra !== undefined) return 'only one pattern can be provided';
  const isFull = hasOption(parsed, 'f', 'full');
  const source = hasOption(parsed, 'x', 'exact') ? `^(?:${pattern ?? ''})$` : (pattern ?? '');
  let matcher: RegExp;
  try {
    matcher = new RegExp(source, hasOption(parsed, 'i') ? 'i' : '');
  } catch {
    return 'Invalid regular expression';
  }
  const users = lastOption(parsed, 'u', 'U')?.split(',');
  const parents = lastOption(parsed, 'P')?.split(',');
  const found = run.system.kernel.processes.filter(
    process =>
      process !== run.process &&
      matcher.test(isFull ? process.commandLine.join(' ') : nameOf(process)) &&
      (!users || users.includes(process.user.name) || users.includes(String(process.user.id))) &&
      (!parents || parents.includes(String(process.parentPid))),
  );
  if (hasOption(parsed, 'n', 'newest')) return found.slice(-1);
  return hasOption(parsed, 'o', 'oldest') ? found.slice(0, 1) : found;
}

/** The kernel's name of a program: at most 15 letters; a title that it gave itself does not change it. */
function nameOf({ commandLine }: Process): string {
  return baseName((commandLine[0] ?? '').replace(/^-/, '').replace(/:.*$/, '')).slice(0, 15);
}

export const pgrep: Program = async run => {
  const parsed = readArguments(run.args, grammar);
  const found = select(run, parsed);
  if (typeof found === 'string') return complain(run, found, 2);
  if (hasOption(parsed, 'c', 'count')) await print(run, `${found.length}\n`);
  else {
    const text = (process: Process) =>
      hasOption(parsed, 'a', 'list-full')
        ? ` ${process.commandLine.join(' ')}`
        : hasOption(parsed, 'l', 'list-name')
          ? ` ${nameOf(process)}`
          : '';
    await print(run, found.map(process => `${process.pid}${text(process)}\n`).join(''));
  }
  return found.length > 0 ? 0 : 1;
};

export const pkill: Program = async run => {
  const given = run.args.find(arg => /^-(?:\d+|(?:SIG)?[A-Z][A-Z0-9]+)$/.test(arg));
  const parsed = readArguments(
    run.args.filter(arg => arg !== given),
    grammar,
  );
  const name = given?.slice(1) ?? lastOption(parsed, 'signal') ?? 'TERM';
  const signal = parseSignal(name);
  if (!signal) return complain(run, `Unknown signal "${name}".`, 2);
  const found = select(run, parsed);
  if (typeof found === 'string') return complain(run, found, 2);
  let status = found.length > 0 ? 0 : 1;
  for (const process of found) {
    if (run.process.isRoot || process.user.id === run.process.user.id) process.deliver(signal);
    else status = await complain(run, `killing pid ${process.pid} failed: Operation not permitted`);
  }
  return status;
};
