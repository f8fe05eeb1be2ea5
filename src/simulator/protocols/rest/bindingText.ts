import type { NormalizedSchema } from '@smithy/core/schema';
import { readScalar, type ScalarReading, writeScalar } from '../scalars';

/** Where a member stands; timestamps look different there. */
export type BindingPlace = 'header' | 'query' | 'label' | 'body';

/** Timestamp formats of the schemas: as the place asks for, ISO 8601, HTTP date, seconds since 1970 ("Smithy: timestampFormat trait"). */
const formats = { byPlace: 4, dateTime: 5, httpDate: 6, epochSeconds: 7 } as const;

function timestampFormat(schema: NormalizedSchema, place: BindingPlace): number {
  const format = schema.getSchema();
  if (format !== formats.byPlace) return Number(format);
  return place === 'header' ? formats.httpDate : formats.dateTime;
}

/** Reads a member that came as text in a header, the query, the path or an element. */
export function readBinding(schema: NormalizedSchema, text: string, place: BindingPlace): ScalarReading {
  if (schema.isListSchema()) return readParts(schema.getValueSchema(), text, place);
  if (!schema.isTimestampSchema()) return readScalar(schema, text);
  const format = timestampFormat(schema, place);
  if (format === formats.dateTime) return readScalar(schema, text);
  const date = new Date(format === formats.epochSeconds ? Number(text) * 1000 : text);
  return Number.isNaN(date.getTime()) ? { expected: 'an HTTP date' } : { value: date };
}

function readParts(item: NormalizedSchema, text: string, place: BindingPlace): ScalarReading {
  const values: unknown[] = [];
  for (const part of text.split(',')) {
    const reading = readBinding(item, part.trim(), place);
    if ('expected' in reading) return reading;
    values.push(reading.value);
  }
  return { value: values };
}

/** The text of a member in a header. */
export function writeHeader(schema: NormalizedSchema, value: unknown): string {
  if (schema.isListSchema())
    return (value as readonly unknown[]).map(item => writeHeader(schema.getValueSchema(), item)).join(', ');
  if (!(value instanceof Date)) return writeScalar(value);
  const format = timestampFormat(schema, 'header');
  if (format === formats.httpDate) return value.toUTCString();
  return format === formats.epochSeconds ? String(value.getTime() / 1000) : writeScalar(value);
}
