import type { S3 } from '../../protocols/wireTypes';
import type { StoredObject } from '../../world/buckets';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext, OperationTable } from '../operation';
import { authorize } from './authorize';
import { findBucket } from './bucketAccess';
import { checkReadConditions, checkWriteConditions } from './objectConditions';
import { checksumShape, encryption } from './objectShapes';
import { checkVersion, readableObject } from './objects';
import { invalidArgument, invalidRequest, refuseMembers } from './s3Faults';
import { draftObject, storeObject } from './storeObject';

interface CopySource {
  readonly bucket: string;
  readonly key: string;
}

/** `bucket/key`, encoded, with or without a slash before it, `?versionId=` behind it. */
function readSource(text: string): CopySource {
  const [path = '', query] = text.split('?versionId=');
  checkVersion(query);
  const decoded = decode(path).replace(/^\//, '');
  const slash = decoded.indexOf('/');
  if (slash <= 0 || slash === decoded.length - 1)
    throw invalidArgument(
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      'x-amz-copy-source',
      text,
    );
  return { bucket: decoded.slice(0, slash), key: decoded.slice(slash + 1) };
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path.replaceAll('+', ' '));
  } catch {
    throw invalidArgument('Invalid copy source encoding', 'x-amz-copy-source', path);
  }
}

function sourceObject(input: S3.CopyObjectRequest, source: CopySource, context: CallContext): StoredObject {
  const bucket = findBucket(
    context,
    { Bucket: source.bucket, ExpectedBucketOwner: input.ExpectedSourceBucketOwner },
    true,
  );
  const object = readableObject(context, bucket, source.key);
  checkReadConditions(object, {
    IfMatch: input.CopySourceIfMatch,
    IfNoneMatch: input.CopySourceIfNoneMatch,
    IfModifiedSince: input.CopySourceIfModifiedSince,
    IfUnmodifiedSince: input.CopySourceIfUnmodifiedSince,
  });
  return object;
}

function copyObject(input: S3.CopyObjectRequest, context: CallContext): S3.CopyObjectOutput {
  const { Key: key = '' } = input;
  const bucket = findBucket(context, input);
  refuseMembers(input, ['CopySourceSSECustomerAlgorithm']);
  const source = readSource(input.CopySource ?? '');
  const original = sourceObject(input, source, context);
  authorize(context, { action: 's3:PutObject', bucket, key });
  checkWriteConditions(key, bucket.objects.get(key), input);
  refuseIdleCopy(input, source);
  const object = copyOf(original, input, context);
  storeObject(context, bucket, object);
  const { etag, modifiedAtMs } = object;
  return {
    CopyObjectResult: { ETag: `"${etag}"`, LastModified: wholeSeconds(modifiedAtMs), ...checksumShape(object) },
    ...encryption,
  };
}

function refuseIdleCopy(input: S3.CopyObjectRequest, source: CopySource): void {
  const isSame = source.bucket === input.Bucket && source.key === input.Key;
  const isChanged =
    input.MetadataDirective === 'REPLACE' ||
    input.StorageClass !== undefined ||
    input.ServerSideEncryption !== undefined;
  if (isSame && !isChanged)
    throw invalidRequest(
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
}

function copyOf(original: StoredObject, input: S3.CopyObjectRequest, context: CallContext): StoredObject {
  const draft = draftObject(input, context);
  const { body, etag, checksums } = original;
  const described = input.MetadataDirective === 'REPLACE' ? draft : original;
  return {
    ...draft,
    body,
    etag,
    checksums,
    headers: described.headers,
    metadata: described.metadata,
    tags: input.TaggingDirective === 'REPLACE' ? draft.tags : original.tags,
  };
}

export const copyOperations: OperationTable = { CopyObject: copyObject };
