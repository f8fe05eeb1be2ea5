/** `aws s3 cp`, `mv`, `rm` and `sync` (aws/aws-cli:awscli/customizations/s3/subcommands.py, s3handler.py). */
import type { ParsedArguments } from '../argumentParser';
import { CliFailure, CommandLineError, generalFailure } from '../failures';
import { integerOf } from '../parameterValues';
import type { CliSession } from '../session';
import { S3Objects } from './s3Objects';
import { checkKinds, kindOf, planRoute, type Route, relativePath } from './s3Path';
import { itemsToDelete, itemsToSend } from './syncPlan';
import { passes, type TransferFilter } from './transferFilters';
import { findItems, type TransferItem } from './transferItems';
import { TransferReport } from './transferReport';
import { type TransferKind, type TransferWork, transfer } from './transferWork';

export type TransferName = 'cp' | 'mv' | 'rm' | 'sync';

const usages: Readonly<Record<TransferName, string>> = {
  cp: '<LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>',
  mv: '<LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>',
  rm: '<S3Uri>',
  sync: '<LocalPath> <S3Uri> or <S3Uri> <LocalPath> or <S3Uri> <S3Uri>',
};
const transferKinds: Readonly<Record<string, TransferKind>> = {
  locals3: 'upload',
  s3s3: 'copy',
  s3local: 'download',
  s3: 'delete',
};

/** A thing to move, and how. */
interface Task {
  readonly item: TransferItem;
  readonly work: TransferWork;
}

/** Resolves with 1 when something could not be transferred. Throws {@link CliFailure} for a wrong line. */
export async function runTransfer(
  session: CliSession,
  name: TransferName,
  { values }: ParsedArguments,
  filters: readonly TransferFilter[],
): Promise<number> {
  const { run } = session;
  const paths = (values.get('paths') ?? []).map(withBucketEnd);
  checkKinds(name, usages[name], paths, name === 'rm' ? ['s3'] : ['locals3', 's3local', 's3s3']);
  const [from = '', to = from] = paths;
  const isStream = from === '-' || to === '-';
  if (isStream && (name !== 'cp' || values.has('recursive')))
    throw new CommandLineError('Streaming currently is only compatible with non-recursive cp commands');
  if (name === 'mv' && (from === to || (kindOf(to) === 's3' && to.endsWith('/') && from === to + baseName(from))))
    throw new CommandLineError(`Cannot mv a file onto itself: '${from}' - '${to}'`);
  const isRecursive = values.has('recursive') || name === 'sync';
  const route = await planRoute(run, from, to, isRecursive);
  if (kindOf(from) === 'local' && !isStream) await requireSource(session, from, route);
  const objects = await S3Objects.open(session, name);
  const kind = transferKinds[paths.map(kindOf).join('')] ?? 'copy';
  const work: TransferWork = {
    run,
    objects,
    kind,
    deletesFiles: false,
    isMove: name === 'mv',
    attributes: attributesOf(values),
    guessesType: !values.has('no-guess-mime-type'),
  };
  const tasks = isStream
    ? [{ work, item: streamItem(from, to) }]
    : await findTasks(session, name, values, filters, route, work);
  if (typeof tasks === 'string') {
    if (!values.has('quiet')) await run.process.write(2, `fatal error: ${tasks}\n`);
    return 1;
  }
  return runTasks(session, values, tasks, isStream);
}

/** A bucket alone stands for everything in it. */
function withBucketEnd(path: string): string {
  return /^s3:\/\/[^/]+$/.test(path) ? `${path}/` : path;
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

async function requireSource({ run }: CliSession, given: string, { source }: Route): Promise<void> {
  const path = source.path.replace(/(.)\/$/, '$1');
  if (!(await run.system.disk.as(run.process.user).exists(path)))
    throw generalFailure(`The user-provided path ${given} does not exist.`);
}

function streamItem(from: string, to: string): TransferItem {
  const plain = (path: string) => path.replace(/^s3:\/\//, '');
  return { path: plain(from), target: plain(to), name: '-', sizeBytes: 0, modifiedMs: 0 };
}

/** Members of the object that is written, by the option that sets them. */
const attributeOptions: Readonly<Record<string, string>> = {
  'content-type': 'ContentType',
  'cache-control': 'CacheControl',
  'content-disposition': 'ContentDisposition',
  'content-encoding': 'ContentEncoding',
  'content-language': 'ContentLanguage',
  'metadata-directive': 'MetadataDirective',
};

function attributesOf(values: ParsedArguments['values']): Readonly<Record<string, unknown>> {
  const set = Object.entries(attributeOptions).flatMap(([option, member]) => {
    const value = values.get(option)?.[0];
    return value === undefined ? [] : [[member, value] as const];
  });
  return Object.fromEntries(set);
}

/** What there is to do, or why that cannot be found out. */
async function findTasks(
  session: CliSession,
  name: TransferName,
  values: ParsedArguments['values'],
  filters: readonly TransferFilter[],
  route: Route,
  work: TransferWork,
): Promise<readonly Task[] | string> {
  const pageSize = integerOf(values, 'page-size');
  const search = { run: session.run, objects: work.objects, pageSize, isDeletion: work.kind === 'delete' };
  const root = filterRoot(route);
  const passing = (items: readonly TransferItem[]) => items.filter(({ path }) => passes(filters, root, path));
  try {
    const source = passing(await findItems(search, route));
    if (name !== 'sync') return source.map(item => ({ item, work }));
    const back: Route = { ...route, source: route.target, target: route.source };
    const target = await findItems(search, back);
    const isKept = (item: TransferItem) => passes(filters, route.target.path, item.path);
    const options = {
      kind: work.kind,
      isSizeOnly: values.has('size-only'),
      isTimeExact: values.has('exact-timestamps'),
    };
    const sent = itemsToSend(source, target, options).map(item => ({ item, work }));
    if (!values.has('delete')) return sent;
    const removal = { ...work, kind: 'delete' as const, deletesFiles: route.target.kind === 'local' };
    return [...sent, ...itemsToDelete(source, target.filter(isKept)).map(item => ({ item, work: removal }))];
  } catch (error) {
    if (error instanceof CliFailure) return error.reason;
    throw error;
  }
}

function filterRoot({ source, isRecursive }: Route): string {
  if (isRecursive || source.path.endsWith('/')) return source.path;
  return source.path.slice(0, source.path.lastIndexOf('/') + 1);
}

async function runTasks(
  { run }: CliSession,
  values: ParsedArguments['values'],
  tasks: readonly Task[],
  isStream: boolean,
): Promise<number> {
  const sizeBytes = tasks.reduce((sum, { item, work }) => sum + (work.kind === 'delete' ? 0 : item.sizeBytes), 0);
  const report = new TransferReport(
    run,
    {
      isQuiet: values.has('quiet'),
      onlyErrors: values.has('only-show-errors') || isStream,
      hasProgress: !values.has('no-progress'),
    },
    { files: tasks.length, sizeBytes },
  );
  let hasFailed = false;
  for (const { item, work } of tasks) {
    const { label, places } = wordsFor(work, item);
    if (values.has('dryrun')) {
      await report.dryRun(`${label}: ${places}`);
      continue;
    }
    try {
      await transfer(work, item);
      await report.success(`${label}: ${places}`, work.kind === 'delete' ? 0 : item.sizeBytes);
    } catch (error) {
      if (!(error instanceof CliFailure)) throw error;
      hasFailed = true;
      await report.failure(`${label} failed: ${places} ${error.reason}`);
    }
  }
  return hasFailed ? 1 : 0;
}

function wordsFor(work: TransferWork, { path, target }: TransferItem): { label: string; places: string } {
  const local = (place: string) => (place === '-' ? place : relativePath(work.run, place));
  const stored = (place: string) => `s3://${place}`;
  const from = work.kind === 'upload' ? local(path) : stored(path);
  if (work.kind === 'delete') return { label: 'delete', places: work.deletesFiles ? local(path) : from };
  const to = work.kind === 'download' ? local(target) : stored(target);
  return { label: work.isMove ? 'move' : work.kind, places: `${from} to ${to}` };
}
