import type { WireHandler, WireRequest } from '../../../src/core/ports/wire';
import { nodeDigests } from '../../../src/simulator/nodeDigests';
import { signRequest } from '../../../src/simulator/protocols/sigV4';
import { parseAmzDate } from '../../../src/simulator/protocols/verifySignature';

/** The least that most lists of EC2 give at once. */
const pageSize = '5';
/** Headers that follow from the body. */
const ofBody = /^(?:authorization|x-amz-date|content-length|x-amz-content-sha256)$/;
const credentialForm = /Credential=([^/]+)\/[^/]+\/([^/]+)\/([^/]+)\//;

/** A handler before a cloud that asks for lists in small pages, whatever the client wants, and signs anew for who asked. */
export function inSmallPages(next: WireHandler, secretOf: (accessKeyId: string) => string): WireHandler {
  return async (request, signal) => {
    const body = new TextDecoder().decode(request.body);
    const small = body.replace(/((?:^|&)(?:MaxResults|PageSize)=)\d+/, `$1${pageSize}`);
    return next(small === body ? request : await signedAnew(request, small, secretOf), signal);
  };
}

async function signedAnew(request: WireRequest, body: string, secretOf: (id: string) => string): Promise<WireRequest> {
  const { authorization = '', 'x-amz-date': date } = request.headers;
  const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !ofBody.test(name)));
  const [, accessKeyId = '', region = '', service = ''] = credentialForm.exec(authorization) ?? [];
  const changed = { ...request, headers, body: new TextEncoder().encode(body) };
  const keys = { accessKeyId, secretAccessKey: secretOf(accessKeyId) };
  return signRequest(changed, keys, { service, region, nowMs: parseAmzDate(date) ?? 0, digests: nodeDigests });
}
