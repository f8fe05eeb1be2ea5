import type { WireRequest } from '../core/ports/wire';
import type { Digests } from './digests';
import type { PresentedSignature } from './protocols/authorizationHeader';
import type { ServiceModel } from './protocols/serviceModels';
import { signInFaults } from './protocols/signInFaults';
import { verifySignature } from './protocols/verifySignature';
import type { IssuedKeys, Principal } from './world/principal';
import type { World } from './world/world';
import { practiceRegions } from './world/zones';

/** Finds out who signed a request; throws a ServiceFault as the service would refuse. */
export async function signIn(
  world: World,
  digests: Digests,
  service: ServiceModel,
  request: WireRequest,
  presented: PresentedSignature,
): Promise<Principal> {
  const faults = signInFaults[service.protocol];
  const keys = world.issuedKeys(presented.accessKeyId);
  if (!keys || !isTokenRight(keys, request)) throw faults.unknownKey();
  const nowMs = world.timeline.now();
  const signingKeys = {
    accessKeyId: presented.accessKeyId,
    secretAccessKey: keys.secretAccessKey,
    sessionToken: keys.sessionToken,
  };
  const verdict = await verifySignature(request, presented, signingKeys, nowMs, digests);
  if (verdict === 'mismatch' || verdict === 'noDate') throw faults.mismatch();
  if (verdict !== 'valid') throw faults.expired(new Date(nowMs).toISOString());
  if (keys.expiresAtMs !== undefined && keys.expiresAtMs <= nowMs) throw faults.expiredToken();
  if (service.name !== 'iam' && !practiceRegions.some(name => name === presented.region))
    throw faults.wrongScope('Credential should be scoped to a valid region.');
  return keys.principal;
}

function isTokenRight({ sessionToken }: IssuedKeys, { headers }: WireRequest): boolean {
  return headers['x-amz-security-token'] === sessionToken;
}
