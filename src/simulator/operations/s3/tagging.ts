import type { Tags } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { S3 } from '../../protocols/wireTypes';
import type { Bucket } from '../../world/buckets';
import type { CallContext, OperationTable } from '../operation';
import { authorize } from './authorize';
import { findBucket, openBucket } from './bucketAccess';
import { checkVersion } from './objects';
import { noSuchKey } from './s3Faults';
import { storeObject } from './storeObject';
import { readTagList, tagList } from './tags';

const mostObjectTags = 10;

function putBucketTagging(input: S3.PutBucketTaggingRequest, context: CallContext): object {
  return setBucketTags(
    context,
    openBucket(context, input, 's3:PutBucketTagging'),
    readTagList(input.Tagging?.TagSet ?? []),
  );
}

function deleteBucketTagging(input: S3.DeleteBucketTaggingRequest, context: CallContext): object {
  return setBucketTags(context, openBucket(context, input, 's3:PutBucketTagging'), {});
}

function setBucketTags({ world }: CallContext, bucket: Bucket, tags: Tags): object {
  world.buckets.set(bucket.name, { ...bucket, tags });
  return {};
}

function getBucketTagging(input: S3.GetBucketTaggingRequest, context: CallContext): S3.GetBucketTaggingOutput {
  const { tags, name } = openBucket(context, input, 's3:GetBucketTagging');
  if (Object.keys(tags).length === 0)
    throw new ServiceFault('NoSuchTagSet', 'The TagSet does not exist', 404, { BucketName: name });
  return { TagSet: tagList(tags) };
}

function taggedObject(input: S3.GetObjectTaggingRequest, context: CallContext, action: string) {
  const { Key: key = '' } = input;
  const bucket = findBucket(context, input);
  checkVersion(input.VersionId);
  authorize(context, { action, bucket, key });
  const object = bucket.objects.get(key);
  if (!object) throw noSuchKey(key);
  return { bucket, object };
}

function getObjectTagging(input: S3.GetObjectTaggingRequest, context: CallContext): S3.GetObjectTaggingOutput {
  return { TagSet: tagList(taggedObject(input, context, 's3:GetObjectTagging').object.tags) };
}

function putObjectTagging(input: S3.PutObjectTaggingRequest, context: CallContext): S3.PutObjectTaggingOutput {
  const { bucket, object } = taggedObject(input, context, 's3:PutObjectTagging');
  const tags = readTagList(input.Tagging?.TagSet ?? []);
  if (Object.keys(tags).length > mostObjectTags)
    throw new ServiceFault('BadRequest', `Object tags cannot be greater than ${mostObjectTags}`);
  storeObject(context, bucket, { ...object, tags });
  return {};
}

function deleteObjectTagging(input: S3.DeleteObjectTaggingRequest, context: CallContext): S3.DeleteObjectTaggingOutput {
  const { bucket, object } = taggedObject(input, context, 's3:DeleteObjectTagging');
  storeObject(context, bucket, { ...object, tags: {} });
  return {};
}

export const taggingOperations: OperationTable = {
  DeleteBucketTagging: deleteBucketTagging,
  DeleteObjectTagging: deleteObjectTagging,
  GetBucketTagging: getBucketTagging,
  GetObjectTagging: getObjectTagging,
  PutBucketTagging: putBucketTagging,
  PutObjectTagging: putObjectTagging,
};
