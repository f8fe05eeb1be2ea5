/** `aws s3 …`: the high-level commands. */
import { type ArgumentRule, type ParsedArguments, parseArguments } from '../argumentParser';
import { CommandLineError, generalFailure, tooFewArguments } from '../failures';
import { printHelp } from '../help';
import type { CliSession } from '../session';
import { makeBucket, presign, removeBucket } from './bucketCommands';
import { runLs } from './lsCommand';
import { runTransfer, type TransferName } from './transferCommand';
import { takeFilters } from './transferFilters';

interface Subcommand {
  readonly positional: ArgumentRule & { readonly most: number };
  readonly options: readonly ArgumentRule[];
  readonly run: (session: CliSession, parsed: ParsedArguments, args: readonly string[]) => Promise<number>;
}

const flag = (name: string): ArgumentRule => ({ name, count: 'none' });
const value = (name: string): ArgumentRule => ({ name, count: 'one' });
const pageSize: ArgumentRule = { name: 'page-size', count: 'one', isInteger: true };

const common = ['dryrun', 'quiet', 'recursive', 'only-show-errors'].map(flag);
const sending: readonly ArgumentRule[] = [
  ...['no-guess-mime-type', 'no-progress', 'follow-symlinks', 'no-follow-symlinks'].map(flag),
  ...['ignore-glacier-warnings', 'force-glacier-transfer'].map(flag),
  ...['content-type', 'cache-control', 'content-disposition', 'content-encoding', 'content-language'].map(value),
  { name: 'metadata-directive', count: 'one', choices: ['COPY', 'REPLACE'] },
  { name: 'expected-size', count: 'one' },
];
/** What would change the outcome and is not simulated. */
const refused: readonly ArgumentRule[] = [
  ...['acl', 'storage-class', 'website-redirect', 'expires', 'source-region', 'metadata', 'copy-props'].map(value),
  ...['sse-c-key', 'sse-kms-key-id', 'sse-c-copy-source-key'].map(value),
  ...['sse', 'sse-c', 'sse-c-copy-source', 'request-payer'].map(name => ({ name, count: 'optional' as const })),
  { name: 'grants', count: 'some' },
];

function transferOf(name: TransferName, most: number, options: readonly ArgumentRule[]): Subcommand {
  return {
    positional: { name: 'paths', count: 'some', most },
    options,
    run: (session, parsed, args) => runTransfer(session, name, parsed, takeFilters(args).filters),
  };
}

const path: Subcommand['positional'] = { name: 'path', count: 'one', most: 1 };

const subcommands: ReadonlyMap<string, Subcommand> = new Map<string, Subcommand>([
  [
    'ls',
    {
      positional: { name: 'paths', count: 'optional', most: 1 },
      options: [...['recursive', 'human-readable', 'summarize'].map(flag), pageSize, ...refused.slice(-2, -1)],
      run: runLs,
    },
  ],
  ['website', { positional: { name: 'paths', count: 'one', most: 1 }, options: [], run: refuseWebsite }],
  ['cp', transferOf('cp', 2, [...common, ...sending, ...refused, pageSize])],
  ['mv', transferOf('mv', 2, [...common, ...sending, ...refused, pageSize])],
  ['rm', transferOf('rm', 1, [...common, pageSize])],
  [
    'sync',
    transferOf('sync', 2, [
      ...common.filter(({ name }) => name !== 'recursive'),
      ...sending,
      ...refused,
      pageSize,
      ...['delete', 'size-only', 'exact-timestamps'].map(flag),
    ]),
  ],
  ['mb', { positional: path, options: [], run: makeBucket }],
  ['rb', { positional: path, options: [flag('force')], run: removeBucket }],
  ['presign', { positional: path, options: [{ name: 'expires-in', count: 'one', isInteger: true }], run: presign }],
]);

/** Resolves with the exit status. Throws {@link CliFailure}. */
export async function runS3(session: CliSession, args: readonly string[]): Promise<number> {
  if (args.length === 1 && args[0] === 'help') return printHelp(session);
  const choose: ArgumentRule = { name: 'subcommand', count: 'optional', choices: [...subcommands.keys()] };
  const at = args.findIndex(arg => !arg.startsWith('-'));
  const { values } = parseArguments(at < 0 ? [] : [args[at] as string], { options: [], positionals: [choose] });
  const name = values.get('subcommand')?.[0] ?? '';
  const subcommand = subcommands.get(name);
  if (!subcommand) throw tooFewArguments('s3 <subcommand> [parameters]');
  const own = [...args.slice(0, at), ...args.slice(at + 1)];
  if (own.length === 1 && own[0] === 'help') return printHelp(session);
  return subcommand.run(session, readArguments(name, subcommand, own), own);
}

function readArguments(name: string, { positional, options }: Subcommand, args: readonly string[]): ParsedArguments {
  const { most, ...rule } = positional;
  const parsed = parseArguments(takeFilters(args).rest, { options, positionals: positionalsOf(rule, most) });
  if (parsed.rest.length > 0) throw new CommandLineError(`Unknown options: ${parsed.rest.join(',')}`);
  const unwanted = refused.find(option => parsed.values.has(option.name));
  if (unwanted) throw generalFailure(`The practice cloud does not have aws s3 ${name} --${unwanted.name}.`);
  if (rule.name !== 'paths' || most === 1) return parsed;
  const paths = [...(parsed.values.get('source') ?? []), ...(parsed.values.get('paths') ?? [])];
  return { ...parsed, values: new Map([...parsed.values, ['paths', paths]]) };
}

/** Two paths are wanted together. */
function positionalsOf(rule: ArgumentRule, most: number): readonly ArgumentRule[] {
  if (rule.count !== 'some') return [rule];
  const one: ArgumentRule = { name: 'paths', count: 'one' };
  return most === 1 ? [one] : [{ name: 'source', count: 'one' }, one];
}

async function refuseWebsite(): Promise<number> {
  throw generalFailure('The practice cloud does not have websites in S3.');
}
