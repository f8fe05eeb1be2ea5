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
  readonly positional: ArgumentRule;
  readonly options: readonly ArgumentRule[];
  readonly run: (session: CliSession, parsed: ParsedArguments, args: readonly string[]) => Promise<number>;
}

const flag = (name: string): ArgumentRule => ({ name, count: 'none' });
const value = (name: string): ArgumentRule => ({ name, count: 'one' });
const pageSize = value('page-size');

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

function transferOf(name: TransferName, count: 'one' | 'pair', options: readonly ArgumentRule[]): Subcommand {
  return {
    positional: { name: 'paths', count },
    options,
    run: (session, parsed, args) => runTransfer(session, name, parsed, takeFilters(args).filters),
  };
}

const path = value('path');

const subcommands: ReadonlyMap<string, Subcommand> = new Map<string, Subcommand>([
  [
    'ls',
    {
      positional: { name: 'paths', count: 'optional' },
      options: [...['recursive', 'human-readable', 'summarize'].map(flag), pageSize, ...refused.slice(-2, -1)],
      run: runLs,
    },
  ],
  ['website', { positional: value('paths'), options: [], run: refuseWebsite }],
  ['cp', transferOf('cp', 'pair', [...common, ...sending, ...refused, pageSize])],
  ['mv', transferOf('mv', 'pair', [...common, ...sending, ...refused, pageSize])],
  ['rm', transferOf('rm', 'one', [...common, pageSize])],
  [
    'sync',
    transferOf('sync', 'pair', [
      ...common.filter(({ name }) => name !== 'recursive'),
      ...sending,
      ...refused,
      pageSize,
      ...['delete', 'size-only', 'exact-timestamps'].map(flag),
    ]),
  ],
  ['mb', { positional: path, options: [], run: makeBucket }],
  ['rb', { positional: path, options: [flag('force')], run: removeBucket }],
  ['presign', { positional: path, options: [value('expires-in')], run: presign }],
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
  const parsed = parseArguments(takeFilters(args).rest, { options, positionals: [positional] });
  if (parsed.rest.length > 0) throw new CommandLineError(`Unknown options: ${parsed.rest.join(',')}`);
  const unwanted = refused.find(option => parsed.values.has(option.name));
  if (unwanted) throw generalFailure(`The practice cloud does not have aws s3 ${name} --${unwanted.name}.`);
  return parsed;
}

async function refuseWebsite(): Promise<number> {
  throw generalFailure('The practice cloud does not have websites in S3.');
}
