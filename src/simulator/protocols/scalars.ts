import type { NormalizedSchema } from '@smithy/core/schema';
import { fromBase64, toBase64 } from '@smithy/core/serde';

/** What a text value should have been, or the value. */
export type ScalarReading = { readonly value: unknown } | { readonly expected: string };

const decimal = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const iso8601 = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Reads a scalar that came as text, by its schema. */
export function readScalar(schema: NormalizedSchema, text: string): ScalarReading {
  if (schema.isStringSchema()) return { value: text };
  if (schema.isBooleanSchema()) return readBoolean(text);
  if (schema.isNumericSchema()) return decimal.test(text) ? { value: Number(text) } : { expected: 'a number' };
  if (schema.isBigIntegerSchema())
    return /^[+-]?\d+$/.test(text) ? { value: BigInt(text) } : { expected: 'an integer' };
  if (schema.isTimestampSchema()) return readTimestamp(text);
  if (schema.isBlobSchema()) return readBlob(text);
  return { expected: 'a structure' };
}

function readBoolean(text: string): ScalarReading {
  const word = text.toLowerCase();
  if (word === 'true' || word === 'false') return { value: word === 'true' };
  return { expected: 'true or false' };
}

function readTimestamp(text: string): ScalarReading {
  const date = new Date(text);
  if (!iso8601.test(text) || Number.isNaN(date.getTime())) return { expected: 'a date and time of ISO 8601' };
  return { value: date };
}

function readBlob(text: string): ScalarReading {
  if (!base64.test(text) || text.length % 4 !== 0) return { expected: 'base64' };
  return { value: fromBase64(text) };
}

/** The text of a scalar in XML. */
export function writeScalar(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return toBase64(value);
  return String(value);
}
