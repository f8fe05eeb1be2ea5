import type { ResourceType, TagSpecification } from '@aws-sdk/client-ec2';
import type { Tags } from '../core/network';

/** Undefined without tags: AWS refuses an empty specification. */
export function tagSpecification(type: ResourceType, tags: Tags): TagSpecification[] | undefined {
  const list = tagList(tags);
  return list.length > 0 ? [{ ResourceType: type, Tags: list }] : undefined;
}

/** Tags as every service but EC2 takes them. */
export function tagList(tags: Tags): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
