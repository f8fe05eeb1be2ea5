/** Conditions as trees of tests, and the values that they test, each named by what it is. */
import type { DecisionGraph, Test, Value } from './decisionGraph';

export type Condition =
  | Test
  | { readonly any: readonly Condition[] }
  | { readonly all: readonly Condition[] }
  | { readonly not: Condition };

export const TRUE: Condition = { all: [] };
export const FALSE: Condition = { any: [] };

export const equal = (value: Value, constant: number): Test => ({ value, operator: '=', constant });

/** The link layer's word for what it carries, behind so many bytes of tags. */
export const linkTypeIs = (tagBytes: number, etherType: number): Test => equal(linkTypeField(tagBytes), etherType);

export function linkTypeField(tagBytes: number): Value {
  return { name: `type@${tagBytes}`, read: frame => frame.uint16(frame.layout.typeAt + tagBytes) };
}

/** A field of the link header. */
export function linkField(size: 1 | 2 | 4, offset: number): Value {
  return { name: `link ${size}@${offset}`, read: frame => frame.read(size, offset) };
}

/** A field of the network layer, behind so many bytes of tags. */
export function networkField(tagBytes: number, size: 1 | 2 | 4, offset: number): Value {
  const at = tagBytes + offset;
  return { name: `network ${size}@${at}`, read: frame => frame.read(size, frame.layout.payloadAt + at) };
}

/** A field of what an IPv4 header is followed by, however long that header is. */
export function transportField(tagBytes: number, size: 1 | 2 | 4, offset: number): Value {
  return {
    name: `transport ${size}@${tagBytes}+${offset}`,
    read: frame => frame.read(size, frame.transportOffset(tagBytes) + offset),
  };
}

/** `value & mask`. */
export function masked(value: Value, mask: number): Value {
  return { name: `${value.name}&${mask}`, read: frame => (value.read(frame) & mask) >>> 0 };
}

/** Whether the masked word is the expected one; with an empty mask that is no question. */
export function maskedEqual(value: Value, expected: number, mask: number): Condition {
  if (mask === 0) return TRUE;
  return equal(mask === 0xffff_ffff ? value : masked(value, mask), (expected & mask) >>> 0);
}

/** Adds the tests of a condition and tells where it begins. */
export function addCondition(graph: DecisionGraph, condition: Condition, whenTrue: number, whenFalse: number): number {
  if ('not' in condition) return addCondition(graph, condition.not, whenFalse, whenTrue);
  if ('all' in condition) {
    return condition.all.reduceRight((next, part) => addCondition(graph, part, next, whenFalse), whenTrue);
  }
  if ('any' in condition) {
    return condition.any.reduceRight((next, part) => addCondition(graph, part, whenTrue, next), whenFalse);
  }
  return graph.add(condition, whenTrue, whenFalse);
}
