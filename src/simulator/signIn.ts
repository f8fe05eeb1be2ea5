import type { WireRequest } from '../core/ports/wire';
import type { Digests } from './digests';
import type { PresentedSignature } from './protocols/authorizationHeader';
import type { PresignedSignature } from './protocols/presignedQuery';
import { ServiceFault } from './protocols/serviceFault';
import type { ServiceModel } from './protocols/serviceModels';
import { signInFaults } from './protocols/signInFaults';
import { verifyPresigned, verifySignature } from './protocols/verifySignature';
import type { Principal } from './world/principal';
import type { World } from './world/world';
import { practiceRegions } from './world/zones';

/** Finds out who signed a request; throws a ServiceFault as the service would refuse. */
export async function signIn(
  world: World,
  digests: Digests,
  service: ServiceModel,
  request: WireRequest,
  presented: PresentedSignature | PresignedSignature,
): Promise<Principal> {
  const faults = signInFaults[service.protocol];
  const keys = world.issuedKeys(presented.accessKeyId);
  if (!keys) throw faults.unknownKey();
  if (keys.sessionToken !== tokenOf(request, presented)) throw faults.wrongToken();
  const nowMs = world.timeline.now();
  const signingKeys = {
    accessKeyId: presented.accessKeyId,
    secretAccessKey: keys.secretAccessKey,
    sessionToken: keys.sessionToken,
  };
  const verdict = isPresigned(presented)
    ? await verifyPresigned(request, presented, signingKeys, nowMs, digests)
    : verifySignature(request, presented, signingKeys, nowMs, digests);
  if (verdict === 'mismatch' || verdict === 'noDate') throw faults.mismatch();
  if (verdict === 'expired' && isPresigned(presented)) throw expiredUrl(presented, nowMs);
  if (verdict !== 'valid') throw faults.expired(new Date(nowMs).toISOString());
  if (keys.expiresAtMs !== undefined && keys.expiresAtMs <= nowMs) throw faults.expiredToken();
  if (service.name !== 'iam' && !practiceRegions.some(name => name === presented.region))
    throw faults.wrongScope('Credential should be scoped to a valid region.');
  return keys.principal;
}

export function isPresigned(presented: PresentedSignature | PresignedSignature): presented is PresignedSignature {
  return 'expiresInSeconds' in presented;
}

function tokenOf({ headers }: WireRequest, presented: PresentedSignature | PresignedSignature): string | undefined {
  return isPresigned(presented) ? presented.sessionToken : headers['x-amz-security-token'];
}

function expiredUrl({ expiresInSeconds }: PresignedSignature, nowMs: number): ServiceFault {
  return new ServiceFault('AccessDenied', 'Request has expired', 403, {
    'X-Amz-Expires': expiresInSeconds,
    ServerTime: new Date(nowMs).toISOString(),
  });
}
