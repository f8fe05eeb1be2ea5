import type { Tag } from '@aws-sdk/client-ec2';
import { LabError } from '../../core/errors';
import type { Tags } from '../../core/network';

/** A field that AWS always sends. Its absence, or a value that `parse` does not take, means that no AWS answered. */
export function required<T>(field: string, value: string | undefined, parse: (text: string) => T): T {
  try {
    if (value !== undefined) return parse(value);
  } catch (cause) {
    throw unexpected(field, value, cause);
  }
  throw unexpected(field, value, undefined);
}

/** A field that AWS may leave out or send empty. */
export function optional<T>(field: string, value: string | undefined, parse: (text: string) => T): T | undefined {
  return value === undefined || value === '' ? undefined : required(field, value, parse);
}

/** A list that AWS leaves out when it is empty. */
export function idList<T>(
  field: string,
  values: readonly string[] | undefined,
  parse: (text: string) => T,
): readonly T[] {
  return (values ?? []).map(value => required(field, value, parse));
}

/** As {@link required}, for text of any form. */
export function requiredText(field: string, value: string | undefined): string {
  return required(field, value, text => text);
}

/** As {@link required}, for bytes. */
export function requiredBytes(field: string, value: Uint8Array | undefined): Uint8Array {
  if (value) return value;
  throw unexpected(field, undefined, undefined);
}

function unexpected(field: string, value: string | undefined, cause: unknown): LabError {
  const detail = value === undefined ? `${field} is missing` : `${field} is ${JSON.stringify(value)}`;
  return new LabError('notAnAwsEndpoint', { action: '', detail }, { cause });
}

/** The member of a closed set that a wire word stands for; its casing and its dashes differ between the model, the wire and us. */
export function narrowed<T extends string>(value: string | undefined, members: readonly T[], otherwise: T): T {
  const plain = (text: string) => text.replaceAll(/[-_ ]/g, '').toLowerCase();
  return members.find(member => plain(member) === plain(value ?? '')) ?? otherwise;
}

/** Tags by key; a tag without a value has an empty one. */
export function tagsOf(tags: readonly Tag[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? '']])));
}
