import type { AccountId } from '../../core/ids';
import type { Instance } from '../../core/network';
import type { Chance } from '../chance';
import type { IamRole } from './account';
import type { IssuedKeys } from './principal';
import type { RoleCredentials } from './regionState';

const hourMs = 3_600_000;
/** IMDS renews keys well before they expire ("Retrieve security credentials from instance metadata"). */
const renewalMs = 5 * hourMs;
const lifetimeMs = 6 * hourMs;

const keyAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const base64Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Keys as STS gives them out. */
export function newTemporaryKeys(
  chance: Chance,
): Pick<RoleCredentials, 'accessKeyId' | 'secretAccessKey' | 'sessionToken'> {
  return {
    accessKeyId: `ASIA${chance.text(keyAlphabet, 16)}`,
    secretAccessKey: chance.text(base64Alphabet, 40),
    sessionToken: `IQoJb3JpZ2luX2VjE${chance.text(base64Alphabet, 340)}`,
  };
}

/** Temporary keys of instance roles: the same instance, role and period always get the same ones. */
export class RoleSessions {
  readonly #chance: Chance;
  readonly #keys: Map<string, IssuedKeys>;

  constructor(chance: Chance, keys: Map<string, IssuedKeys>) {
    this.#chance = chance;
    this.#keys = keys;
  }

  credentials(accountId: AccountId, instance: Instance, role: IamRole, nowMs: number): RoleCredentials {
    const period = Math.floor((nowMs - instance.launchedAtMs) / renewalMs);
    const chance = this.#chance.fork(`${instance.id}/${role.id}/${period}`);
    const made: RoleCredentials = {
      ...newTemporaryKeys(chance),
      expiresAtMs: instance.launchedAtMs + period * renewalMs + lifetimeMs,
      roleName: role.name,
    };
    this.#register(accountId, instance, role, made);
    return made;
  }

  #register(accountId: AccountId, instance: Instance, role: IamRole, credentials: RoleCredentials): void {
    const { accessKeyId, secretAccessKey, sessionToken, expiresAtMs } = credentials;
    this.#keys.set(accessKeyId, {
      principal: {
        kind: 'role',
        accountId,
        roleName: role.name,
        sessionName: instance.id,
        userId: `${role.id}:${instance.id}`,
        arn: `arn:aws:sts::${accountId}:assumed-role/${role.name}/${instance.id}`,
      },
      secretAccessKey,
      sessionToken,
      expiresAtMs,
    });
  }
}
