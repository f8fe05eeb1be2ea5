import type { Bucket } from '../../world/buckets';
import type { CallContext } from '../operation';
import { authorize } from './authorize';
import { accessDenied, noSuchBucket, permanentRedirect } from './s3Faults';

/** What every call about a bucket says. */
export interface BucketInput {
  readonly Bucket: string | undefined;
  readonly ExpectedBucketOwner?: string | undefined;
}

/** The bucket where the request arrived; throws NoSuchBucket, PermanentRedirect to another region, and AccessDenied for another owner than expected. */
export function findBucket(
  { world, region }: CallContext,
  { Bucket: name = '', ExpectedBucketOwner }: BucketInput,
  isAnyRegion = false,
): Bucket {
  const bucket = world.buckets.get(name);
  if (!bucket) throw noSuchBucket(name);
  if (!isAnyRegion && bucket.region !== region.place.region) throw permanentRedirect(bucket);
  if (ExpectedBucketOwner !== undefined && ExpectedBucketOwner !== bucket.ownerId) throw accessDenied();
  return bucket;
}

/** As {@link findBucket}, for a caller who may do this to the bucket. */
export function openBucket(context: CallContext, input: BucketInput, action: string): Bucket {
  const bucket = findBucket(context, input);
  authorize(context, { action, bucket });
  return bucket;
}

/** The user id of an account in S3: 64 hex digits. */
export function canonicalId({ world }: CallContext, accountId: string): string {
  return world.chanceFor(`canonical id/${accountId}`).hex(64);
}
