import type { WireRequest } from '../../../../core/ports/wire';
import { presignedSignature, type SigningKeys, type SigningScope } from '../../../protocols/clientCodec';

/** A request's signature for its URL's query ("Authenticating Requests: Using Query Parameters"); it signs the host alone. */
export async function presignedParameters(
  request: WireRequest,
  keys: SigningKeys,
  scope: SigningScope & { readonly expiresInSeconds: number },
): Promise<string> {
  const time = new Date(scope.nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
  const signature = await presignedSignature({ ...request, headers: { host: request.host } }, keys, scope);
  const credential = `${keys.accessKeyId}/${time.slice(0, 8)}/${scope.region}/${scope.service}/aws4_request`;
  const parameters: readonly (readonly [string, string])[] = [
    ['X-Amz-Algorithm', 'AWS4-HMAC-SHA256'],
    ['X-Amz-Credential', credential],
    ['X-Amz-Date', time],
    ['X-Amz-Expires', String(scope.expiresInSeconds)],
    ['X-Amz-SignedHeaders', 'host'],
    ...(keys.sessionToken === undefined ? [] : [['X-Amz-Security-Token', keys.sessionToken] as const]),
    ['X-Amz-Signature', signature],
  ];
  return parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
}
