import { ServiceFault } from '../../protocols/serviceFault';
import { type Bucket, type StoredObject, withEntry, withoutEntry } from '../../world/buckets';
import type { CallContext } from '../operation';
import type { Checksums } from './objectShapes';
import { maxObjectBytes, readChecksums } from './objectShapes';
import { notSimulated, refuseMembers } from './s3Faults';
import { readTagHeader } from './tags';

const longestKeyBytes = 1024;
const storageClasses: readonly string[] = [
  'STANDARD',
  'STANDARD_IA',
  'ONEZONE_IA',
  'INTELLIGENT_TIERING',
  'GLACIER_IR',
];
/** What a bucket takes where the owner owns every object ("Controlling ownership of objects"). */
const ownerAcls: readonly string[] = ['private', 'bucket-owner-full-control'];

const unsimulated = [
  'GrantFullControl',
  'GrantRead',
  'GrantReadACP',
  'GrantWriteACP',
  'WriteOffsetBytes',
  'WebsiteRedirectLocation',
  'SSECustomerAlgorithm',
  'SSEKMSKeyId',
  'SSEKMSEncryptionContext',
  'ObjectLockMode',
  'ObjectLockRetainUntilDate',
  'ObjectLockLegalHoldStatus',
  'ObjectLockEventHold',
];

/** What the requests that make an object have in common. */
export interface ObjectInput extends Checksums {
  readonly Key: string | undefined;
  readonly ACL?: string | undefined;
  readonly CacheControl?: string | undefined;
  readonly ContentDisposition?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly ContentLanguage?: string | undefined;
  readonly ContentType?: string | undefined;
  readonly Expires?: Date | undefined;
  readonly Metadata?: Readonly<Record<string, string>> | undefined;
  readonly ServerSideEncryption?: string | undefined;
  readonly StorageClass?: string | undefined;
  readonly Tagging?: string | undefined;
}

/** The object that a request describes, still without a body; throws for what S3 refuses or is not simulated. */
export function draftObject(input: ObjectInput, { nowMs }: CallContext): StoredObject {
  const { Key: key = '', ACL: acl = 'private', StorageClass: storageClass = 'STANDARD' } = input;
  checkKey(key);
  refuseMembers(input, unsimulated);
  if (!ownerAcls.includes(acl))
    throw new ServiceFault('AccessControlListNotSupported', 'The bucket does not allow ACLs');
  if ((input.ServerSideEncryption ?? 'AES256') !== 'AES256')
    throw notSimulated(`encryption of objects by ${input.ServerSideEncryption}`);
  if (!storageClasses.includes(storageClass)) throw notSimulated(`the storage class ${storageClass}`);
  return {
    key,
    body: new Uint8Array(),
    etag: '',
    headers: {
      contentType: input.ContentType ?? 'binary/octet-stream',
      cacheControl: input.CacheControl,
      contentDisposition: input.ContentDisposition,
      contentEncoding: input.ContentEncoding,
      contentLanguage: input.ContentLanguage,
      expiresAtMs: input.Expires?.getTime(),
    },
    metadata: { ...input.Metadata },
    storageClass,
    checksums: readChecksums(input),
    tags: readTagHeader(input.Tagging),
    modifiedAtMs: nowMs,
  };
}

function checkKey(key: string): void {
  const size = new TextEncoder().encode(key).length;
  if (size > longestKeyBytes)
    throw new ServiceFault('KeyTooLongError', 'Your key is too long', 400, {
      Size: size,
      MaxSizeAllowed: longestKeyBytes,
    });
}

/** Refuses a body that is larger than the practice cloud keeps. */
export function checkSize(size: number): void {
  if (size > maxObjectBytes)
    throw new ServiceFault('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400, {
      ProposedSize: size,
      MaxSizeAllowed: maxObjectBytes,
    });
}

/** The digest that stands for a body as its entity tag, in hex. */
export function entityTag({ digests }: CallContext, body: Uint8Array): string {
  return [...digests.md5(body)].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

/** Puts objects into a bucket, in the place of those that were there. */
export function storeObject({ world }: CallContext, bucket: Bucket, object: StoredObject): void {
  const current = world.buckets.get(bucket.name) ?? bucket;
  world.buckets.set(bucket.name, { ...current, objects: withEntry(current.objects, object.key, object) });
}

export function removeObject({ world }: CallContext, bucket: Bucket, key: string): void {
  const current = world.buckets.get(bucket.name) ?? bucket;
  world.buckets.set(bucket.name, { ...current, objects: withoutEntry(current.objects, key) });
}
