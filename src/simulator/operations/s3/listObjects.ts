import type { S3 } from '../../protocols/wireTypes';
import { type Bucket, compareKeys, type StoredObject } from '../../world/buckets';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext, OperationTable } from '../operation';
import { authorize } from './authorize';
import { canonicalId, findBucket } from './bucketAccess';
import type { checksumMembers } from './objectShapes';
import { invalidArgument, refuseMembers } from './s3Faults';

const mostKeys = 1000;
const largestNumber = 2 ** 31 - 1;

/** One line of a listing: an object, or all keys that go on alike up to the delimiter. */
interface Entry {
  readonly text: string;
  readonly object: StoredObject | undefined;
}

interface Question {
  readonly prefix: string;
  readonly delimiter: string;
  /** Keys up to here, included, are left out. */
  readonly after: string;
  readonly count: number;
}

interface Listing {
  readonly entries: readonly Entry[];
  readonly isTruncated: boolean;
}

function entriesOf(objects: Iterable<StoredObject>, { prefix, delimiter, after, count }: Question): Listing {
  const entries = new Map<string, Entry>();
  for (const object of [...objects].sort((one, other) => compareKeys(one.key, other.key))) {
    if (!object.key.startsWith(prefix) || compareKeys(object.key, after) <= 0) continue;
    const end = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
    const text = end < 0 ? object.key : object.key.slice(0, end + delimiter.length);
    if (end >= 0 && text === after) continue;
    if (!entries.has(text)) entries.set(text, { text, object: end < 0 ? object : undefined });
  }
  const all = [...entries.values()];
  return { entries: all.slice(0, count), isTruncated: count > 0 && all.length > count };
}

function checkedCount(asked: number | undefined): number {
  if (asked === undefined) return mostKeys;
  if (!Number.isInteger(asked) || asked < 0 || asked > largestNumber)
    throw invalidArgument(`Argument maxKeys must be an integer between 0 and ${largestNumber}`, 'maxKeys', asked);
  return Math.min(asked, mostKeys);
}

/** How keys are written: as they are, or encoded for clients whose XML cannot carry every character. */
function writerOf(encodingType: string | undefined): (text: string) => string {
  if (encodingType === undefined) return text => text;
  if (encodingType !== 'url')
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encodingType);
  return text =>
    encodeURIComponent(text)
      .replaceAll('%2F', '/')
      .replaceAll('%20', '+')
      .replace(/[!'()]/g, mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

type ListingContents = Pick<S3.ListObjectsV2Output, 'Contents' | 'CommonPrefixes' | 'IsTruncated'>;

function contentsOf(listing: Listing, write: (text: string) => string, owner: S3.Owner | undefined): ListingContents {
  return {
    IsTruncated: listing.isTruncated,
    Contents: listing.entries.flatMap(({ object }) => (object ? [objectShape(object, write, owner)] : [])),
    CommonPrefixes: listing.entries.flatMap(({ text, object }) => (object ? [] : [{ Prefix: write(text) }])),
  };
}

function objectShape(object: StoredObject, write: (text: string) => string, owner: S3.Owner | undefined): S3._Object {
  const { key, etag, body, modifiedAtMs, storageClass } = object;
  const algorithms = Object.keys(object.checksums) as (keyof typeof checksumMembers)[];
  return {
    Key: write(key),
    LastModified: wholeSeconds(modifiedAtMs),
    ETag: `"${etag}"`,
    ...(algorithms.length > 0 ? { ChecksumAlgorithm: algorithms, ChecksumType: 'FULL_OBJECT' } : {}),
    Size: body.length,
    StorageClass: storageClass as S3.ObjectStorageClass,
    ...(owner ? { Owner: owner } : {}),
  };
}

/** The bucket, for who may list it by this prefix and this delimiter. */
function listedBucket(input: S3.ListObjectsV2Request | S3.ListObjectsRequest, context: CallContext): Bucket {
  const bucket = findBucket(context, input);
  const { Prefix, Delimiter, MaxKeys } = input;
  const facts = { 's3:prefix': Prefix, 's3:delimiter': Delimiter, 's3:max-keys': MaxKeys };
  const given = Object.entries(facts).filter(([, value]) => value !== undefined);
  const known = Object.fromEntries(given.map(([key, value]) => [key, String(value)]));
  authorize(context, { action: 's3:ListBucket', bucket, facts: known });
  refuseMembers(input, ['OptionalObjectAttributes']);
  return bucket;
}

function listObjectsV2(input: S3.ListObjectsV2Request, context: CallContext): S3.ListObjectsV2Output {
  const bucket = listedBucket(input, context);
  const { Prefix = '', Delimiter = '', StartAfter, ContinuationToken, EncodingType, FetchOwner } = input;
  const count = checkedCount(input.MaxKeys);
  const write = writerOf(EncodingType);
  const after = ContinuationToken === undefined ? (StartAfter ?? '') : readToken(ContinuationToken);
  const listing = entriesOf(bucket.objects.values(), { prefix: Prefix, delimiter: Delimiter, after, count });
  const last = listing.entries.at(-1);
  return {
    Name: bucket.name,
    Prefix: write(Prefix),
    ...(Delimiter === '' ? {} : { Delimiter: write(Delimiter) }),
    ...(StartAfter === undefined ? {} : { StartAfter: write(StartAfter) }),
    ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
    ...(listing.isTruncated && last ? { NextContinuationToken: writeToken(last.text) } : {}),
    ...(EncodingType === undefined ? {} : { EncodingType }),
    KeyCount: listing.entries.length,
    MaxKeys: count,
    ...contentsOf(listing, write, FetchOwner ? { ID: canonicalId(context, bucket.ownerId) } : undefined),
  };
}

/** The first version of the listing, which goes on from a key; it names the next one only where keys are grouped. */
function listObjects(input: S3.ListObjectsRequest, context: CallContext): S3.ListObjectsOutput {
  const bucket = listedBucket(input, context);
  const { Prefix = '', Delimiter = '', Marker = '', EncodingType } = input;
  const count = checkedCount(input.MaxKeys);
  const write = writerOf(EncodingType);
  const listing = entriesOf(bucket.objects.values(), { prefix: Prefix, delimiter: Delimiter, after: Marker, count });
  const last = listing.entries.at(-1);
  return {
    Name: bucket.name,
    Prefix: write(Prefix),
    Marker: write(Marker),
    ...(Delimiter === '' ? {} : { Delimiter: write(Delimiter) }),
    ...(listing.isTruncated && last && Delimiter !== '' ? { NextMarker: write(last.text) } : {}),
    ...(EncodingType === undefined ? {} : { EncodingType }),
    MaxKeys: count,
    ...contentsOf(listing, write, { ID: canonicalId(context, bucket.ownerId) }),
  };
}

/** Tokens are nobody's business but S3's own. */
function writeToken(text: string): string {
  return btoa(encodeURIComponent(text));
}

function readToken(token: string): string {
  try {
    return decodeURIComponent(atob(token));
  } catch {
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token', token);
  }
}

export const listingOperations: OperationTable = { ListObjects: listObjects, ListObjectsV2: listObjectsV2 };
