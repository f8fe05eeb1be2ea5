import type { Chance } from '../../chance';
import type { Account } from '../account';
import { type Bucket, emptyBucket, type StoredObject } from '../buckets';
import { practiceRegions } from '../zones';

interface SeedObject {
  readonly key: string;
  readonly contentType: string;
  readonly text: string;
  /** MD5 of the text, since the world computes no digests. */
  readonly etag: string;
}

const seedObjects: readonly SeedObject[] = [
  {
    key: 'readme.txt',
    contentType: 'text/plain',
    text: 'This bucket is part of the practice cloud. Read this object through a VPC endpoint, and watch which way the packets take.\n',
    etag: 'a3643fa3a0b3c378d467900e93276cd0',
  },
  {
    key: 'reports/2026/summary.csv',
    contentType: 'text/csv',
    text: 'month,requests,bytes\n2026-08,1204,88213\n2026-09,1377,91840\n2026-10,1519,104662\n',
    etag: '7b90c7e5da7327d9b48c2a6d52e978b0',
  },
  {
    key: 'reports/2026/october.csv',
    contentType: 'text/csv',
    text: 'day,requests\n2026-10-29,48\n2026-10-30,51\n2026-10-31,47\n',
    etag: '4c19bf0b63c081670fcf16f9ad502065',
  },
];

/** Who made the ready objects did so a while before the practice began. */
const ageMs = 30 * 24 * 3_600_000;

/** One bucket with a few objects per account and region, `practice-<account>-<region>-<6 hex>`: the labs read from one where the student is. */
export function seedBuckets(account: Account, chance: Chance, nowMs: number): readonly Bucket[] {
  const createdAtMs = Math.floor((nowMs - ageMs) / 1000) * 1000;
  return practiceRegions.map(region => {
    const name = `practice-${account.name}-${region}-${chance.fork(`${account.name}/${region}`).hex(6)}`;
    const objects = new Map(seedObjects.map(seed => [seed.key, storedObject(seed, createdAtMs)]));
    return { ...emptyBucket({ name, ownerId: account.id, region, createdAtMs }), objects };
  });
}

function storedObject({ key, contentType, text, etag }: SeedObject, modifiedAtMs: number): StoredObject {
  return {
    key,
    body: new TextEncoder().encode(text),
    etag,
    headers: {
      contentType,
      cacheControl: undefined,
      contentDisposition: undefined,
      contentEncoding: undefined,
      contentLanguage: undefined,
      expiresAtMs: undefined,
    },
    metadata: {},
    storageClass: 'STANDARD',
    checksums: {},
    tags: {},
    modifiedAtMs,
  };
}
