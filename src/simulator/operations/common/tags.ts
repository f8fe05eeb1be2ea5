import type { Tags } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';

const maximumTags = 50;
const maximumKeyLength = 128;
const maximumValueLength = 256;

export function tagList(tags: Tags): Ec2.Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags given at creation of one type of resource; any other type is refused. */
export function tagsAtCreation(
  specifications: readonly Ec2.TagSpecification[] | undefined,
  resourceType: string,
): Tags {
  return tagsByType(specifications, [resourceType])[resourceType] ?? {};
}

/** Tags given at creation of several types of resources at once, by type. */
export function tagsByType(
  specifications: readonly Ec2.TagSpecification[] | undefined,
  resourceTypes: readonly string[],
): Readonly<Record<string, Tags>> {
  const tags: Record<string, Tags> = {};
  for (const { ResourceType = '', Tags: given = [] } of specifications ?? []) {
    if (!resourceTypes.includes(ResourceType))
      throw new ServiceFault(
        'InvalidParameterValue',
        `'${ResourceType}' is not a valid taggable resource type for this operation.`,
      );
    tags[ResourceType] = withTags(tags[ResourceType] ?? {}, given);
  }
  return tags;
}

/** Tags after adding some; refuses what "Tag restrictions" of the EC2 guide excludes. */
export function withTags(tags: Tags, added: readonly Ec2.Tag[]): Tags {
  const seen = new Set<string>();
  for (const { Key = '', Value = '' } of added) {
    checkTag(Key, Value);
    if (seen.has(Key)) throw new ServiceFault('InvalidParameterValue', `Duplicate tag key '${Key}' specified.`);
    seen.add(Key);
  }
  const all = Object.fromEntries([
    ...Object.entries(tags),
    ...added.map(({ Key = '', Value = '' }) => [Key, Value] as const),
  ]);
  if (Object.keys(all).length > maximumTags)
    throw new ServiceFault('TagLimitExceeded', 'The maximum number of Tags for a resource has been reached.');
  return all;
}

function checkTag(key: string, value: string): void {
  if (key === '') throw new ServiceFault('MissingParameter', 'The request must contain the parameter Key');
  if (key.toLowerCase().startsWith('aws:'))
    throw new ServiceFault('InvalidParameterValue', `Tag keys starting with 'aws:' are reserved for internal use`);
  if (key.length > maximumKeyLength)
    throw new ServiceFault(
      'InvalidParameterValue',
      `Tag key exceeds the maximum length of ${maximumKeyLength} characters`,
    );
  if (value.length > maximumValueLength)
    throw new ServiceFault(
      'InvalidParameterValue',
      `Tag value exceeds the maximum length of ${maximumValueLength} characters`,
    );
}

/** Tags without some: by key alone, or only where the value is the same. */
export function withoutTags(tags: Tags, removed: readonly Ec2.Tag[] | undefined): Tags {
  if (!removed || removed.length === 0) return {};
  const goes = ([key, value]: readonly [string, string]) =>
    removed.some(tag => tag.Key === key && (tag.Value === undefined || tag.Value === value));
  return Object.fromEntries(Object.entries(tags).filter(entry => !goes(entry)));
}
