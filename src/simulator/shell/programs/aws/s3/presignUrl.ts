import { presignedParameters } from '../presignedParameters';
import type { S3Objects } from './s3Objects';

/** A URL that anyone may get an object with for a while. */
export async function presignUrl(
  objects: S3Objects,
  bucket: string,
  key: string,
  expiresInSeconds: number,
): Promise<string> {
  const { client } = objects;
  const { request, url } = await client.request(objects.operation('GetObject'), { Bucket: bucket, Key: key });
  const scope = { ...client.scope(), expiresInSeconds };
  url.search = '';
  return `${url.href}?${await presignedParameters({ ...request, query: '' }, client.requireKeys(), scope)}`;
}
