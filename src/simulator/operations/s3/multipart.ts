import { malformedXml } from '../../protocols/rest/decodeXml';
import { ServiceFault } from '../../protocols/serviceFault';
import type { S3 } from '../../protocols/wireTypes';
import { type Bucket, type MultipartUpload, type UploadedPart, withEntry, withoutEntry } from '../../world/buckets';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext, OperationTable } from '../operation';
import { authorize } from './authorize';
import { type BucketInput, canonicalId, findBucket, openBucket } from './bucketAccess';
import { checkWriteConditions } from './objectConditions';
import { type Checksums, checksumShape, encryption, readChecksums } from './objectShapes';
import { invalidArgument, refuseMembers } from './s3Faults';
import { checkSize, draftObject, entityTag, storeObject } from './storeObject';

/** "Amazon S3 multipart upload limits". */
const mostParts = 10_000;
const leastPartBytes = 5 * 1024 * 1024;
const uploadIdLength = 128;
const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-';

interface UploadInput extends BucketInput {
  readonly Key: string | undefined;
  readonly UploadId: string | undefined;
}

function setUploads({ world }: CallContext, bucket: Bucket, uploads: Bucket['uploads']): void {
  const current = world.buckets.get(bucket.name) ?? bucket;
  world.buckets.set(bucket.name, { ...current, uploads });
}

function findUpload(input: UploadInput, context: CallContext, action: string) {
  const { Key: key = '', UploadId = '' } = input;
  const bucket = findBucket(context, input);
  authorize(context, { action, bucket, key });
  const upload = bucket.uploads.get(UploadId);
  if (upload?.draft.key === key) return { bucket, upload };
  throw new ServiceFault(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    404,
    { UploadId },
  );
}

function createMultipartUpload(
  input: S3.CreateMultipartUploadRequest,
  context: CallContext,
): S3.CreateMultipartUploadOutput {
  const { Key: key = '', ChecksumAlgorithm, ChecksumType } = input;
  const bucket = findBucket(context, input);
  authorize(context, { action: 's3:PutObject', bucket, key });
  const draft = draftObject(input, context);
  const id = context.region.chanceFor('s3/upload').text(idAlphabet, uploadIdLength);
  const upload = { id, draft, parts: new Map(), initiatedAtMs: context.nowMs };
  setUploads(context, bucket, withEntry(bucket.uploads, id, upload));
  const checksum =
    ChecksumAlgorithm === undefined ? {} : { ChecksumAlgorithm, ...(ChecksumType ? { ChecksumType } : {}) };
  return { Bucket: bucket.name, Key: key, UploadId: id, ...checksum, ...encryption };
}

function uploadPart(input: S3.UploadPartRequest, context: CallContext): S3.UploadPartOutput {
  const { PartNumber: number = 0 } = input;
  const { bucket, upload } = findUpload(input, context, 's3:PutObject');
  refuseMembers(input, ['SSECustomerAlgorithm']);
  if (number < 1 || number > mostParts)
    throw invalidArgument(`Part number must be an integer between 1 and ${mostParts}, inclusive`, 'partNumber', number);
  const body = (input.Body as Uint8Array | undefined) ?? new Uint8Array();
  const others = [...upload.parts.values()].filter(part => part.number !== number);
  checkSize(sizeOf(others) + body.length);
  const part: UploadedPart = {
    number,
    body,
    etag: entityTag(context, body),
    checksums: readChecksums(input),
    modifiedAtMs: context.nowMs,
  };
  const parts = withEntry(upload.parts, number, part);
  setUploads(context, bucket, withEntry(bucket.uploads, upload.id, { ...upload, parts }));
  return { ETag: `"${part.etag}"`, ...encryption, ...partChecksums(part) };
}

function sizeOf(parts: readonly UploadedPart[]): number {
  return parts.reduce((sum, { body }) => sum + body.length, 0);
}

function partChecksums(part: UploadedPart): Checksums {
  const { ChecksumType, ...checksums } = checksumShape(part);
  return checksums;
}

function completeMultipartUpload(
  input: S3.CompleteMultipartUploadRequest,
  context: CallContext,
): S3.CompleteMultipartUploadOutput {
  const { bucket, upload } = findUpload(input, context, 's3:PutObject');
  const { key } = upload.draft;
  const parts = chosenParts(upload, input.MultipartUpload?.Parts ?? []);
  checkWriteConditions(key, bucket.objects.get(key), input);
  const object = {
    ...upload.draft,
    body: joined(parts.map(({ body }) => body)),
    etag: `${entityTag(context, joined(parts.map(({ etag }) => bytesOfHex(etag))))}-${parts.length}`,
    modifiedAtMs: upload.initiatedAtMs,
  };
  setUploads(context, bucket, withoutEntry(bucket.uploads, upload.id));
  storeObject(context, bucket, object);
  const Location = `https://${bucket.name}.s3.${bucket.region}.amazonaws.com/${encodeURIComponent(key)}`;
  return { Location, Bucket: bucket.name, Key: key, ETag: `"${object.etag}"`, ...encryption };
}

/** The parts that the object is made of, in the order that the client lists them. */
function chosenParts(upload: MultipartUpload, listed: readonly S3.CompletedPart[]): readonly UploadedPart[] {
  if (listed.length === 0) throw malformedXml();
  const numbers = listed.map(({ PartNumber = 0 }) => PartNumber);
  if (numbers.some((number, index) => index > 0 && number <= (numbers[index - 1] as number)))
    throw new ServiceFault(
      'InvalidPartOrder',
      'The list of parts was not in ascending order. Parts must be ordered by part number.',
      400,
      { UploadId: upload.id },
    );
  const parts = listed.map(entry => partOf(upload, entry));
  for (const { body, number, etag } of parts.slice(0, -1))
    if (body.length < leastPartBytes)
      throw new ServiceFault('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400, {
        ProposedSize: body.length,
        MinSizeAllowed: leastPartBytes,
        PartNumber: number,
        ETag: etag,
      });
  return parts;
}

function partOf(upload: MultipartUpload, { PartNumber = 0, ETag = '' }: S3.CompletedPart): UploadedPart {
  const part = upload.parts.get(PartNumber);
  if (part && part.etag === ETag.replaceAll('"', '')) return part;
  throw new ServiceFault(
    'InvalidPart',
    "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
    400,
    { UploadId: upload.id, PartNumber, ETag },
  );
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function bytesOfHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], pair => Number.parseInt(pair, 16));
}

function abortMultipartUpload(input: S3.AbortMultipartUploadRequest, context: CallContext): object {
  const { bucket, upload } = findUpload(input, context, 's3:AbortMultipartUpload');
  setUploads(context, bucket, withoutEntry(bucket.uploads, upload.id));
  return {};
}

function listParts(input: S3.ListPartsRequest, context: CallContext): S3.ListPartsOutput {
  const { bucket, upload } = findUpload(input, context, 's3:ListMultipartUploadParts');
  const { MaxParts = 1000, PartNumberMarker = '0' } = input;
  const following = [...upload.parts.values()]
    .filter(({ number }) => number > Number(PartNumberMarker))
    .sort((one, other) => one.number - other.number);
  const parts = following.slice(0, MaxParts);
  const isTruncated = following.length > parts.length;
  return {
    Bucket: bucket.name,
    Key: upload.draft.key,
    UploadId: upload.id,
    PartNumberMarker,
    ...(isTruncated ? { NextPartNumberMarker: String(parts.at(-1)?.number) } : {}),
    MaxParts,
    IsTruncated: isTruncated,
    Parts: parts.map(part => ({
      PartNumber: part.number,
      LastModified: wholeSeconds(part.modifiedAtMs),
      ETag: `"${part.etag}"`,
      Size: part.body.length,
      ...partChecksums(part),
    })),
    Initiator: { ID: context.caller.arn },
    Owner: { ID: canonicalId(context, bucket.ownerId) },
    StorageClass: upload.draft.storageClass as S3.StorageClass,
  };
}

function listMultipartUploads(
  input: S3.ListMultipartUploadsRequest,
  context: CallContext,
): S3.ListMultipartUploadsOutput {
  const bucket = openBucket(context, input, 's3:ListBucketMultipartUploads');
  refuseMembers(input, ['KeyMarker', 'UploadIdMarker', 'Delimiter']);
  const { Prefix = '', MaxUploads = 1000 } = input;
  const uploads = [...bucket.uploads.values()].filter(({ draft }) => draft.key.startsWith(Prefix));
  const ID = canonicalId(context, bucket.ownerId);
  return {
    Bucket: bucket.name,
    ...(Prefix === '' ? {} : { Prefix }),
    MaxUploads,
    IsTruncated: false,
    Uploads: uploads.map(({ id, draft, initiatedAtMs }) => ({
      UploadId: id,
      Key: draft.key,
      Initiated: wholeSeconds(initiatedAtMs),
      StorageClass: draft.storageClass as S3.StorageClass,
      Owner: { ID },
      Initiator: { ID },
    })),
  };
}

export const multipartOperations: OperationTable = {
  AbortMultipartUpload: abortMultipartUpload,
  CompleteMultipartUpload: completeMultipartUpload,
  CreateMultipartUpload: createMultipartUpload,
  ListMultipartUploads: listMultipartUploads,
  ListParts: listParts,
  UploadPart: uploadPart,
};
