/** From what is written after a flag to a value of its shape's kind (aws/aws-cli:awscli/argprocess.py, awscli/shorthand.py). */
import { CommandLineError, generalFailure } from './failures';
import { JsonError, parsePythonJson } from './pythonJson';
import { isBoxedText, isCompound, isObject, membersOf, type Shape } from './shapes';
import { parseShorthand, ShorthandError } from './shorthand';

/** Reads `--name` with its text, or with its list of texts. Throws {@link CliFailure}. */
export function readParameterValue(shape: Shape, name: string, given: string | readonly string[]): unknown {
  return takesShorthand(shape, given) ? readShorthand(shape, name, given) : readPlain(shape, name, given);
}

/** A mistake in one flag's value. */
export function parameterError(name: string, problem: string): CommandLineError {
  return new CommandLineError(`Error parsing parameter '--${name}': ${problem}`);
}

function takesShorthand(shape: Shape, given: string | readonly string[]): boolean {
  const first = typeof given === 'string' ? given : (given[0] ?? '');
  if (/^\s*[[{]/.test(first)) return false;
  return shape.isListSchema() ? isCompound(shape.getValueSchema()) : isCompound(shape);
}

function readShorthand(shape: Shape, name: string, given: string | readonly string[]): unknown {
  if (typeof given === 'string' && isBoxedText(shape) && !given.includes('=')) return { Value: given };
  try {
    const parsed = typeof given === 'string' ? parseShorthand(given) : given.map(parseShorthand);
    return withKinds(shape, parsed);
  } catch (error) {
    if (error instanceof ShorthandError) throw parameterError(name, error.message);
    throw error;
  }
}

/** Texts become what the shape wants, and one value where a list is wanted becomes a list of one. */
function withKinds(shape: Shape, value: unknown): unknown {
  if (shape.isListSchema()) {
    const items = Array.isArray(value) ? value : [value];
    return items.map(item => withKinds(shape.getValueSchema(), item));
  }
  if (shape.isMapSchema() && isObject(value))
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, withKinds(shape.getValueSchema(), item)]),
    );
  if (shape.isStructSchema() && isObject(value)) {
    const members = membersOf(shape);
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => {
        const member = members.get(key);
        return [key, member ? withKinds(member, item) : item];
      }),
    );
  }
  if (typeof value !== 'string') return value;
  if (shape.isNumericSchema()) return readInteger(value);
  if (shape.isBooleanSchema() && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  return value;
}

function readPlain(shape: Shape, name: string, given: string | readonly string[]): unknown {
  if (shape.isListSchema()) {
    const json = typeof given === 'string' ? given : given.length === 1 ? (given[0] ?? '') : '';
    if (json.trimStart().startsWith('[')) return readJson(name, json);
    return [...given].map(item => readPlain(shape.getValueSchema(), name, item));
  }
  const text = typeof given === 'string' ? given : given.join(' ');
  if (shape.isStructSchema() || shape.isMapSchema()) {
    if (text.trimStart().startsWith('{')) return readJson(name, text);
    throw parameterError(name, `Invalid JSON:\n${text}`);
  }
  if (shape.isDocumentSchema()) return readJson(name, text);
  if (shape.isNumericSchema()) return readInteger(text);
  if (shape.isBooleanSchema()) return text.toLowerCase() !== 'false' && text !== '';
  return text;
}

function readJson(name: string, text: string): unknown {
  try {
    return parsePythonJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw parameterError(name, `Invalid JSON: ${error.message}\nJSON received: ${text}`);
  }
}

/** The whole number that an option names. Throws {@link CliFailure} for what is none. */
export function integerOf(values: ReadonlyMap<string, readonly string[]>, name: string): number | undefined {
  const text = values.get(name)?.[0];
  return text === undefined ? undefined : readInteger(text);
}

/** What Python's `int` refuses ends with the CLI's general status. */
function readInteger(text: string): number {
  if (/^\s*[+-]?\d+(_\d+)*\s*$/.test(text)) return Number(text.replaceAll('_', ''));
  throw generalFailure(`invalid literal for int() with base 10: '${text}'`);
}
