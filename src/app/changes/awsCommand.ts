import { quoteIfNeeded } from '../../base/shellQuoting';
import type { Scope } from '../appModel';

/** A flag's value: text, several words after one flag, a bare switch, or left out. Already quoted text is a `RawWord`. */
export type FlagValue = string | number | readonly string[] | true | RawWord | undefined;

/** A word that the shell shall expand, such as `"$GROUP_ID"`. Never from a user or from the wire. */
export class RawWord {
  constructor(readonly text: string) {}
}

/** An AWS CLI line for a scope, quoted for a POSIX shell: `aws ec2 create-vpc-endpoint --region … --vpc-id …`. */
export function awsCommand(
  scope: Pick<Scope, 'region' | 'saved'>,
  service: string,
  operation: string,
  flags: Readonly<Record<string, FlagValue>>,
): string {
  const { saved, region } = scope;
  const place = { profile: saved?.profile, 'endpoint-url': saved?.endpointUrl, region };
  const words = Object.entries({ ...place, ...flags }).flatMap(([name, value]) => flagWords(name, value));
  return ['aws', service, operation, ...words].join(' ');
}

function flagWords(name: string, value: FlagValue): readonly string[] {
  if (value === undefined) return [];
  if (value === true) return [`--${name}`];
  if (value instanceof RawWord) return [`--${name}`, value.text];
  const values = Array.isArray(value) ? value : [String(value)];
  return [`--${name}`, ...values.map(quoteIfNeeded)];
}

/** `--tag-specifications` as JSON rather than the CLI's shorthand, in which a comma or a bracket of a name would mean something. */
export function tagFlag(resourceType: string, tags: Readonly<Record<string, string>>): string | undefined {
  const entries = Object.entries(tags);
  if (entries.length === 0) return undefined;
  return JSON.stringify([{ ResourceType: resourceType, Tags: entries.map(([Key, Value]) => ({ Key, Value })) }]);
}
