/** What a signature in the headers of a received request has to be: the signer's own rules without its promises and copies. */
import { escapeUri } from '@smithy/core/protocols';
import { createScope, getCanonicalHeaders, getCanonicalQuery } from '@smithy/signature-v4';
import type { WireRequest } from '../../core/ports/wire';
import type { Digests } from '../digests';
import type { PresentedSignature } from './authorizationHeader';
import { parseQuery } from './sigV4';

const algorithm = 'AWS4-HMAC-SHA256';
const payloadHeader = 'x-amz-content-sha256';
/** Keys are derived for a day, a region and a service; this many are kept. */
const mostKeys = 100;

const derivedKeys = new Map<string, Uint8Array>();
const encoder = new TextEncoder();

/**
 * The signature in hexadecimal digits ("Create a signed AWS API request"; the signer is smithy-lang/smithy-typescript:packages/signature-v4).
 * `request` has lower-case header names with `x-amz-date` among them. Undefined when a header that is said to be signed is not there.
 */
export function expectedSignature(
  request: WireRequest,
  presented: PresentedSignature,
  secretAccessKey: string,
  digests: Digests,
): string | undefined {
  const canonical = canonicalRequest(request, presented, digests);
  if (canonical === undefined) return undefined;
  const { date, region, service } = presented;
  const scope = createScope(date, region, service);
  const hash = hexOf(digests.sha256(encoder.encode(canonical)));
  const text = `${algorithm}\n${request.headers['x-amz-date']}\n${scope}\n${hash}`;
  const key = derivedKey(secretAccessKey, presented, digests);
  return hexOf(digests.hmacSha256(key, encoder.encode(text)));
}

function canonicalRequest(
  request: WireRequest,
  { signedHeaders, service }: PresentedSignature,
  digests: Digests,
): string | undefined {
  const names = [...new Set(signedHeaders)].sort();
  const given: Readonly<Record<string, string>> = { ...request.headers, host: request.host };
  const headers: Record<string, string> = {};
  for (const name of names) {
    if (!Object.hasOwn(given, name)) return undefined;
    headers[name] = given[name] as string;
  }
  const canonical = getCanonicalHeaders({ headers } as never, undefined, new Set(names));
  const path = service === 's3' ? request.path : escapedPath(request.path);
  const query = request.query === '' ? '' : getCanonicalQuery({ query: parseQuery(request.query) } as never);
  const lines = names.map(name => `${name}:${canonical[name]}\n`).join('');
  const payload = headers[payloadHeader] ?? hexOf(digests.sha256(request.body));
  return `${request.method}\n${path}\n${query}\n${lines}\n${names.join(';')}\n${payload}`;
}

/** Without empty and dotted segments, and escaped once more; S3 alone takes paths as they come. */
function escapedPath(path: string): string {
  if (path === '/') return path;
  const segments: string[] = [];
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  const end = segments.length > 0 && path.endsWith('/') ? '/' : '';
  return `/${segments.map(escapeUri).join('/')}${end}`;
}

/** Depends on the day and the secret only, not on the request ("Derive a signing key"). */
function derivedKey(secret: string, { date, region, service }: PresentedSignature, digests: Digests): Uint8Array {
  const name = [secret, date, region, service].join('\n');
  const known = derivedKeys.get(name);
  if (known) return known;
  const made = [date, region, service, 'aws4_request'].reduce<Uint8Array>(
    (key, part) => digests.hmacSha256(key, encoder.encode(part)),
    encoder.encode(`AWS4${secret}`),
  );
  if (derivedKeys.size >= mostKeys) derivedKeys.clear();
  derivedKeys.set(name, made);
  return made;
}

const hexDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Bytes as lower-case hexadecimal digits. */
export function hexOf(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += hexDigits[byte];
  return text;
}
