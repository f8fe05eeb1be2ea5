/** Installing and removing: the table, the question, the downloads, the steps. */
import { findPackage, fullPackageName, type Package, packageFileName, packageVersion } from '../../../world/packages';
import type { Run } from '../../system';
import { print } from '../console';
import { columnWidths, progressLine, shortSize, tableLine, terminalWidth } from './layout';
import type { Repository, RepositoryOptions } from './repositories';
import { DownloadError, download } from './repositoryDownload';

export interface Transaction {
  readonly kind: 'install' | 'remove';
  /** What was asked for. */
  readonly named: readonly Package[];
  /** What must come with it, or goes because nothing needs it any more. */
  readonly dependent: readonly Package[];
}

export interface TransactionOptions extends RepositoryOptions {
  readonly answersYes: boolean;
  readonly answersNo: boolean;
}

/** Running a package's scripts and writing its files. */
const stepMs = 180;

/** All packages without which `wanted` cannot be installed. */
export function missingRequirements(run: Run, wanted: readonly Package[]): readonly Package[] {
  const found = new Map<string, Package>();
  const visit = (one: Package) => {
    for (const name of one.requires) {
      const required = findPackage(name);
      if (!required || run.system.packages.has(name) || found.has(name) || wanted.includes(required)) continue;
      found.set(name, required);
      visit(required);
    }
  };
  for (const one of wanted) visit(one);
  return [...found.values()].sort(byName);
}

/** What was brought by `unwanted` and is needed by nothing that stays, and what cannot stay without it. */
export function unneeded(run: Run, unwanted: readonly Package[]): readonly Package[] {
  const gone = new Set(unwanted);
  for (let count = -1; count !== gone.size; ) {
    count = gone.size;
    for (const one of run.system.packages.installed) {
      const needs = one.requires.some(name => [...gone].some(other => other.name === name));
      const isNeeded = run.system.packages.installed.some(
        other => !gone.has(other) && other.requires.includes(one.name),
      );
      const wasBrought = [...gone].some(other => other.requires.includes(one.name)) && !one.isPreinstalled;
      if (needs || (wasBrought && !isNeeded)) gone.add(one);
    }
  }
  return [...gone].filter(one => !unwanted.includes(one)).sort(byName);
}

function byName(left: Package, right: Package): number {
  return left.name < right.name ? -1 : 1;
}

export async function carryOut(
  run: Run,
  transaction: Transaction,
  repository: Repository | undefined,
  options: TransactionOptions,
): Promise<number> {
  const all = [...transaction.dependent, ...transaction.named].sort(byName);
  await show(run, options, summary(run, transaction, all));
  if (!(await confirms(run, options))) {
    await run.process.write(2, 'Operation aborted.\n');
    return 1;
  }
  if (transaction.kind === 'install' && repository && !(await downloadAll(run, all, repository, options))) return 1;
  await perform(run, transaction, all, options);
  const title = transaction.kind === 'install' ? 'Installed:' : 'Removed:';
  await print(run, `\n${title}\n${nameGrid(run, all.map(fullPackageName))}\n`);
  await show(run, options, 'Complete!\n');
  return 0;
}

function show(run: Run, { isQuiet }: TransactionOptions, text: string): Promise<void> {
  return isQuiet ? Promise.resolve() : print(run, text);
}

function summary(run: Run, { kind, named, dependent }: Transaction, all: readonly Package[]): string {
  const width = terminalWidth(run);
  const isInstall = kind === 'install';
  const row = (one: Package) => [
    one.name,
    one.architecture,
    packageVersion(one),
    isInstall ? 'amazonlinux' : '@amazonlinux',
    shortSize(isInstall ? one.downloadBytes : one.installedBytes).trim(),
  ];
  const title = ['Package', 'Arch', 'Version', 'Repository', 'Size'];
  const widths = columnWidths([title, ...all.map(row)], width);
  const rule = '='.repeat(width);
  const group = (heading: string, members: readonly Package[]) =>
    members.length === 0 ? [] : [`${heading}:`, ...members.map(one => tableLine(row(one), widths))];
  const count = `${all.length} Package${all.length === 1 ? '' : 's'}`;
  const sum = (size: (one: Package) => number) => shortSize(all.reduce((total, one) => total + size(one), 0)).trim();
  return [
    'Dependencies resolved.',
    rule,
    tableLine(title, widths),
    rule,
    ...group(isInstall ? 'Installing' : 'Removing', named),
    ...group(isInstall ? 'Installing dependencies' : 'Removing unused dependencies', dependent),
    '',
    'Transaction Summary',
    rule,
    isInstall ? `Install  ${count}` : `Remove  ${count}`,
    '',
    ...(isInstall
      ? [`Total download size: ${sum(one => one.downloadBytes)}`, `Installed size: ${sum(one => one.installedBytes)}`]
      : [`Freed space: ${sum(one => one.installedBytes)}`]),
    '',
  ].join('\n');
}

async function confirms(run: Run, { answersYes, answersNo }: TransactionOptions): Promise<boolean> {
  if (answersYes) return true;
  for (;;) {
    await print(run, 'Is this ok [y/N]: ');
    if (answersNo) return false;
    const answer = new TextDecoder()
      .decode(await run.process.read(0))
      .trim()
      .toLowerCase();
    if (['y', 'yes'].includes(answer)) return true;
    if (['', 'n', 'no'].includes(answer)) return false;
  }
}

async function downloadAll(
  run: Run,
  all: readonly Package[],
  repository: Repository,
  options: TransactionOptions,
): Promise<boolean> {
  await show(run, options, 'Downloading Packages:\n');
  const { timeline } = run.process;
  const startMs = timeline.now();
  for (const [index, one] of all.entries()) {
    const fileStartMs = timeline.now();
    try {
      await download(run, `${repository.baseUrl}/Packages/${packageFileName(one)}`, options.timeoutMs);
    } catch (error) {
      if (!(error instanceof DownloadError)) throw error;
      await run.process.write(2, `Error: Error downloading packages:\n  ${error.message}\n`);
      return false;
    }
    const position = all.length > 1 ? `(${index + 1}/${all.length}): ` : '';
    const name = `${position}${packageFileName(one)}`;
    await show(run, options, progressLine(run, name, one.downloadBytes, timeline.now() - fileStartMs));
  }
  const totalBytes = all.reduce((sum, one) => sum + one.downloadBytes, 0);
  await show(run, options, `${'-'.repeat(terminalWidth(run))}\n`);
  await show(run, options, progressLine(run, 'Total', totalBytes, timeline.now() - startMs));
  return true;
}

async function perform(
  run: Run,
  { kind }: Transaction,
  all: readonly Package[],
  options: TransactionOptions,
): Promise<void> {
  const step = (verb: string, what: string, index: number) =>
    show(run, options, `${stepLine(run, verb, what, `${index}/${all.length}`)}\n`);
  await show(
    run,
    options,
    'Running transaction check\nTransaction check succeeded.\nRunning transaction test\nTransaction test succeeded.\nRunning transaction\n',
  );
  await show(run, options, `${stepLine(run, 'Preparing', '', '1/1')}\n`);
  for (const [index, one] of all.entries()) {
    await run.process.sleep(stepMs);
    if (kind === 'install') run.system.packages.install(one);
    else await removeOne(run, one);
    await step(kind === 'install' ? 'Installing' : 'Erasing', fullPackageName(one), index + 1);
  }
  for (const [index, one] of all.entries()) await step('Verifying', fullPackageName(one), index + 1);
}

/** A service is stopped by its package's script first. */
async function removeOne(run: Run, one: Package): Promise<void> {
  const { services, packages } = run.system;
  const unit = services.known.find(({ packageName }) => packageName === one.name);
  if (unit) {
    services.setEnabled(unit, false);
    await services.stop(unit);
  }
  packages.remove(one);
}

/** `  Installing       : name                                   1/7 ` */
function stepLine(run: Run, verb: string, what: string, count: string): string {
  const start = `  ${verb.padEnd(16)} : ${what}`;
  const room = terminalWidth(run) - count.length - 1;
  return `${start.slice(0, room).padEnd(room)}${count} `;
}

/** Names in as many columns as fit. */
function nameGrid(run: Run, names: readonly string[]): string {
  const width = terminalWidth(run);
  const longest = Math.max(...names.map(name => name.length));
  const columns = Math.max(1, Math.floor((width - 2) / (longest + 1)));
  const cell = Math.floor((width - 2) / columns);
  const lines: string[] = [];
  for (let index = 0; index < names.length; index += columns)
    lines.push(
      `  ${names
        .slice(index, index + columns)
        .map(name => name.padEnd(cell))
        .join('')}`,
    );
  return `${lines.join('\n')}\n`;
}
