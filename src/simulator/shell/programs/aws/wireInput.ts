import { encodeText } from '../../kernel/text';
import { generalFailure } from './failures';
import { isObject, membersOf, type Shape } from './shapes';

/** How the CLI takes bytes that are written as text: option `--cli-binary-format`. */
export type BinaryFormat = 'base64' | 'raw-in-base64-out';

/** Checked input in the form that the wire's encoder wants: times as Date, bytes as bytes. Throws {@link CliFailure} for bad base64. */
export function wireInput(shape: Shape, value: unknown, format: BinaryFormat): unknown {
  if (shape.isListSchema() && Array.isArray(value))
    return value.map(item => wireInput(shape.getValueSchema(), item, format));
  if (shape.isMapSchema() && isObject(value)) return mapEntries(value, () => shape.getValueSchema(), format);
  if (shape.isStructSchema() && isObject(value)) {
    const members = membersOf(shape);
    return mapEntries(value, name => members.get(name), format);
  }
  if (shape.isTimestampSchema()) return asDate(value);
  if (shape.isBlobSchema() && typeof value === 'string') return asBytes(value, format);
  return value;
}

function mapEntries(
  value: Readonly<Record<string, unknown>>,
  shapeOf: (name: string) => Shape | undefined,
  format: BinaryFormat,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const shape = shapeOf(name);
      return [name, shape ? wireInput(shape, item, format) : item];
    }),
  );
}

function asDate(value: unknown): Date {
  const isNumber = typeof value === 'number' || (typeof value === 'string' && /^\d+(\.\d+)?$/.test(value));
  return isNumber ? new Date(Number(value) * 1_000) : new Date(String(value));
}

function asBytes(text: string, format: BinaryFormat): Uint8Array {
  if (format !== 'base64') return encodeText(text);
  const digits = text.replace(/[^A-Za-z0-9+/=]/g, '');
  const body = digits.replace(/=+$/, '');
  if (body.length % 4 === 1 || digits.length % 4 !== 0) throw generalFailure(`Invalid base64: "${text}"`);
  return Uint8Array.from(atob(digits), character => character.charCodeAt(0));
}
