import type { OperationModel } from '../../../protocols/clientCodec';

/** A shape of the wire schemas. */
export type Shape = OperationModel['input'];

export function membersOf(shape: Shape): ReadonlyMap<string, Shape> {
  return new Map(shape.isStructSchema() ? shape.structIterator() : []);
}

export function isCompound(shape: Shape): boolean {
  return shape.isStructSchema() || shape.isMapSchema() || shape.isListSchema();
}

/** EC2's structure around one boolean (AttributeBooleanValue). */
export function isBoxedBoolean(shape: Shape): boolean {
  return soleValueOf(shape)?.isBooleanSchema() ?? false;
}

/** EC2's structure around one text (AttributeValue). */
export function isBoxedText(shape: Shape): boolean {
  return soleValueOf(shape)?.isStringSchema() ?? false;
}

/** The member `Value` of a structure that has no other. */
function soleValueOf(shape: Shape): Shape | undefined {
  const [first, ...others] = membersOf(shape);
  return first?.[0] === 'Value' && others.length === 0 ? first[1] : undefined;
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);
}
