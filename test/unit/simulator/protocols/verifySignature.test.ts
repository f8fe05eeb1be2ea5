import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { WireRequest } from '../../../../src/core/ports/wire';
import { nodeDigests } from '../../../../src/simulator/nodeDigests';
import { parseAuthorization } from '../../../../src/simulator/protocols/authorizationHeader';
import { type SigningKeys, signRequest } from '../../../../src/simulator/protocols/sigV4';
import { verifySignature } from '../../../../src/simulator/protocols/verifySignature';

const nowMs = Date.UTC(2026, 10, 30, 12);
const minuteMs = 60_000;
const text = new TextEncoder();

const plain: WireRequest = {
  method: 'POST',
  host: 'ec2.ap-south-1.amazonaws.com',
  path: '/',
  query: '',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: text.encode('Action=DescribeVpcs&Version=2016-11-15'),
};
const keys: SigningKeys = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** As smithy's signer signs for the SDKs. */
function sign(request: WireRequest, by = keys, service = 'ec2', atMs = nowMs): Promise<WireRequest> {
  return signRequest(request, by, { service, region: 'ap-south-1', nowMs: atMs, digests: nodeDigests });
}

function verdictOf(signed: WireRequest, by = keys): string {
  const presented = parseAuthorization(signed.headers.authorization);
  assert.ok(presented);
  return verifySignature(signed, presented, by, nowMs, nodeDigests);
}

const pathParts = fc.array(
  fc.oneof(fc.constantFrom('', '.', '..', 'a b', '%2F', '%C3%A9', '~-_', "!'()*", '+', '='), fc.webSegment()),
  { maxLength: 5 },
);
const queryName = fc.constantFrom('a', 'A', 'a-b', 'X', '%C3%A9', 'q%20');
const queryPairs = fc.array(
  fc.tuple(queryName, fc.constantFrom('', '1', '2', '%2F', 'a%20b', '%E2%82%AC', '%zz', '~')),
  {
    maxLength: 6,
  },
);
const headerValue = fc.constantFrom('plain', '  led and  trailed ', 'a\tb', '', 'k=v; x="y  z"', 'é');
const headers = fc.dictionary(
  fc.constantFrom('content-type', 'x-amz-meta-a', 'x-amz-target', 'range', 'accept'),
  headerValue,
);

const requests = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD'),
  host: fc.constantFrom('127.0.0.1:4566', 'bucket.s3.ap-south-1.amazonaws.com', 'ec2.ap-south-1.amazonaws.com'),
  path: pathParts.map(parts => `/${parts.join('/')}`),
  query: queryPairs.map(pairs => pairs.map(([name, value]) => `${name}=${value}`).join('&')),
  headers,
  body: fc.uint8Array({ maxLength: 40 }),
});
const signers = fc.record({
  accessKeyId: fc.constant(keys.accessKeyId),
  secretAccessKey: fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
  sessionToken: fc.option(fc.constantFrom('FwoGZXIvYXdz', 'a/b+c=='), { nil: undefined }),
});
const services = fc.constantFrom('ec2', 's3', 'ssmmessages');

describe('the check of a signature in the headers', () => {
  it('accepts what smithy’s signer makes of any path, query, headers, body and keys', () =>
    fc.assert(
      fc.asyncProperty(requests, signers, services, async (request, by, service) => {
        assert.equal(verdictOf(await sign(request, by, service), by), 'valid');
      }),
    ));

  it('refuses a request that was changed after it was signed, wherever that is', () =>
    fc.assert(
      fc.asyncProperty(requests, signers, services, async (request, by, service) => {
        const signed = await sign(request, by, service);
        const changed: readonly WireRequest[] = [
          { ...signed, method: 'PATCH' },
          { ...signed, host: 'elsewhere.example' },
          { ...signed, path: `${signed.path}/more` },
          { ...signed, query: `${signed.query}&more=1` },
          { ...signed, headers: { ...signed.headers, 'x-amz-date': '20261130T120001Z' } },
          ...(service === 's3' ? [] : [{ ...signed, body: Uint8Array.from([...signed.body, 1]) }]),
        ];
        assert.deepEqual(
          changed.map(one => verdictOf(one, by)),
          changed.map(() => 'mismatch'),
        );
        assert.equal(verdictOf(signed, { ...by, secretAccessKey: `${by.secretAccessKey}x` }), 'mismatch');
      }),
    ));

  it('takes the payload of S3 as the header states it', async () => {
    const request = { ...plain, headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } };
    const signed = await sign(request, keys, 's3');
    assert.equal(verdictOf({ ...signed, body: text.encode('anything') }), 'valid');
    assert.equal(verdictOf(await sign(request)), 'mismatch');
  });

  it('keeps the clock within a quarter of an hour on either side', async () => {
    const verdicts = [-16, -15, 15, 16].map(async minutes =>
      verdictOf(await sign(plain, keys, 'ec2', nowMs + minutes * minuteMs)),
    );
    assert.deepEqual(await Promise.all(verdicts), ['expired', 'valid', 'valid', 'notYetCurrent']);
  });

  it('wants host, date and session token among the signed headers, and every signed header in the request', async () => {
    const signed = await sign(plain, { ...keys, sessionToken: 'token' });
    const presented = parseAuthorization(signed.headers.authorization);
    assert.ok(presented);
    const by = { ...keys, sessionToken: 'token' };
    const verdictFor = (signedHeaders: readonly string[]) =>
      verifySignature(signed, { ...presented, signedHeaders }, by, nowMs, nodeDigests);
    assert.equal(verdictFor(presented.signedHeaders), 'valid');
    for (const name of ['host', 'x-amz-date', 'x-amz-security-token'])
      assert.equal(verdictFor(presented.signedHeaders.filter(one => one !== name)), 'mismatch');
    for (const name of ['x-amz-absent', 'constructor', '__proto__'])
      assert.equal(verdictFor([...presented.signedHeaders, name]), 'mismatch');
  });
});
