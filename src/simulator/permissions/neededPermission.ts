import type { CallContext } from '../operations/operation';
import type { OperationModel } from '../protocols/serviceModels';
import type { RequestFacts } from '../world/policyVariables';

/** One thing that must be allowed before a call is carried out. */
export interface NeededPermission {
  /** As policies name it: `ec2:RunInstances`. */
  readonly action: string;
  /** An ARN, or `*` for actions that know no resources. */
  readonly resource: string;
  /** What is known besides the request's own facts, such as the tags of the resource. */
  readonly facts?: RequestFacts;
}

/** A call that asks for permission. */
export interface AskedCall {
  readonly operation: OperationModel;
  readonly input: unknown;
  readonly context: CallContext;
}

export type InputMembers = Readonly<Record<string, unknown>>;

/** The members of a structure; none for what is no structure. */
export function membersOf(value: unknown): InputMembers {
  return typeof value === 'object' && value !== null ? (value as InputMembers) : {};
}

/** A member that is a text. */
export function textOf(input: unknown, name: string): string | undefined {
  const value = membersOf(input)[name];
  return typeof value === 'string' ? value : undefined;
}

/** Every text in a value, however deep. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (value instanceof Uint8Array || value instanceof Date) return [];
  return Object.values(membersOf(value)).flatMap(textsIn);
}

/** What conditions on tags look at: those of a request, or of a resource (`prefix` as in `aws:RequestTag`). */
export function tagFacts(prefix: string, tags: Readonly<Record<string, string>>): RequestFacts {
  const facts = Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`.toLowerCase(), value]);
  return Object.fromEntries(facts);
}
