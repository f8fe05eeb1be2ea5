import { toBase64, toHex } from '@smithy/core/serde';
import type { WireRequest } from '../../../core/ports/wire';
import type { Digests } from '../../digests';
import { ServiceFault } from '../serviceFault';
import { checksumAlgorithms, checksumHeader, checksumOf } from './checksums';
import { readChunkedBody } from './chunkedBody';

const statedHeader = 'x-amz-content-sha256';
const unsigned = 'UNSIGNED-PAYLOAD';
/** Uploads that name no checksum get this one since December 2024 ("Checking object integrity for data uploads in Amazon S3"). */
const defaultAlgorithm = 'CRC64NVME';

/**
 * A request to S3 as it was meant: chunks put together, digests of the body checked. Rejects with a ServiceFault when the body is not what the
 * headers say. `isPresigned`: the query carries the signature, and nothing states a digest.
 */
export async function readPayload(request: WireRequest, digests: Digests, isPresigned: boolean): Promise<WireRequest> {
  const stated = request.headers[statedHeader] ?? (isPresigned ? unsigned : undefined);
  if (stated === undefined)
    throw new ServiceFault('InvalidRequest', `Missing required header for this request: ${statedHeader}`);
  const whole = stated.startsWith('STREAMING-') ? unchunked(request) : request;
  if (whole === request) checkStated(stated, request.body, digests);
  checkMd5(whole, digests);
  return withChecksum(whole);
}

function unchunked(request: WireRequest): WireRequest {
  const { body, trailers } = readChunkedBody(request.body);
  const { 'content-encoding': encoding = '', ...headers } = request.headers;
  const rest = encoding
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '' && part !== 'aws-chunked');
  const others = rest.length === 0 ? {} : { 'content-encoding': rest.join(',') };
  const length = headers['x-amz-decoded-content-length'];
  if (length === undefined)
    throw new ServiceFault('MissingContentLength', 'You must provide the Content-Length HTTP header.', 411);
  if (Number(length) !== body.length)
    throw new ServiceFault(
      'IncompleteBody',
      'You did not provide the number of bytes specified by the Content-Length HTTP header',
    );
  return { ...request, headers: { ...headers, ...others, ...trailers }, body };
}

function checkStated(stated: string, body: Uint8Array, digests: Digests): void {
  if (stated === unsigned) return;
  if (!/^[0-9a-f]{64}$/.test(stated))
    throw new ServiceFault(
      'InvalidArgument',
      `${statedHeader} must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD, STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD-TRAILER or a valid sha256 value.`,
      400,
      { ArgumentName: statedHeader, ArgumentValue: stated },
    );
  const computed = toHex(digests.sha256(body));
  if (computed !== stated)
    throw new ServiceFault(
      'XAmzContentSHA256Mismatch',
      `The provided '${statedHeader}' header does not match what was computed.`,
      400,
      { ClientComputedContentSHA256: stated, S3ComputedContentSHA256: computed },
    );
}

function checkMd5({ headers, body }: WireRequest, digests: Digests): void {
  const given = headers['content-md5'];
  if (given === undefined) return;
  if (!/^[A-Za-z0-9+/]{22}==$/.test(given))
    throw new ServiceFault('InvalidDigest', 'The Content-MD5 you specified was invalid.', 400, {
      'Content-MD5': given,
    });
  const computed = toBase64(digests.md5(body));
  if (computed !== given)
    throw new ServiceFault('BadDigest', 'The Content-MD5 you specified did not match what we received.', 400, {
      ExpectedDigest: given,
      CalculatedDigest: computed,
    });
}

/** Checks the checksums that are given; an upload without one gets the usual one. */
async function withChecksum(request: WireRequest): Promise<WireRequest> {
  const { headers, body, method } = request;
  const given = checksumAlgorithms.filter(algorithm => headers[checksumHeader(algorithm)] !== undefined);
  for (const algorithm of given)
    if ((await checksumOf(algorithm, body)) !== headers[checksumHeader(algorithm)])
      throw new ServiceFault('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`);
  if (given.length > 0 || method !== 'PUT' || body.length === 0) return request;
  return {
    ...request,
    headers: { ...headers, [checksumHeader(defaultAlgorithm)]: await checksumOf(defaultAlgorithm, body) },
  };
}
