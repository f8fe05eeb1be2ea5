/** Options that every command takes (aws/aws-cli:awscli/data/cli.json, awscli/customizations/globalargs.py). */
import { type ArgumentRule, parseArguments } from './argumentParser';
import { CommandLineError, generalFailure } from './failures';
import { compileQuery, type Query } from './query/query';

export const outputFormats = ['json', 'text', 'table', 'yaml', 'yaml-stream'] as const;
export type OutputFormat = (typeof outputFormats)[number];

export interface GlobalOptions {
  readonly debug: boolean;
  readonly endpointUrl: string | undefined;
  readonly verifySsl: boolean;
  readonly paginate: boolean;
  readonly output: OutputFormat | undefined;
  readonly query: Query | undefined;
  readonly profile: string | undefined;
  readonly region: string | undefined;
  readonly color: 'on' | 'off' | 'auto';
  readonly signRequest: boolean;
  /** Undefined: for ever. */
  readonly readTimeoutMs: number | undefined;
  readonly connectTimeoutMs: number | undefined;
  readonly binaryFormat: string | undefined;
  readonly usesPager: boolean;
}

const rules: readonly ArgumentRule[] = [
  { name: 'debug', count: 'none' },
  { name: 'endpoint-url', count: 'one' },
  { name: 'no-verify-ssl', count: 'none' },
  { name: 'no-paginate', count: 'none' },
  { name: 'output', count: 'one', choices: outputFormats },
  { name: 'query', count: 'one' },
  { name: 'profile', count: 'one' },
  { name: 'region', count: 'one' },
  { name: 'color', count: 'one', choices: ['on', 'off', 'auto'] },
  { name: 'no-sign-request', count: 'none' },
  { name: 'ca-bundle', count: 'one' },
  { name: 'cli-read-timeout', count: 'one' },
  { name: 'cli-connect-timeout', count: 'one' },
  { name: 'cli-binary-format', count: 'one', choices: ['base64', 'raw-in-base64-out'] },
  { name: 'no-cli-pager', count: 'none' },
  { name: 'cli-auto-prompt', count: 'none' },
  { name: 'no-cli-auto-prompt', count: 'none' },
  { name: 'version', count: 'none' },
];

/** Seconds that the CLI waits when it is not told otherwise. */
const standardTimeoutSeconds = 60;

export interface MainArguments {
  readonly command: string;
  readonly globals: GlobalOptions;
  readonly rest: readonly string[];
}

/** Splits a line into global options, the command and the rest; undefined when only the version is asked for. */
export function readMainArguments(args: readonly string[], commands: readonly string[]): MainArguments | undefined {
  if (args.some(arg => arg === '--version')) return undefined;
  const command: ArgumentRule = { name: 'command', count: 'one', choices: commands };
  const { values, rest } = parseArguments(args, { options: rules, positionals: [command] });
  return { command: values.get('command')?.[0] ?? '', globals: readGlobals(values), rest };
}

function readGlobals(values: ReadonlyMap<string, readonly string[]>): GlobalOptions {
  const one = (name: string) => values.get(name)?.[0];
  const query = one('query');
  if (values.has('cli-auto-prompt')) throw generalFailure('The practice cloud has no prompting mode of the AWS CLI.');
  return {
    debug: values.has('debug'),
    query: query === undefined ? undefined : compileQuery(query),
    endpointUrl: checkEndpointUrl(one('endpoint-url')),
    verifySsl: !values.has('no-verify-ssl'),
    paginate: !values.has('no-paginate'),
    output: one('output') as OutputFormat | undefined,
    profile: one('profile'),
    region: one('region'),
    color: (one('color') ?? 'auto') as GlobalOptions['color'],
    signRequest: !values.has('no-sign-request'),
    readTimeoutMs: timeoutMs(one('cli-read-timeout')),
    connectTimeoutMs: timeoutMs(one('cli-connect-timeout')),
    binaryFormat: one('cli-binary-format'),
    usesPager: !values.has('no-cli-pager'),
  };
}

function checkEndpointUrl(text: string | undefined): string | undefined {
  if (text === undefined || /^[a-z][a-z0-9+.-]*:/i.test(text)) return text;
  throw new CommandLineError(
    `Bad value for --endpoint-url "${text}": scheme is missing.  Must be of the form http://<hostname>/ or https://<hostname>/`,
  );
}

function timeoutMs(text: string | undefined): number | undefined {
  if (text !== undefined && !/^\s*[+-]?\d+\s*$/.test(text))
    throw generalFailure(`invalid literal for int() with base 10: '${text}'`);
  const seconds = Number(text ?? standardTimeoutSeconds);
  return seconds === 0 ? undefined : seconds * 1_000;
}
