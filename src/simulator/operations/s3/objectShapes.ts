import type { S3 } from '../../protocols/wireTypes';
import type { ObjectHeaders, StoredObject } from '../../world/buckets';
import { wholeSeconds } from '../common/wholeSeconds';

/** S3's limit is 5 GiB in one request; a practice world keeps its objects in memory. */
export const maxObjectBytes = 16 * 1024 * 1024;

/** Every object is encrypted since January 2023. */
export const encryption = { ServerSideEncryption: 'AES256' as const };

export const checksumMembers = {
  CRC32: 'ChecksumCRC32',
  CRC32C: 'ChecksumCRC32C',
  CRC64NVME: 'ChecksumCRC64NVME',
  SHA1: 'ChecksumSHA1',
  SHA256: 'ChecksumSHA256',
} as const;

type ChecksumMember = (typeof checksumMembers)[keyof typeof checksumMembers];
export type Checksums = { readonly [member in ChecksumMember]?: string | undefined };

/** The checksums that a request brings, by algorithm. */
export function readChecksums(input: Checksums): Readonly<Record<string, string>> {
  const found = Object.entries(checksumMembers).map(([algorithm, member]) => [algorithm, input[member]] as const);
  return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/** Members for the checksums of a whole object; empty without one. */
export function checksumShape({
  checksums,
}: Pick<StoredObject, 'checksums'>): Checksums & { ChecksumType?: S3.ChecksumType } {
  const entries = Object.entries(checksums).map(([algorithm, value]) => [
    checksumMembers[algorithm as keyof typeof checksumMembers],
    value,
  ]);
  return entries.length === 0 ? {} : { ...Object.fromEntries(entries), ChecksumType: 'FULL_OBJECT' };
}

/** What the answers to GET and HEAD say in headers about a whole object. */
export function describeObject(object: StoredObject, wantsChecksum: boolean): S3.HeadObjectOutput {
  const { headers, metadata, storageClass, tags } = object;
  return {
    AcceptRanges: 'bytes',
    LastModified: wholeSeconds(object.modifiedAtMs),
    ContentLength: object.body.length,
    ETag: `"${object.etag}"`,
    ...headerMembers(headers),
    Metadata: { ...metadata },
    ...encryption,
    ...(storageClass === 'STANDARD' ? {} : { StorageClass: storageClass as S3.StorageClass }),
    ...(Object.keys(tags).length === 0 ? {} : { TagCount: Object.keys(tags).length }),
    ...(wantsChecksum ? checksumShape(object) : {}),
  };
}

function headerMembers(headers: ObjectHeaders) {
  const members = {
    ContentType: headers.contentType,
    CacheControl: headers.cacheControl,
    ContentDisposition: headers.contentDisposition,
    ContentEncoding: headers.contentEncoding,
    ContentLanguage: headers.contentLanguage,
    Expires: headers.expiresAtMs === undefined ? undefined : new Date(headers.expiresAtMs),
  };
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}
