/** dnf(8), version 4.14, and `yum`, which is the same program. */
import { findPackage, type Package, packages, packageVersion } from '../../../world/packages';
import type { Program, Run } from '../../system';
import { baseName, print, readArguments } from '../console';
import { hasOption } from '../options';
import { terminalWidth } from './layout';
import { forgetMetadata, openRepository } from './repositories';
import { carryOut, missingRequirements, type TransactionOptions, unneeded } from './transaction';

interface Command {
  readonly run: Run;
  readonly operands: readonly string[];
  readonly options: TransactionOptions;
}

const commands: Readonly<Record<string, (command: Command) => Promise<number>>> = {
  install,
  in: install,
  reinstall: install,
  remove,
  erase: remove,
  rm: remove,
  autoremove: remove,
  update: upgrade,
  upgrade,
  'upgrade-minimal': upgrade,
  'check-update': checkUpdate,
  list,
  info,
  search,
  makecache,
  clean,
  repolist,
};
/** They change the system. */
const rootCommands = new Set([
  'install',
  'in',
  'reinstall',
  'remove',
  'erase',
  'rm',
  'autoremove',
  'update',
  'upgrade',
  'upgrade-minimal',
]);

export const dnf: Program = async run => {
  const parsed = readArguments(run.args, {
    short: 'yqvCd:e:b',
    long: {
      assumeyes: false,
      assumeno: false,
      quiet: false,
      verbose: false,
      refresh: false,
      version: false,
      help: false,
      nogpgcheck: false,
      best: false,
      nobest: false,
      allowerasing: false,
      cacheonly: false,
      releasever: true,
      enablerepo: true,
      disablerepo: true,
      setopt: true,
      exclude: true,
      'skip-broken': false,
      security: false,
    },
  });
  const [name, ...operands] = parsed.operands;
  if (hasOption(parsed, 'version')) return showVersion(run);
  const command = name === undefined ? undefined : commands[name];
  if (!command) return complainOfCommand(run, name);
  if (rootCommands.has(name as string) && !run.process.isRoot) {
    const text = 'This command has to be run with superuser privileges (under the root user on most systems).';
    await run.process.write(2, `Error: ${text}\n`);
    return 1;
  }
  if (hasOption(parsed, 'refresh')) await forgetMetadata(run);
  const options = {
    isQuiet: hasOption(parsed, 'q', 'quiet'),
    answersYes: hasOption(parsed, 'y', 'assumeyes'),
    answersNo: hasOption(parsed, 'assumeno'),
    timeoutMs: timeoutMsOf(parsed.options.get('setopt') ?? []),
  };
  return command({ run, operands, options });
};

/** dnf.conf(5): `timeout`, in seconds, by default 30. */
function timeoutMsOf(settings: readonly string[]): number {
  const [, seconds] = /^timeout=(\d+)$/.exec(settings.findLast(text => text.startsWith('timeout=')) ?? '') ?? [];
  return Number(seconds ?? 30) * 1_000;
}

async function showVersion(run: Run): Promise<number> {
  await print(run, '4.14.0\n');
  return 0;
}

async function complainOfCommand(run: Run, name: string | undefined): Promise<number> {
  const called = baseName(run.name);
  if (name === undefined) {
    await print(run, `usage: ${called} [options] COMMAND\n\nList of Main Commands:\n\n`);
    for (const known of [
      'check-update',
      'clean',
      'info',
      'install',
      'list',
      'makecache',
      'remove',
      'repolist',
      'search',
      'upgrade',
    ])
      await print(run, `${known}\n`);
    return 1;
  }
  await run.process.write(
    2,
    `No such command: ${name}. Please use /usr/bin/${called} --help\nIt could be a DNF plugin command, try: "dnf install 'dnf-command(${name})'"\n`,
  );
  return 1;
}

async function install({ run, operands, options }: Command): Promise<number> {
  const repository = await openRepository(run, options);
  const wanted: Package[] = [];
  const unknown: string[] = [];
  for (const name of operands) {
    const found = findNamed(name);
    if (found && run.system.packages.has(found.name)) {
      if (!options.isQuiet)
        await print(
          run,
          `Package ${found.name}-${packageVersion(found)}.${found.architecture} is already installed.\n`,
        );
    } else if (found && repository) wanted.push(found);
    else unknown.push(name);
  }
  if (unknown.length > 0) {
    for (const name of unknown) await run.process.write(2, `No match for argument: ${name}\n`);
    await run.process.write(2, `Error: Unable to find a match: ${unknown.join(' ')}\n`);
    return 1;
  }
  if (wanted.length === 0) return nothingToDo(run, options);
  return carryOut(
    run,
    { kind: 'install', named: [...new Set(wanted)], dependent: missingRequirements(run, wanted) },
    repository,
    options,
  );
}

/** By name, by name and architecture, or by a program's path. */
function findNamed(text: string): Package | undefined {
  const program = /^\/usr\/s?bin\/(.+)$/.exec(text)?.[1];
  if (program !== undefined) return packages.find(({ programs }) => programs.includes(program));
  return findPackage(text) ?? findPackage(text.replace(/\.(?:x86_64|noarch)$/, ''));
}

async function nothingToDo(run: Run, { isQuiet }: TransactionOptions): Promise<number> {
  if (!isQuiet) await print(run, 'Dependencies resolved.\nNothing to do.\nComplete!\n');
  return 0;
}

async function remove({ run, operands, options }: Command): Promise<number> {
  const named: Package[] = [];
  for (const name of operands) {
    const found = findNamed(name);
    if (found && run.system.packages.has(found.name)) named.push(found);
    else await print(run, `No match for argument: ${name}\n`);
  }
  if (named.length === 0) {
    if (operands.length > 0) await run.process.write(2, 'No packages marked for removal.\n');
    return nothingToDo(run, options);
  }
  const dependent = unneeded(run, named);
  const guarded = [...named, ...dependent].find(({ name }) => ['dnf', 'systemd', 'sudo', 'bash'].includes(name));
  if (guarded) {
    await run.process.write(
      2,
      `Error: \n Problem: The operation would result in removing the following protected packages: ${guarded.name}\n`,
    );
    return 1;
  }
  return carryOut(run, { kind: 'remove', named, dependent }, undefined, options);
}

/** The image's release is fixed: there is nothing newer in its repository. */
async function upgrade({ run, options }: Command): Promise<number> {
  await openRepository(run, options);
  return nothingToDo(run, options);
}

async function checkUpdate({ run, options }: Command): Promise<number> {
  return (await openRepository(run, options)) ? 0 : 1;
}

async function makecache({ run, options }: Command): Promise<number> {
  const repository = await openRepository(run, { ...options, mustBeFresh: true });
  if (repository && !options.isQuiet) await print(run, 'Metadata cache created.\n');
  return repository ? 0 : 1;
}

async function clean({ run }: Command): Promise<number> {
  await forgetMetadata(run);
  await print(run, '8 files removed\n');
  return 0;
}

async function repolist({ run }: Command): Promise<number> {
  await print(run, `${'repo id'.padEnd(24)}repo name\n${'amazonlinux'.padEnd(24)}Amazon Linux 2023 repository\n`);
  return 0;
}

function matches(name: string, patterns: readonly string[]): boolean {
  if (patterns.length === 0) return true;
  return patterns.some(pattern => {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.');
    return new RegExp(`^${source}(?:\\.(?:x86_64|noarch))?$`).test(name);
  });
}

async function list({ run, operands, options }: Command): Promise<number> {
  const [first, ...rest] = operands.map(operand => operand.replace(/^--/, ''));
  const isScope = first === 'installed' || first === 'available' || first === 'all';
  const patterns = isScope ? rest : operands;
  const isListed = ({ name }: Package) => matches(name, patterns);
  const installed = first === 'available' ? [] : run.system.packages.installed.filter(isListed);
  const repository = first === 'installed' ? undefined : await openRepository(run, options);
  const available = repository ? packages.filter(one => isListed(one) && !run.system.packages.has(one.name)) : [];
  if (installed.length + available.length === 0) {
    await run.process.write(2, 'Error: No matching Packages to list\n');
    return 1;
  }
  await listGroup(run, 'Installed Packages', installed, '@System');
  await listGroup(run, 'Available Packages', available, 'amazonlinux');
  return 0;
}

async function listGroup(run: Run, title: string, members: readonly Package[], source: string): Promise<void> {
  if (members.length === 0) return;
  const width = terminalWidth(run);
  const sorted = [...members].sort((left, right) => (left.name < right.name ? -1 : 1));
  const names = sorted.map(one => `${one.name}.${one.architecture}`);
  const first = Math.max(Math.floor(width * 0.45), ...names.map(name => name.length + 1));
  const second = Math.max(Math.floor(width * 0.37), ...sorted.map(one => packageVersion(one).length + 1));
  const lines = sorted.map(
    (one, index) => `${names[index]?.padEnd(first)}${packageVersion(one).padEnd(second)}${source}`,
  );
  await print(run, `${title}\n${lines.map(line => `${line}\n`).join('')}`);
}

async function info({ run, operands, options }: Command): Promise<number> {
  const repository = await openRepository(run, options);
  const found = packages.filter(
    one => matches(one.name, operands) && (repository !== undefined || run.system.packages.has(one.name)),
  );
  if (found.length === 0) {
    await run.process.write(2, 'Error: No matching Packages to list\n');
    return 1;
  }
  for (const one of found) {
    const isInstalled = run.system.packages.has(one.name);
    const rows: readonly (readonly [string, string])[] = [
      ['Name', one.name],
      ...(one.epoch === undefined ? [] : ([['Epoch', String(one.epoch)]] as const)),
      ['Version', one.version],
      ['Release', one.release],
      ['Architecture', one.architecture],
      ['Size', `${Math.round((isInstalled ? one.installedBytes : one.downloadBytes) / 1024)} k`],
      ['Source', `${one.name}-${one.version}-${one.release}.src.rpm`],
      ['Repository', isInstalled ? '@System' : 'amazonlinux'],
      ['Summary', one.summary],
      ['License', one.license],
    ];
    await print(
      run,
      `${isInstalled ? 'Installed' : 'Available'} Packages\n${rows.map(([key, value]) => `${key.padEnd(12)} : ${value}\n`).join('')}\n`,
    );
  }
  return 0;
}

async function search({ run, operands, options }: Command): Promise<number> {
  if (!(await openRepository(run, options))) return 1;
  const words = operands.map(word => word.toLowerCase());
  const named = packages.filter(one => words.every(word => one.name.includes(word)));
  const described = packages.filter(
    one => !named.includes(one) && words.every(word => one.summary.toLowerCase().includes(word)),
  );
  if (named.length + described.length === 0) {
    await print(run, 'No matches found.\n');
    return 0;
  }
  await searchGroup(run, 'Name Matched', operands, named);
  await searchGroup(run, 'Summary Matched', operands, described);
  return 0;
}

async function searchGroup(
  run: Run,
  title: string,
  words: readonly string[],
  found: readonly Package[],
): Promise<void> {
  if (found.length === 0) return;
  const text = ` ${title}: ${words.join(', ')} `;
  const width = terminalWidth(run);
  const left = Math.floor((width - text.length) / 2);
  const rule = `${'='.repeat(left)}${text}${'='.repeat(Math.max(0, width - left - text.length))}`;
  await print(run, `${rule}\n${found.map(one => `${one.name}.${one.architecture} : ${one.summary}\n`).join('')}`);
}
