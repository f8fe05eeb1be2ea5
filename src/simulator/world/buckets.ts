import type { AccountId, Region } from '../../core/ids';
import type { Tags } from '../../core/network';

/** Headers of an object that S3 gives back as they were given ("Working with object metadata": system-defined metadata). */
export interface ObjectHeaders {
  readonly contentType: string;
  readonly cacheControl: string | undefined;
  readonly contentDisposition: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly contentLanguage: string | undefined;
  readonly expiresAtMs: number | undefined;
}

export interface StoredObject {
  readonly key: string;
  readonly body: Uint8Array;
  /** Without quotes: the MD5 of the body in hex, of several parts that of their digests with `-<count>`. */
  readonly etag: string;
  readonly headers: ObjectHeaders;
  /** Names in lower case, without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly storageClass: string;
  /** In base64, by algorithm as in `CRC64NVME`. */
  readonly checksums: Readonly<Record<string, string>>;
  readonly tags: Tags;
  readonly modifiedAtMs: number;
}

export interface UploadedPart {
  readonly number: number;
  readonly body: Uint8Array;
  readonly etag: string;
  readonly checksums: Readonly<Record<string, string>>;
  readonly modifiedAtMs: number;
}

/** An upload in parts that was begun and not yet ended. */
export interface MultipartUpload {
  readonly id: string;
  /** The object as it will be, without body and etag. */
  readonly draft: StoredObject;
  readonly parts: ReadonlyMap<number, UploadedPart>;
  readonly initiatedAtMs: number;
}

/** "Blocking public access to your Amazon S3 storage". */
export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** A general purpose bucket. Its name is taken for everybody, its region is for good. */
export interface Bucket {
  readonly name: string;
  readonly ownerId: AccountId;
  readonly region: Region;
  readonly createdAtMs: number;
  readonly policy: string | undefined;
  readonly publicAccessBlock: PublicAccessBlock | undefined;
  readonly tags: Tags;
  readonly objects: ReadonlyMap<string, StoredObject>;
  readonly uploads: ReadonlyMap<string, MultipartUpload>;
}

/** Since April 2023 every new bucket blocks all public access. */
export const allPublicAccessBlocked: PublicAccessBlock = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

export function emptyBucket(parts: Pick<Bucket, 'name' | 'ownerId' | 'region' | 'createdAtMs'>): Bucket {
  return {
    ...parts,
    policy: undefined,
    publicAccessBlock: allPublicAccessBlocked,
    tags: {},
    objects: new Map(),
    uploads: new Map(),
  };
}

/** The same table with one entry more or another one. */
export function withEntry<K, V>(table: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(table).set(key, value);
}

/** The same table without an entry. */
export function withoutEntry<K, V>(table: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  const rest = new Map(table);
  rest.delete(key);
  return rest;
}

const encoder = new TextEncoder();

/** The order of keys in listings: by their bytes in UTF-8 ("ListObjectsV2"). */
export function compareKeys(left: string, right: string): number {
  const [one, other] = [encoder.encode(left), encoder.encode(right)];
  const shared = Math.min(one.length, other.length);
  for (let index = 0; index < shared; index++)
    if (one[index] !== other[index]) return (one[index] as number) - (other[index] as number);
  return one.length - other.length;
}
