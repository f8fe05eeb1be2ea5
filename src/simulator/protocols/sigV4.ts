import { HttpRequest } from '@smithy/core/protocols';
import { toHex } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ChecksumConstructor, SourceData } from '@smithy/types';
import type { WireRequest } from '../../core/ports/wire';
import type { Digests } from '../digests';

export interface SigningKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface SigningScope {
  readonly service: string;
  readonly region: string;
  readonly nowMs: number;
  readonly digests: Digests;
}

const payloadHeader = 'x-amz-content-sha256';

/** Signs with Signature Version 4: the same request with `x-amz-date`, `authorization` and so on in its headers. */
export async function signRequest(request: WireRequest, keys: SigningKeys, scope: SigningScope): Promise<WireRequest> {
  const stated = isS3(scope) ? { [payloadHeader]: toHex(scope.digests.sha256(request.body)) } : {};
  const unsigned = { ...request, headers: { ...stated, ...request.headers, host: request.host } };
  const signed = await signerOf(keys, scope).sign(unsignedRequest(unsigned), { signingDate: new Date(scope.nowMs) });
  return { ...request, headers: signed.headers };
}

/** S3 wants the body's digest in a header, and paths as they are sent ("Authenticating Requests: Using the Authorization Header"). */
function isS3({ service }: SigningScope): boolean {
  return service === 's3';
}

/**
 * The signature for a URL that carries it in its query. Of `request`, the query must hold none of the signature's own parameters, and the headers only
 * those that are signed.
 */
export async function presignedSignature(
  request: WireRequest,
  keys: SigningKeys,
  scope: SigningScope & { readonly expiresInSeconds: number },
): Promise<string> {
  const names = new Set(Object.keys(request.headers));
  const headers = { ...(isS3(scope) ? { [payloadHeader]: 'UNSIGNED-PAYLOAD' } : {}), ...request.headers };
  const signed = await signerOf(keys, scope).presign(unsignedRequest({ ...request, headers }), {
    signingDate: new Date(scope.nowMs),
    expiresIn: scope.expiresInSeconds,
    signableHeaders: names,
    unhoistableHeaders: new Set([...names, payloadHeader]),
    ...(names.has(payloadHeader) ? {} : { unsignableHeaders: new Set([payloadHeader]) }),
  });
  return String(signed.query?.['X-Amz-Signature'] ?? '');
}

function signerOf(keys: SigningKeys, scope: SigningScope): SignatureV4 {
  return new SignatureV4({
    credentials: {
      accessKeyId: keys.accessKeyId,
      secretAccessKey: keys.secretAccessKey,
      ...(keys.sessionToken === undefined ? {} : { sessionToken: keys.sessionToken }),
    },
    region: scope.region,
    service: scope.service,
    sha256: checksumOf(scope.digests),
    applyChecksum: false,
    uriEscapePath: !isS3(scope),
  });
}

function unsignedRequest(request: WireRequest): HttpRequest {
  return new HttpRequest({
    method: request.method,
    hostname: request.host,
    path: request.path,
    query: parseQuery(request.query),
    headers: { ...request.headers },
    body: request.body,
  });
}

/** The signer's view of a query: values by name, decoded. A malformed escape stays as it is. */
export function parseQuery(query: string): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {};
  for (const pair of query.split('&').filter(text => text !== '')) {
    const at = pair.indexOf('=');
    const name = decode(at < 0 ? pair : pair.slice(0, at));
    const value = at < 0 ? '' : decode(pair.slice(at + 1));
    const before = values[name];
    values[name] = before === undefined ? value : [before, value].flat();
  }
  return values;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function bytesOf(data: SourceData): Uint8Array {
  if (typeof data === 'string') return new TextEncoder().encode(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}

/** The signer asks for a digest class; without a secret it is SHA-256, with one HMAC. */
function checksumOf(digests: Digests): ChecksumConstructor {
  return class {
    readonly #key: Uint8Array | undefined;
    #data = new Uint8Array();

    constructor(secret?: SourceData) {
      this.#key = secret === undefined ? undefined : bytesOf(secret);
    }

    update(data: Uint8Array): void {
      const joined = new Uint8Array(this.#data.length + data.length);
      joined.set(this.#data);
      joined.set(data, this.#data.length);
      this.#data = joined;
    }

    digest(): Promise<Uint8Array> {
      return Promise.resolve(this.#key ? digests.hmacSha256(this.#key, this.#data) : digests.sha256(this.#data));
    }

    reset(): void {
      this.#data = new Uint8Array();
    }
  };
}
