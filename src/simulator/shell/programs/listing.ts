/** What `ls -l` says of modes and owners: just-bash's listing knows neither. */
import type { Process } from '../kernel/process';
import type { GuestSystem } from '../system';

const longLine = /^([-dl])([-rwxst]{9})(\s+\d+) user user (\s*\d+ \w{3} [ \d]\d [ \d:]{5} )(.*)$/;

/** The listing with each file's permission bits, and its owner by where it lies. */
export async function withOwners(
  listing: string,
  args: readonly string[],
  process: Process,
  system: GuestSystem,
): Promise<string> {
  const files = system.disk.as(process.user);
  const operands = args.filter(arg => !arg.startsWith('-'));
  const absolute = (path: string, base: string) => files.resolvePath(base, path);
  let directory = process.workingDirectory;
  const [only] = operands;
  if (
    operands.length === 1 &&
    only !== undefined &&
    (await isDirectory(files, absolute(only, directory))) &&
    !args.some(arg => /^-[a-z]*d/.test(arg))
  )
    directory = absolute(only, directory);
  const lines: string[] = [];
  for (const line of listing.split('\n')) {
    const heading = /^(.+):$/.exec(line)?.[1];
    if (heading !== undefined && operands.length > 1) directory = absolute(heading, process.workingDirectory);
    lines.push(await described(line, name => absolute(name, directory), process, files));
  }
  return lines.join('\n');
}

type Files = ReturnType<GuestSystem['disk']['as']>;

async function isDirectory(files: Files, path: string): Promise<boolean> {
  return files
    .stat(path)
    .then(stat => stat.isDirectory)
    .catch(() => false);
}

async function described(
  line: string,
  pathOf: (name: string) => string,
  process: Process,
  files: Files,
): Promise<string> {
  const [, kind, mode, links, middle, name = ''] = longLine.exec(line) ?? [];
  if (kind === undefined) return line;
  const path = pathOf(name.replace(/ -> .*$/, ''));
  const stat = kind === 'l' ? undefined : await files.stat(path).catch(() => undefined);
  const owner = ownerOf(path, process);
  return `${kind}${stat ? modeLetters(stat.mode) : mode}${links} ${owner} ${owner} ${middle}${name}`;
}

/** Homes belong to their people, what is in /tmp to who asks, the rest to root. */
function ownerOf(path: string, process: Process): string {
  const home = /^\/home\/([^/]+)/.exec(path)?.[1];
  return home ?? (/^\/tmp\/./.test(path) ? process.user.name : 'root');
}

function modeLetters(mode: number): string {
  return [6, 3, 0]
    .map(shift => ['r', 'w', 'x'].map((letter, index) => ((mode >> shift) & (4 >> index) ? letter : '-')).join(''))
    .join('');
}
