import assert from 'node:assert/strict';
import { buildQueryString } from '@smithy/core/protocols';
import { Hash } from '@smithy/hash-node';
import { HttpRequest } from '@smithy/protocol-http';
import { SignatureV4 } from '@smithy/signature-v4';
import { practiceBucket } from '../../../support/practiceBucket';

/** A URL for one object that carries its signature, as the SDK makes them, and what the cloud answers to it. */
async function presigned() {
  const { cloud, timeline, Bucket } = await practiceBucket();
  const keys = cloud.accounts[1];
  assert.ok(keys);
  const signer = new SignatureV4({
    ...{ region: 'ap-south-1', service: 's3', credentials: keys, uriEscapePath: false, applyChecksum: false },
    sha256: Hash.bind(null, 'sha256'),
  });
  const host = `${Bucket}.s3.ap-south-1.amazonaws.com`;
  const unsigned = { method: 'GET', hostname: host, path: '/readme.txt' };
  const headers = { host, 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' };
  const { query } = await signer.presign(new HttpRequest({ ...unsigned, headers }), { expiresIn: 600 });
  const ask = async (change: Record<string, string> = {}, path = '/readme.txt') => {
    const text = buildQueryString({ ...query, ...change });
    const request = { method: 'GET', host, path, query: text, headers: { host }, body: new Uint8Array() };
    const { status, body } = await cloud.handle(request);
    const content = new TextDecoder().decode(body);
    return [status, /<Code>(\w+)<\/Code>/.exec(content)?.[1]] as const;
  };
  return { ask, timeline };
}

/** Source: "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)". */
describe('a URL that carries its signature', () => {
  it('gives what it was made for, and nothing else', async () => {
    const { ask } = await presigned();
    assert.deepEqual(await ask(), [200, undefined]);
    assert.deepEqual(await ask({}, '/other.txt'), [403, 'SignatureDoesNotMatch']);
    assert.deepEqual(await ask({ 'X-Amz-Expires': '700' }), [403, 'SignatureDoesNotMatch']);
    assert.deepEqual(await ask({ 'X-Amz-Expires': '604801' }), [400, 'AuthorizationQueryParametersError']);
    assert.deepEqual(await ask({ 'X-Amz-Credential': 'x' }), [400, 'AuthorizationQueryParametersError']);
  });

  it('is good for its time', async () => {
    const { ask, timeline } = await presigned();
    timeline.advanceTo(timeline.now() + 590_000);
    assert.deepEqual(await ask(), [200, undefined]);
    timeline.advanceTo(timeline.now() + 20_000);
    assert.deepEqual(await ask(), [403, 'AccessDenied']);
  });
});
