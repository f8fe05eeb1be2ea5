import type { WireRequest } from '../../src/core/ports/wire';
import { nodeDigests } from '../../src/simulator/nodeDigests';
import { findService, serializeRequest, signRequest } from '../../src/simulator/protocols/clientCodec';

/** An EC2 call without parameters, signed now: good for a quarter of an hour, as often as it is sent. */
export async function signedRequest(
  action: string,
  region: string,
  keys: { readonly accessKeyId: string; readonly secretAccessKey: string },
  host?: string,
): Promise<WireRequest> {
  const operation = findService('ec2')?.actions.get(action);
  if (!operation) throw new Error(`EC2 has no ${action}`);
  const plain = await serializeRequest(operation, {}, { region, makeToken: () => '' });
  const scope = { service: 'ec2', region, nowMs: Date.now(), digests: nodeDigests };
  return signRequest({ ...plain, host: host ?? plain.host }, keys, scope);
}
