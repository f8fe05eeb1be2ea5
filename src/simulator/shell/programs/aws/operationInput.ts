/** What an operation's flags say, as its input. */
import type { OperationModel } from '../../../protocols/clientCodec';
import { type ParsedArguments, parseArguments } from './argumentParser';
import { customArgumentsOf } from './customArguments';
import { CommandLineError } from './failures';
import { grammarOf, type MemberFlag, type OperationGrammar } from './operationArguments';
import type { Paginator } from './paginators';
import type { PageRequest } from './paging';
import { type ReadBytes, readParameterFile } from './parameterFile';
import { parameterError, readParameterValue } from './parameterValues';
import { JsonError, parsePythonJson } from './pythonJson';
import { pythonType } from './pythonText';
import { isObject, type Shape } from './shapes';

export type SkeletonKind = 'input' | 'output' | 'yaml-input';

export interface OperationInput {
  readonly input: Record<string, unknown>;
  /** How to page; undefined for exactly one call. */
  readonly paging: { readonly paginator: Paginator; readonly request: PageRequest } | undefined;
  readonly skeleton: SkeletonKind | undefined;
  /** The member of the output that is written into a file, and the file. */
  readonly outfile: { readonly member: string; readonly path: string } | undefined;
}

type Values = ParsedArguments['values'];

/** Reads an operation's arguments. Throws {@link CliFailure}. */
export async function readOperationInput(
  operation: OperationModel,
  args: readonly string[],
  options: { readonly paginate: boolean; readonly readBytes: ReadBytes },
): Promise<OperationInput> {
  const grammar = grammarOf(operation, args);
  const { values, rest } = parseArguments(args, { options: grammar.rules, positionals: grammar.positionals });
  const unknown = [...rest, ...(values.get('help') ?? [])];
  if (unknown.length > 0) throw new CommandLineError(`Unknown options: ${unknown.join(', ')}`, true);
  const pages = mayPage(grammar, values, options.paginate);
  const input = await readMembers(grammar, values, pages, options.readBytes);
  customArgumentsOf(operation).apply(values, input);
  await addWholeInput(values, input, options.readBytes);
  const { paginator, streamMember } = grammar;
  const isManual = paginator && (paginator.inputToken in input || paginator.limit in input);
  return {
    input,
    paging: paginator && pages && !isManual ? { paginator, request: pageRequest(values) } : undefined,
    skeleton: skeletonKind(values),
    outfile: streamMember === undefined ? undefined : { member: streamMember, path: values.get('outfile')?.[0] ?? '' },
  };
}

function skeletonKind(values: Values): SkeletonKind | undefined {
  const given = values.get('generate-cli-skeleton');
  return given && ((given[0] ?? 'input') as SkeletonKind);
}

/** Flags of the API's own paging turn off the CLI's, which then may not be asked for too. */
function mayPage({ paginator, flags }: OperationGrammar, values: Values, paginate: boolean): boolean {
  if (!paginator) return false;
  const own = flags.filter(({ member }) => member === paginator.inputToken || member === paginator.limit);
  const isManual = own.some(({ name }) => values.has(name) && name !== 'max-items');
  if (paginate && !isManual) return true;
  const shadowed = own.map(({ name }) => name);
  const refused = ['starting-token', 'page-size', 'max-items'].filter(
    name => values.has(name) && !shadowed.includes(name),
  );
  if (refused.length === 0) return false;
  throw new CommandLineError(
    `Cannot specify --no-paginate along with pagination arguments: ${refused.map(name => `--${name}`).join(', ')}`,
  );
}

function pageRequest(values: Values): PageRequest {
  const number = (name: string) => {
    const text = values.get(name)?.[0];
    return text === undefined ? undefined : Number(text);
  };
  return {
    maxItems: number('max-items'),
    pageSize: number('page-size'),
    startingToken: values.get('starting-token')?.[0],
  };
}

async function readMembers(
  { flags, paginator }: OperationGrammar,
  values: Values,
  pages: boolean,
  readBytes: ReadBytes,
): Promise<Record<string, unknown>> {
  const input: Record<string, unknown> = {};
  for (const flag of flags) {
    const isShadowed = pages && paginator && ['page-size', 'max-items', 'starting-token'].includes(flag.name);
    const value = isShadowed ? undefined : await readMember(flag, values, readBytes);
    if (value !== undefined) input[flag.member] = value;
  }
  return input;
}

async function readMember(flag: MemberFlag, values: Values, readBytes: ReadBytes): Promise<unknown> {
  const { name, negatedName, shape } = flag;
  const given = values.get(name);
  if (negatedName !== undefined && shape.isBooleanSchema()) return readSwitch([...values.keys()], name, negatedName);
  if (negatedName !== undefined && values.has(negatedName)) {
    if (!given) return { Value: false };
    throw new CommandLineError(`Cannot specify both the "--${name}" option and the "--${negatedName}" option.`);
  }
  if (!given) return undefined;
  if (negatedName !== undefined && given.length === 0) return { Value: true };
  return readGiven(shape, name, given, readBytes);
}

/** The one that was said last counts. */
function readSwitch(names: readonly string[], name: string, negatedName: string): boolean | undefined {
  const last = Math.max(names.indexOf(name), names.indexOf(negatedName));
  return last < 0 ? undefined : names[last] === name;
}

async function readGiven(shape: Shape, name: string, given: readonly string[], readBytes: ReadBytes): Promise<unknown> {
  const isList = shape.isListSchema();
  const first = given[0] ?? '';
  const loaded = given.length === 1 ? await readParameterFile(name, first, readBytes) : undefined;
  if (loaded instanceof Uint8Array) return loaded;
  if (shape.isBlobSchema() && shape.isStreaming()) return readStream(name, loaded ?? first, readBytes);
  return readParameterValue(shape, name, loaded ?? (isList ? given : first));
}

/** The value of a streamed member is the path of a file. */
async function readStream(name: string, path: string, readBytes: ReadBytes): Promise<Uint8Array> {
  try {
    return await readBytes(path);
  } catch {
    throw parameterError(name, 'Blob values must be a path to a file.');
  }
}

/** `--cli-input-json`: members that no flag has set. */
async function addWholeInput(values: Values, input: Record<string, unknown>, readBytes: ReadBytes): Promise<void> {
  const text = values.get('cli-input-json')?.[0];
  if (values.has('cli-input-yaml'))
    throw new CommandLineError(
      text === undefined
        ? 'The practice cloud does not read YAML: use --cli-input-json'
        : 'Only one --cli-input- parameter may be specified.',
    );
  if (text === undefined) return;
  const loaded = (await readParameterFile('cli-input-json', text, readBytes)) ?? text;
  const whole = parseWhole(typeof loaded === 'string' ? loaded : new TextDecoder().decode(loaded));
  if (!isObject(whole))
    throw parameterError('cli-input-json', `Invalid type: expecting map, received ${pythonType(whole)}`);
  for (const [member, value] of Object.entries(whole)) input[member] ??= value;
}

function parseWhole(text: string): unknown {
  try {
    return parsePythonJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw new CommandLineError("Error parsing parameter 'cli-input-json': Invalid JSON received.");
  }
}
