import type { Tags } from '../../../core/network';
import type { Chance } from '../../chance';
import type { KmsKey } from '../../world/kmsKeys';
import type { CallContext } from '../operation';

const materialBytes = 32;

export interface KeyWishes {
  /** Where id and material come from. */
  readonly chance: Chance;
  readonly manager: KmsKey['manager'];
  readonly description: string;
  readonly policy?: string | undefined;
  readonly tags?: Tags;
}

/** Lets the account's own policies decide ("Default key policy"). */
function defaultPolicy(accountId: string): string {
  return JSON.stringify(
    {
      Version: '2012-10-17',
      Id: 'key-default-1',
      Statement: [
        {
          Sid: 'Enable IAM User Permissions',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${accountId}:root` },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    },
    undefined,
    2,
  );
}

/** Makes a key in the caller's account and puts it where it belongs. */
export function newKey({ region, nowMs }: CallContext, wishes: KeyWishes): KmsKey {
  const { chance, manager, description, policy, tags = {} } = wishes;
  const { accountId, region: name } = region.place;
  const id = chance.uuid();
  const key: KmsKey = {
    id,
    arn: `arn:aws:kms:${name}:${accountId}:key/${id}`,
    material: chance.bytes(materialBytes),
    state: 'Enabled',
    manager,
    description,
    policy: policy ?? defaultPolicy(accountId),
    tags,
    createdAtMs: nowMs,
    deletionAtMs: undefined,
    isRotated: manager === 'AWS',
  };
  region.kmsKeys.set(id, key);
  return key;
}
