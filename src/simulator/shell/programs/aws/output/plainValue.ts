import type { OperationModel } from '../../../../protocols/clientCodec';
import { isObject, type Shape } from '../shapes';

/** Output as plain values, members in the order of the model, times as the CLI writes them. */
export type PlainValue =
  | string
  | number
  | boolean
  | null
  | readonly PlainValue[]
  | { readonly [key: string]: PlainValue };

export type PlainStructure = { readonly [key: string]: PlainValue };

export function isStructure(value: PlainValue | undefined): value is PlainStructure {
  return isObject(value);
}

export function isList(value: PlainValue | undefined): value is readonly PlainValue[] {
  return Array.isArray(value);
}

/** Neither a list nor a structure. */
export function isScalar(value: PlainValue | undefined): boolean {
  return !isList(value) && !isStructure(value);
}

/** An answer as the CLI shows it (boto/botocore:botocore/handlers.py): policies of IAM as documents, an instance's console decoded. */
export function plainOutput(operation: OperationModel, output: unknown): PlainStructure {
  const plain = plainValue(operation.output, output);
  if (!isStructure(plain)) return {};
  if (operation.service.name === 'iam') return withPolicies(plain) as PlainStructure;
  if (operation.name !== 'GetConsoleOutput' || typeof plain.Output !== 'string') return plain;
  const bytes = Uint8Array.from(atob(plain.Output), character => character.charCodeAt(0));
  return { ...plain, Output: new TextDecoder().decode(bytes) };
}

/** Leaves out members that the answer did not have. */
function plainValue(shape: Shape, value: unknown): PlainValue {
  if (value === null || value === undefined) return null;
  if (shape.isListSchema()) return (value as readonly unknown[]).map(item => plainValue(shape.getValueSchema(), item));
  if (shape.isMapSchema()) {
    return Object.fromEntries(
      Object.entries(value as object).map(([key, item]) => [key, plainValue(shape.getValueSchema(), item)]),
    );
  }
  if (shape.isStructSchema()) {
    const members = value as Readonly<Record<string, unknown>>;
    const present = [...shape.structIterator()].filter(
      ([name]) => members[name] !== undefined && members[name] !== null,
    );
    return Object.fromEntries(present.map(([name, member]) => [name, plainValue(member, members[name])]));
  }
  if (value instanceof Date) return timeText(value);
  if (value instanceof Uint8Array) return btoa(String.fromCharCode(...value));
  return typeof value === 'bigint' ? Number(value) : (value as PlainValue);
}

/** `2024-02-17T04:07:58+00:00`, with microseconds when there is a fraction (Python's isoformat). */
function timeText(time: Date): string {
  const text = time.toISOString();
  const fraction = text.slice(19, -1);
  return `${text.slice(0, 19)}${fraction === '.000' ? '' : `${fraction}000`}+00:00`;
}

const policyMembers = ['AssumeRolePolicyDocument', 'PolicyDocument', 'Document'];

/** IAM sends policies as percent-encoded JSON. */
function withPolicies(value: PlainValue): PlainValue {
  if (isList(value)) return value.map(withPolicies);
  if (!isStructure(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const isPolicy = policyMembers.includes(name) && typeof item === 'string';
      return [name, isPolicy ? policyDocument(item) : withPolicies(item)];
    }),
  );
}

function policyDocument(text: string): PlainValue {
  try {
    return JSON.parse(decodeURIComponent(text)) as PlainValue;
  } catch {
    return text;
  }
}
