import type { Tags } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Elbv2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { tagList } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { validationError } from './elbv2Faults';
import { findByArn, kinds, resourcePart } from './elbv2Resources';

const maximumTags = 50;
const maximumResources = 20;

/** Tags after adding some; a key may be given once, and not begin with `aws:` ("Elastic Load Balancing API: Tag"). */
export function withElbv2Tags(tags: Tags, added: readonly Elbv2.Tag[] | undefined): Tags {
  const keys = (added ?? []).map(({ Key = '' }) => Key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined)
    throw new ServiceFault('DuplicateTagKeys', `Duplicate tag keys are not allowed in a request: '${twice}'`);
  for (const { Key = '', Value = '' } of added ?? []) checkTag(Key, Value);
  const all = Object.fromEntries([
    ...Object.entries(tags),
    ...(added ?? []).map(({ Key = '', Value = '' }) => [Key, Value] as const),
  ]);
  if (Object.keys(all).length > maximumTags)
    throw new ServiceFault('TooManyTags', 'The maximum number of tags for a resource has been reached');
  return all;
}

function checkTag(key: string, value: string): void {
  if (key === '' || key.length > 128) throw validationError('Tag key must be between 1 and 128 characters long');
  if (value.length > 256) throw validationError('Tag value must be at most 256 characters long');
  if (key.toLowerCase().startsWith('aws:')) throw validationError(`Tag key '${key}' must not begin with 'aws:'`);
}

interface Tagged {
  readonly tags: Tags;
  replace(tags: Tags): void;
}

function findTagged(region: PlaceState, arn: string): Tagged {
  const part = resourcePart(arn)?.split('/')[0];
  if (part === 'loadbalancer') return taggedIn(region.loadBalancers, findByArn(kinds.loadBalancer, region, arn));
  if (part === 'targetgroup') return taggedIn(region.targetGroups, findByArn(kinds.targetGroup, region, arn));
  if (part === 'listener') return taggedIn(region.listeners, findByArn(kinds.listener, region, arn));
  throw validationError(`'${arn}' is not a valid load balancer, target group or listener ARN`);
}

function taggedIn<T extends { readonly arn: string; readonly tags: Tags }>(table: Map<string, T>, found: T): Tagged {
  return { tags: found.tags, replace: tags => table.set(found.arn, { ...found, tags }) };
}

function addTags({ ResourceArns = [], Tags }: Elbv2.AddTagsInput, { region }: CallContext): object {
  const changes = ResourceArns.map(arn => {
    const tagged = findTagged(region, arn);
    return { tagged, tags: withElbv2Tags(tagged.tags, Tags) };
  });
  for (const { tagged, tags } of changes) tagged.replace(tags);
  return {};
}

function removeTags({ ResourceArns = [], TagKeys = [] }: Elbv2.RemoveTagsInput, { region }: CallContext): object {
  for (const tagged of ResourceArns.map(arn => findTagged(region, arn)))
    tagged.replace(Object.fromEntries(Object.entries(tagged.tags).filter(([key]) => !TagKeys.includes(key))));
  return {};
}

function describeTags(
  { ResourceArns = [] }: Elbv2.DescribeTagsInput,
  { region }: CallContext,
): Elbv2.DescribeTagsOutput {
  if (ResourceArns.length > maximumResources)
    throw validationError(`Cannot have more than ${maximumResources} resources described`);
  return {
    TagDescriptions: ResourceArns.map(ResourceArn => ({
      ResourceArn,
      Tags: tagList(findTagged(region, ResourceArn).tags) as Elbv2.Tag[],
    })),
  };
}

export const elbv2TagOperations: OperationTable = {
  AddTags: addTags,
  RemoveTags: removeTags,
  DescribeTags: describeTags,
};
