import type { Tags } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { S3 } from '../../protocols/wireTypes';

/** A tag set by key; throws when a key stands twice ("PutBucketTagging: InvalidTag"). */
export function readTagList(list: readonly S3.Tag[]): Tags {
  const entries = list.map(({ Key = '', Value = '' }) => [Key, Value] as const);
  const tags = Object.fromEntries(entries);
  if (Object.keys(tags).length < entries.length) throw invalidTag('Cannot provide multiple Tags with the same key');
  if (entries.some(([key]) => key === '' || key.length > 128 || key.startsWith('aws:')))
    throw invalidTag('The TagKey you have provided is invalid');
  if (entries.some(([, value]) => value.length > 256)) throw invalidTag('The TagValue you have provided is invalid');
  return tags;
}

export function tagList(tags: Tags): S3.Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags in the header `x-amz-tagging`: encoded as a query. */
export function readTagHeader(header: string | undefined): Tags {
  const pairs = [...new URLSearchParams(header ?? '')];
  return readTagList(pairs.map(([Key, Value]) => ({ Key, Value })));
}

function invalidTag(message: string): ServiceFault {
  return new ServiceFault('InvalidTag', message);
}
