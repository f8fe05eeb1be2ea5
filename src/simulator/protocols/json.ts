import type { NormalizedSchema } from '@smithy/core/schema';
import { fromBase64, toBase64 } from '@smithy/core/serde';
import { requiredMembers } from './decodeQuery';
import { dialects } from './dialect';
import { ServiceFault } from './serviceFault';
import type { OperationModel } from './serviceModels';

const dialect = dialects.awsJson1_1;

/** Reads a JSON 1.1 body into an operation's input; throws a ServiceFault for what does not fit. */
export function decodeJson(operation: OperationModel, body: Uint8Array): unknown {
  const text = new TextDecoder().decode(body);
  let parsed: unknown;
  try {
    parsed = JSON.parse(text === '' ? '{}' : text);
  } catch {
    throw new ServiceFault('SerializationException', 'The request body is not JSON');
  }
  if (!isObject(parsed)) throw new ServiceFault('SerializationException', 'Start of structure or map expected');
  return operation.input.isStructSchema() ? readStruct(operation.input, parsed, '') : {};
}

/** The JSON text of an operation's output: timestamps as epoch seconds, blobs as base64. */
export function encodeJson(operation: OperationModel, output: unknown): string {
  return operation.output.isStructSchema() ? JSON.stringify(write(operation.output, output)) : '{}';
}

/** AccessDeniedException spells its text `Message`, all others `message`. */
export function encodeJsonFault(fault: ServiceFault): string {
  const key = fault.code === 'AccessDeniedException' ? 'Message' : 'message';
  return JSON.stringify({ __type: fault.code, ...fault.details, [key]: fault.message });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function read(schema: NormalizedSchema, value: unknown, path: string): unknown {
  if (schema.isListSchema()) return readList(schema, value, path);
  if (schema.isMapSchema()) return readMap(schema, value, path);
  if (schema.isStructSchema())
    return isObject(value) ? readStruct(schema, value, path) : refuse(path, value, 'a structure');
  if (schema.isStringSchema()) return typeof value === 'string' ? value : refuse(path, value, 'a string');
  if (schema.isBooleanSchema()) return typeof value === 'boolean' ? value : refuse(path, value, 'a boolean');
  if (schema.isNumericSchema()) return typeof value === 'number' ? value : refuse(path, value, 'a number');
  if (schema.isTimestampSchema())
    return typeof value === 'number' ? new Date(value * 1000) : refuse(path, value, 'a timestamp');
  if (schema.isBlobSchema()) return typeof value === 'string' ? fromBase64(value) : refuse(path, value, 'a blob');
  return value;
}

function readStruct(schema: NormalizedSchema, value: Readonly<Record<string, unknown>>, path: string): unknown {
  const members = new Map(schema.structIterator());
  const input: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const member = members.get(key);
    if (!member) throw dialect.unknownParameter(join(path, key));
    if (item !== null) input[key] = read(member, item, join(path, key));
  }
  for (const name of requiredMembers(schema))
    if (input[name] === undefined) throw dialect.missingParameter(join(path, name));
  return input;
}

function readList(schema: NormalizedSchema, value: unknown, path: string): unknown {
  if (!Array.isArray(value)) return refuse(path, value, 'a list');
  const member = schema.getValueSchema();
  return value.map((item, index) => read(member, item, `${path}.${index + 1}`));
}

function readMap(schema: NormalizedSchema, value: unknown, path: string): unknown {
  if (!isObject(value)) return refuse(path, value, 'a map');
  const member = schema.getValueSchema();
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, read(member, item, join(path, key))]));
}

function refuse(path: string, value: unknown, expected: string): never {
  throw dialect.malformedValue(path, nameOf(value), expected);
}

/** Scalars as they came; what has parts may have them without end. */
function nameOf(value: unknown): string {
  if (Array.isArray(value)) return 'A list';
  return isObject(value) ? 'A structure' : JSON.stringify(value);
}

function write(schema: NormalizedSchema, value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (schema.isListSchema()) return (value as readonly unknown[]).map(item => write(schema.getValueSchema(), item));
  if (schema.isMapSchema())
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, write(schema.getValueSchema(), item)]));
  if (schema.isStructSchema()) {
    const members = value as Readonly<Record<string, unknown>>;
    const entries = [...schema.structIterator()].map(([name, member]) => [name, write(member, members[name])]);
    return Object.fromEntries(entries.filter(([, item]) => item !== undefined));
  }
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return toBase64(value);
  return value;
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key;
}
