import { ServiceFault } from '../../protocols/serviceFault';
import type { S3 } from '../../protocols/wireTypes';
import type { Bucket, StoredObject } from '../../world/buckets';
import type { CallContext, OperationTable } from '../operation';
import { authorize, isAllowed } from './authorize';
import { findBucket } from './bucketAccess';
import { contentRange, readRange } from './byteRange';
import { checkReadConditions, checkWriteConditions } from './objectConditions';
import { checksumShape, describeObject, encryption } from './objectShapes';
import { accessDenied, invalidArgument, noSuchKey, refuseMembers } from './s3Faults';
import { checkSize, draftObject, entityTag, removeObject, storeObject } from './storeObject';

type ReadInput = S3.GetObjectRequest | S3.HeadObjectRequest;

/** Headers of the answer that a signed request may choose. */
const overrides = {
  ResponseCacheControl: 'CacheControl',
  ResponseContentDisposition: 'ContentDisposition',
  ResponseContentEncoding: 'ContentEncoding',
  ResponseContentLanguage: 'ContentLanguage',
  ResponseContentType: 'ContentType',
  ResponseExpires: 'Expires',
} as const;

/** An object that the caller may read; who may not list the bucket does not learn whether there is one. */
export function readableObject(context: CallContext, bucket: Bucket, key: string): StoredObject {
  authorize(context, { action: 's3:GetObject', bucket, key });
  const object = bucket.objects.get(key);
  if (object) return object;
  throw isAllowed(context, { action: 's3:ListBucket', bucket }) ? noSuchKey(key) : accessDenied();
}

/** Without versioning there is one version, `null`. */
export function checkVersion(versionId: string | undefined): void {
  if (versionId !== undefined && versionId !== 'null')
    throw invalidArgument('Invalid version id specified', 'versionId', versionId);
}

function openObject(input: ReadInput, context: CallContext): StoredObject {
  const { Key: key = '', VersionId, PartNumber = 1 } = input;
  const bucket = findBucket(context, input);
  refuseMembers(input, ['SSECustomerAlgorithm']);
  checkVersion(VersionId);
  const object = readableObject(context, bucket, key);
  checkReadConditions(object, input);
  if (PartNumber !== 1) throw new ServiceFault('InvalidPartNumber', 'The requested partnumber is not satisfiable', 416);
  return object;
}

function overridden(input: ReadInput): object {
  const entries = Object.entries(overrides).map(([from, to]) => [to, input[from as keyof typeof overrides]]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Body and headers of an object, or of the part of it that is asked for. */
function getObject(input: S3.GetObjectRequest, context: CallContext): S3.GetObjectOutput {
  const object = openObject(input, context);
  const size = object.body.length;
  const range = readRange(input.Range, size);
  const whole = { ...describeObject(object, input.ChecksumMode === 'ENABLED' && !range), ...overridden(input) };
  const body = range ? object.body.slice(range.first, range.last + 1) : object.body;
  const part = range ? { ContentRange: contentRange(range, size), ContentLength: body.length } : {};
  return { ...whole, ...part, Body: body as never };
}

function headObject(input: S3.HeadObjectRequest, context: CallContext): S3.HeadObjectOutput {
  const object = openObject(input, context);
  const size = object.body.length;
  const range = readRange(input.Range, size);
  const part = range ? { ContentRange: contentRange(range, size), ContentLength: range.last - range.first + 1 } : {};
  return { ...describeObject(object, input.ChecksumMode === 'ENABLED' && !range), ...overridden(input), ...part };
}

function putObject(input: S3.PutObjectRequest, context: CallContext): S3.PutObjectOutput {
  const { Key: key = '' } = input;
  const bucket = findBucket(context, input);
  authorize(context, { action: 's3:PutObject', bucket, key });
  const body = (input.Body as Uint8Array | undefined) ?? new Uint8Array();
  checkSize(body.length);
  checkWriteConditions(key, bucket.objects.get(key), input);
  const object = { ...draftObject(input, context), body, etag: entityTag(context, body) };
  storeObject(context, bucket, object);
  return { ETag: `"${object.etag}"`, ...encryption, ...checksumShape(object) };
}

/** There is nothing wrong with deleting what is not there. */
function deleteObject(input: S3.DeleteObjectRequest, context: CallContext): S3.DeleteObjectOutput {
  const { Key: key = '', VersionId, IfMatch } = input;
  const bucket = findBucket(context, input);
  refuseMembers(input, ['MFA', 'IfMatchLastModifiedTime', 'IfMatchSize']);
  checkVersion(VersionId);
  authorize(context, { action: 's3:DeleteObject', bucket, key });
  checkWriteConditions(key, bucket.objects.get(key), { IfMatch });
  removeObject(context, bucket, key);
  return {};
}

export const objectOperations: OperationTable = {
  DeleteObject: deleteObject,
  GetObject: getObject,
  HeadObject: headObject,
  PutObject: putObject,
};
