import { kebabName, type OperationModel } from '../../../protocols/clientCodec';
import { requiredMembers } from '../../../protocols/decodeQuery';
import { CommandLineError } from './commandLine';
import { customArguments } from './customArguments';
import { coerce, InvalidValue, type Shape } from './schemaValue';
import { parseShorthand, ShorthandError } from './shorthand';

/** Reads a file for `file://…`. Rejects when it cannot be read. */
export type ReadFile = (path: string) => Promise<string>;

interface Flag {
  readonly member: string;
  readonly shape: Shape;
  /** `--no-…` of a boolean. */
  readonly isNegated: boolean;
}

/** What Python itself refuses ends with the CLI's general status. */
const pythonErrorStatus = 255;

/** Turns an operation's flags into its input. Throws {@link CommandLineError}. */
export async function readParameters(
  operation: OperationModel,
  args: readonly string[],
  readFile: ReadFile,
): Promise<Record<string, unknown>> {
  const flags = flagsOf(operation.input);
  const { input, rest } = customArguments(operation, args);
  const unknown: string[] = [];
  for (let index = 0; index < rest.length; index++) {
    const arg = rest[index] as string;
    const [name, joined] = splitFlag(arg);
    const flag = arg.startsWith('--') ? flags.get(name) : undefined;
    if (!flag) {
      unknown.push(arg);
      continue;
    }
    const values = joined === undefined ? valuesAfter(rest, index) : [joined];
    if (joined === undefined) index += values.length;
    input[flag.member] = await readValue(flag, name, values, readFile);
  }
  if (unknown.length > 0) throw new CommandLineError(`Unknown options: ${unknown.join(', ')}`, true);
  requireAll(operation.input, input);
  return input;
}

function splitFlag(arg: string): readonly [string, string | undefined] {
  const at = arg.indexOf('=');
  return at < 0 ? [arg.slice(2), undefined] : [arg.slice(2, at), arg.slice(at + 1)];
}

function valuesAfter(args: readonly string[], index: number): readonly string[] {
  const end = args.findIndex((arg, at) => at > index && /^--[a-z]/.test(arg));
  return args.slice(index + 1, end < 0 ? undefined : end);
}

function flagsOf(input: Shape): ReadonlyMap<string, Flag> {
  const flags = new Map<string, Flag>();
  if (!input.isStructSchema()) return flags;
  for (const [member, shape] of input.structIterator()) {
    flags.set(kebabName(member), { member, shape, isNegated: false });
    if (isSwitch(shape)) flags.set(`no-${kebabName(member)}`, { member, shape, isNegated: true });
  }
  return flags;
}

/** A boolean, or EC2's structure around one (AttributeBooleanValue), which the CLI offers as a switch too. */
function isSwitch(shape: Shape): boolean {
  return shape.isBooleanSchema() || innerBoolean(shape);
}

function innerBoolean(shape: Shape): boolean {
  if (!shape.isStructSchema()) return false;
  const members = [...shape.structIterator()];
  return members.length === 1 && members[0]?.[0] === 'Value' && members[0][1].isBooleanSchema();
}

async function readValue(flag: Flag, name: string, given: readonly string[], readFile: ReadFile): Promise<unknown> {
  if (isSwitch(flag.shape) && given.length === 0)
    return innerBoolean(flag.shape) ? { Value: !flag.isNegated } : !flag.isNegated;
  if (given.length === 0 && flag.shape.isListSchema()) return undefined;
  if (given.length === 0) throw new CommandLineError(`aws: error: argument --${name}: expected one argument`, true);
  if (given.length > 1 && !flag.shape.isListSchema())
    throw new CommandLineError(`Unknown options: ${given.slice(1).join(', ')}`, true);
  const values = await Promise.all(given.map(value => readIfFile(name, value, readFile)));
  try {
    return coerce(flag.shape, parseValues(flag.shape, values), flag.member);
  } catch (error) {
    if (error instanceof InvalidValue && flag.shape.isNumericSchema())
      throw new CommandLineError(`invalid literal for int() with base 10: '${values[0]}'`, false, pythonErrorStatus);
    if (error instanceof InvalidValue)
      throw new CommandLineError(`Parameter validation failed:\n${error.message}`, false);
    if (error instanceof ShorthandError)
      throw new CommandLineError(`Error parsing parameter '--${name}': ${error.message}`, false);
    if (error instanceof SyntaxError)
      throw new CommandLineError(
        `Error parsing parameter '--${name}': Invalid JSON: ${error.message}\nJSON received: ${values[0]}`,
        false,
      );
    throw error;
  }
}

async function readIfFile(name: string, value: string, readFile: ReadFile): Promise<string> {
  const path = /^fileb?:\/\/(.+)$/.exec(value)?.[1];
  if (path === undefined) return value;
  try {
    return await readFile(path);
  } catch {
    throw new CommandLineError(
      `Error parsing parameter '--${name}': Unable to load paramfile ${value}: [Errno 2] No such file or directory: '${path}'`,
      false,
    );
  }
}

function parseValues(shape: Shape, values: readonly string[]): unknown {
  const [first = ''] = values;
  if (shape.isListSchema()) {
    if (values.length === 1 && first.trimStart().startsWith('[')) return JSON.parse(first);
    return values.map(value => parseOne(shape.getValueSchema(), value));
  }
  return parseOne(shape, first);
}

function parseOne(shape: Shape, text: string): unknown {
  if (!shape.isStructSchema() && !shape.isMapSchema() && !shape.isListSchema()) return text;
  if (/^\s*[{[]/.test(text)) return JSON.parse(text);
  if (innerBoolean(shape) && /^(true|false)$/i.test(text)) return { Value: text };
  return parseShorthand(text);
}

function requireAll(shape: Shape, input: Readonly<Record<string, unknown>>): void {
  const missing = requiredMembers(shape).filter(member => input[member] === undefined && !isToken(shape, member));
  if (missing.length === 0) return;
  throw new CommandLineError(
    `aws: error: the following arguments are required: ${missing.map(member => `--${kebabName(member)}`).join(', ')}`,
    true,
  );
}

function isToken(shape: Shape, member: string): boolean {
  return shape.isStructSchema() && shape.getMemberSchema(member).isIdempotencyToken();
}
