import type { OperationModel } from '../../../protocols/clientCodec';
import type { ShorthandValue } from './shorthand';

/** A shape of the wire schemas. */
export type Shape = OperationModel['input'];

/** A value that does not fit its shape, in the words of the CLI's validation. */
export class InvalidValue extends Error {}

/** Brings a value from JSON or shorthand into the form that its shape wants. `path` is for messages. */
export function coerce(shape: Shape, value: unknown, path: string): unknown {
  if (shape.isListSchema()) return coerceList(shape, value, path);
  if (shape.isMapSchema()) return coerceMap(shape, value, path);
  if (shape.isStructSchema()) return coerceStruct(shape, value, path);
  return coerceScalar(shape, value, path);
}

function coerceList(shape: Shape, value: unknown, path: string): unknown {
  const items = Array.isArray(value) ? value : [value];
  return items.map((item, index) => coerce(shape.getValueSchema(), item, `${path}[${index}]`));
}

function coerceMap(shape: Shape, value: unknown, path: string): unknown {
  if (!isObject(value)) throw wrongType(path, value, 'dict');
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, coerce(shape.getValueSchema(), item, `${path}.${key}`)]),
  );
}

function coerceStruct(shape: Shape, value: unknown, path: string): unknown {
  if (!isObject(value)) throw wrongType(path, value, 'dict');
  const members = new Map(shape.structIterator());
  const result: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) {
    const member = members.get(key);
    if (!member) {
      throw new InvalidValue(
        `Unknown parameter in ${path || 'input'}: "${key}", must be one of: ${[...members.keys()].join(', ')}`,
      );
    }
    result[key] = coerce(member, item, path ? `${path}.${key}` : key);
  }
  return result;
}

function coerceScalar(shape: Shape, value: unknown, path: string): unknown {
  if (typeof value === 'object' && value !== null) throw wrongType(path, value, 'str');
  const text = String(value);
  if (shape.isBooleanSchema()) {
    if (/^true$/i.test(text)) return true;
    if (/^false$/i.test(text)) return false;
    throw wrongType(path, value, 'bool');
  }
  if (shape.isNumericSchema()) {
    const number = Number(text);
    if (text.trim() === '' || Number.isNaN(number)) throw wrongType(path, value, 'int');
    return number;
  }
  if (shape.isTimestampSchema()) return new Date(/^\d+(\.\d+)?$/.test(text) ? Number(text) * 1_000 : text);
  if (shape.isBlobSchema()) return Uint8Array.from(atob(text), character => character.charCodeAt(0));
  return text;
}

function wrongType(path: string, value: unknown, wanted: string): InvalidValue {
  const kinds = { bool: "<class 'bool'>", dict: "<class 'dict'>", int: "<class 'int'>", str: "<class 'str'>" };
  const actual = Array.isArray(value) ? "<class 'list'>" : isObject(value) ? kinds.dict : kinds.str;
  const shown = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return new InvalidValue(
    `Invalid type for parameter ${path}, value: ${shown}, type: ${actual}, valid types: ${kinds[wanted as keyof typeof kinds]}`,
  );
}

function isObject(value: unknown): value is Record<string, ShorthandValue> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
