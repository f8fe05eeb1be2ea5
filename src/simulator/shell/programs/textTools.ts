/** Text tools of just-bash, one invocation each: they get all their input at once and give their output at the end. */
import { Bash } from 'just-bash/browser';
import type { Process } from '../kernel/process';
import { encodeText, latin1Bytes, latin1Text } from '../kernel/text';
import type { GuestSystem, Program } from '../system';
import { baseName, readAll } from './console';
import { withOwners } from './listing';

interface ToolInput {
  /** Operands before the file names: a script, a pattern. `all`: never reads files. */
  readonly leading: number | 'all' | 'none';
  /** Options whose value is the next argument. */
  readonly valued?: string;
  /** Long options, with the number of arguments that follow them. */
  readonly long?: Readonly<Record<string, number>>;
  /** Options that replace the leading operand. */
  readonly replacing?: string;
}

/** How each tool decides whether it reads standard input. `none`: it never does. */
export const textTools: Readonly<Record<string, ToolInput>> = {
  awk: { leading: 1, valued: 'Fvf', replacing: 'f' },
  base64: { leading: 0, valued: 'w' },
  basename: { leading: 'none' },
  chmod: { leading: 'none' },
  column: { leading: 0, valued: 'sco' },
  comm: { leading: 0 },
  cp: { leading: 'none' },
  cut: { leading: 0, valued: 'dfcb' },
  diff: { leading: 0, valued: 'U' },
  dirname: { leading: 'none' },
  du: { leading: 'none' },
  expand: { leading: 0, valued: 't' },
  expr: { leading: 'none' },
  file: { leading: 'none' },
  find: { leading: 'none' },
  fold: { leading: 0, valued: 'w' },
  join: { leading: 0, valued: 't12' },
  jq: {
    leading: 1,
    valued: 'fL',
    replacing: 'f',
    long: { '--arg': 2, '--argjson': 2, '--slurpfile': 2, '--indent': 1 },
  },
  ln: { leading: 'none' },
  ls: { leading: 'none' },
  md5sum: { leading: 0 },
  mkdir: { leading: 'none' },
  mv: { leading: 'none' },
  nl: { leading: 0, valued: 'bsw' },
  od: { leading: 0, valued: 'AtNj' },
  paste: { leading: 0, valued: 'd' },
  readlink: { leading: 'none' },
  rev: { leading: 0 },
  rm: { leading: 'none' },
  rmdir: { leading: 'none' },
  sed: { leading: 1, valued: 'ef', replacing: 'ef' },
  sha1sum: { leading: 0 },
  sha256sum: { leading: 0 },
  sort: { leading: 0, valued: 'tkoS' },
  split: { leading: 0, valued: 'lb' },
  stat: { leading: 'none' },
  strings: { leading: 0, valued: 'n' },
  tac: { leading: 0 },
  tail: { leading: 0, valued: 'nc' },
  touch: { leading: 'none' },
  tr: { leading: 'all' },
  tree: { leading: 'none' },
  uniq: { leading: 0, valued: 'fsw' },
  unexpand: { leading: 0, valued: 't' },
  wc: { leading: 0 },
};

function readsStandardInput(tool: ToolInput, args: readonly string[]): boolean {
  if (tool.leading === 'none') return false;
  if (tool.leading === 'all') return true;
  let leading = tool.leading;
  let files = 0;
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string;
    if (arg === '-') return true;
    if (!arg.startsWith('-')) {
      if (leading > 0) leading--;
      else files++;
      continue;
    }
    index += tool.long?.[arg] ?? 0;
    const last = arg.at(-1) ?? '';
    if (
      !arg.startsWith('--') &&
      tool.replacing &&
      [...arg.slice(1, 2)].some(letter => tool.replacing?.includes(letter))
    )
      leading = 0;
    if (!arg.startsWith('--') && arg.length === 2 && tool.valued?.includes(last)) index++;
  }
  return files === 0;
}

/** An awk program that has nothing but `BEGIN` reads nothing (POSIX awk). */
function onlyBegins(args: readonly string[]): boolean {
  const program = args.find(arg => /^\s*BEGIN\s*\{/.test(arg));
  if (program === undefined) return false;
  let depth = 0;
  for (const [index, letter] of [...program].entries()) {
    if (letter === '{') depth++;
    else if (letter === '}' && --depth === 0) return program.slice(index + 1).trim() === '';
  }
  return false;
}

/** Runs just-bash's command of the same name over the guest's files. */
export function textTool(name: string): Program {
  return async ({ args, process, system, name: calledAs }) => {
    const tool = textTools[name] ?? { leading: 0 };
    const input =
      readsStandardInput(tool, args) && !(name === 'awk' && onlyBegins(args))
        ? await readAll(process, 0)
        : new Uint8Array(0);
    for (const arg of args) await storePipe(process, system, arg);
    const denied: string[] = [];
    const bash = new Bash({
      fs: system.disk.watched(process.user, path => denied.push(path), name === 'find'),
      commands: [name as 'cat'],
      cwd: process.workingDirectory,
      defenseInDepth: false,
    });
    const result = await process.until(
      bash.exec(baseName(calledAs), {
        args: name === 'touch' ? withOwnTime(args, process.timeline.now()) : [...args],
        env: Object.fromEntries(process.environment),
        replaceEnv: true,
        rawScript: true,
        stdin: latin1Text(input),
        stdinKind: 'bytes',
        signal: process.abortSignal,
      }),
    );
    await process.write(
      1,
      result.stdoutKind === 'bytes' || result.stdoutEncoding === 'binary'
        ? latin1Bytes(result.stdout)
        : encodeText(name === 'ls' ? await withOwners(result.stdout, args, process, system) : result.stdout),
    );
    await process.write(2, encodeText(asCoreutils(name, result.stderr, denied)));
    if (name === 'find' && denied.length > 0) return 1;
    return name === 'ls' && result.exitCode !== 0 ? lsTroubleStatus : result.exitCode;
  };
}

/** A tool reads files only: what comes by a descriptor that it is told by name is put where it looks. */
async function storePipe(process: Process, system: GuestSystem, arg: string): Promise<void> {
  const descriptor = /^\/dev\/fd\/(\d+)$/.exec(arg)?.[1];
  if (descriptor !== undefined) system.disk.place(arg, await readAll(process, Number(descriptor)));
}

/** just-bash's touch takes the time of the machine that simulates, unless it is given one. */
function withOwnTime(args: readonly string[], nowMs: number): string[] {
  const isGiven = args.some(arg => /^(?:-[a-z]*[drt]|--(?:date|reference))/.test(arg));
  return isGiven ? [...args] : ['-d', new Date(nowMs).toISOString(), ...args];
}

/** GNU ls's exit status when an operand cannot be accessed. */
const lsTroubleStatus = 2;

/** GNU's wording where just-bash's differs; it takes a refusal for a missing file. */
function asCoreutils(name: string, text: string, denied: readonly string[]): string {
  if (name === 'find') return text + denied.map(path => `find: ‘${path}’: Permission denied\n`).join('');
  const reasons = text.replace(/EACCES: permission denied, '.*?'/g, 'Permission denied');
  const isDenied = (operand: string) => denied.some(path => path === operand || path.endsWith(`/${operand}`));
  const truthful = reasons.replace(
    /^(\w+: )(.*?'?([^' ]+)'?): No such file or directory$/gm,
    (line, tool: string, what: string, operand: string) =>
      isDenied(operand) ? `${tool}${what}: Permission denied` : line,
  );
  if (name !== 'ls') return truthful;
  return truthful
    .replace(/^ls: ([^'\n]*): (No such file or directory)$/gm, "ls: cannot access '$1': $2")
    .replace(/^ls: ([^'\n]*): (Permission denied)$/gm, "ls: cannot open directory '$1': $2");
}
