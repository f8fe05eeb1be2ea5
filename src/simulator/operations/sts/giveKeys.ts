import type { Sts } from '../../protocols/wireTypes';
import type { Principal } from '../../world/principal';
import { newTemporaryKeys } from '../../world/roleSessions';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext } from '../operation';

const secondMs = 1000;

/** Makes keys that stand for somebody until they expire. */
export function giveKeys(
  { world, region, nowMs }: CallContext,
  principal: Principal,
  seconds: number,
): Sts.Credentials {
  const { accessKeyId, secretAccessKey, sessionToken } = newTemporaryKeys(region.chanceFor('temporary keys'));
  const expiresAtMs = nowMs + seconds * secondMs;
  world
    .account(principal.accountId)
    .temporaryKeys.set(accessKeyId, { principal, secretAccessKey, sessionToken, expiresAtMs });
  return {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: wholeSeconds(expiresAtMs),
  };
}
