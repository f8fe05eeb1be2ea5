import { presignedSignature } from '../../../../protocols/clientCodec';
import type { S3Objects } from './s3Objects';

/** A URL that anyone may get an object with for a while ("Authenticating Requests: Using Query Parameters"). */
export async function presignUrl(
  objects: S3Objects,
  bucket: string,
  key: string,
  expiresInSeconds: number,
): Promise<string> {
  const { client } = objects;
  const { request, url } = await client.request(objects.operation('GetObject'), { Bucket: bucket, Key: key });
  const keys = client.requireKeys();
  const scope = client.scope();
  const time = new Date(scope.nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
  const signature = await presignedSignature({ ...request, query: '', headers: { host: request.host } }, keys, {
    ...scope,
    expiresInSeconds,
  });
  const credential = `${keys.accessKeyId}/${time.slice(0, 8)}/${scope.region}/${scope.service}/aws4_request`;
  const parameters: readonly (readonly [string, string])[] = [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', credential],
    ['X-Amz-Date', time],
    ['X-Amz-Expires', String(expiresInSeconds)],
    ['X-Amz-SignedHeaders', 'host'],
    ...(keys.sessionToken === undefined ? [] : [['X-Amz-Security-Token', keys.sessionToken] as const]),
    ['X-Amz-Signature', signature],
  ];
  url.search = '';
  return `${url.href}?${parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')}`;
}
