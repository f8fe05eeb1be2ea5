import type { WireRequest } from '../../core/ports/wire';
import type { Digests } from '../digests';
import type { PresentedSignature } from './authorizationHeader';
import { expectedSignature, hexOf } from './expectedSignature';
import { type PresignedSignature, signatureParameters } from './presignedQuery';
import { presignedSignature, type SigningKeys } from './sigV4';

/** Signatures are good for 15 minutes on either side of the service's clock. */
const allowedSkewMs = 15 * 60_000;

export type SignatureVerdict = 'valid' | 'mismatch' | 'expired' | 'notYetCurrent' | 'noDate';

/** `20240228T113533Z` to milliseconds; undefined for another form. */
export function parseAmzDate(text: string | undefined): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text ?? '');
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts.map(Number);
  return Date.UTC(year!, month! - 1, day, hour, minute, second);
}

/** Works out the signature again with the keys that it names, and compares. Header and body count as they came; S3 looks at the body itself. */
export function verifySignature(
  request: WireRequest,
  presented: PresentedSignature,
  keys: SigningKeys,
  nowMs: number,
  digests: Digests,
): SignatureVerdict {
  const signedAtMs = parseAmzDate(request.headers['x-amz-date']);
  if (signedAtMs === undefined) return 'noDate';
  if (signedAtMs < nowMs - allowedSkewMs) return 'expired';
  if (signedAtMs > nowMs + allowedSkewMs) return 'notYetCurrent';
  const names = new Set(presented.signedHeaders);
  const needed = ['host', 'x-amz-date', ...(keys.sessionToken === undefined ? [] : ['x-amz-security-token'])];
  if (!needed.every(name => names.has(name)) || !request.headers['x-amz-date']?.startsWith(presented.date))
    return 'mismatch';
  if (presented.service !== 's3' && !isPayloadAsStated(request, digests)) return 'mismatch';
  const expected = expectedSignature(request, presented, keys.secretAccessKey, digests);
  return expected !== undefined && isEqual(expected, presented.signature) ? 'valid' : 'mismatch';
}

/** As {@link verifySignature}, for a signature in the query: good from its date for as long as it says. */
export async function verifyPresigned(
  request: WireRequest,
  presented: PresignedSignature,
  keys: SigningKeys,
  nowMs: number,
  digests: Digests,
): Promise<SignatureVerdict> {
  const signedAtMs = parseAmzDate(presented.dateText);
  if (signedAtMs === undefined) return 'noDate';
  if (signedAtMs > nowMs + allowedSkewMs) return 'notYetCurrent';
  if (nowMs > signedAtMs + presented.expiresInSeconds * 1000) return 'expired';
  const names = new Set(presented.signedHeaders);
  if (!names.has('host') || !presented.dateText.startsWith(presented.date)) return 'mismatch';
  const headers = Object.fromEntries(
    Object.entries({ ...request.headers, host: request.host }).filter(([name]) => names.has(name)),
  );
  const query = request.query
    .split('&')
    .filter(pair => !signatureParameters.includes(pair.split('=')[0] ?? ''))
    .join('&');
  const { region, service, expiresInSeconds } = presented;
  const scope = { region, service, expiresInSeconds, nowMs: signedAtMs, digests };
  const expected = await presignedSignature({ ...request, headers, query }, keys, scope);
  return isEqual(expected, presented.signature) ? 'valid' : 'mismatch';
}

/** A stated digest stands for the body in the signature, so it must be the body's own. */
function isPayloadAsStated({ headers, body }: WireRequest, digests: Digests): boolean {
  const stated = headers['x-amz-content-sha256'];
  if (stated === undefined) return true;
  return isEqual(stated, hexOf(digests.sha256(body)));
}

/** Compares in a time that does not tell where the first difference is. */
function isEqual(left: string, right: string): boolean {
  if (left.length !== right.length) return false;
  let difference = 0;
  for (let index = 0; index < left.length; index++) difference |= left.charCodeAt(index) ^ right.charCodeAt(index);
  return difference === 0;
}
