import { ListBucketsCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { type PracticeClients, startTestCloud, type TestCloud } from './practice';

export interface PracticeBucket extends TestCloud {
  readonly s3: S3Client;
  /** The consumer's ready bucket in the home region. */
  readonly Bucket: string;
  /** Clients of the provider. */
  readonly others: PracticeClients;
}

/** A cloud, the consumer's client of S3 in the home region, and the ready bucket there. */
export async function practiceBucket(): Promise<PracticeBucket> {
  const cloud = startTestCloud('default-vpc');
  const { s3 } = cloud.clients();
  return { ...cloud, s3, Bucket: await readyBucket(s3, 'ap-south-1'), others: cloud.clients(0) };
}

/** The name of the bucket that a client's account has ready in a region. */
export async function readyBucket(s3: S3Client, region: string): Promise<string> {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({ BucketRegion: region }));
  return Buckets[0]?.Name ?? '';
}

export async function keysOf(s3: S3Client, Bucket: string): Promise<readonly (string | undefined)[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  return Contents.map(({ Key }) => Key);
}
