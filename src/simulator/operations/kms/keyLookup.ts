import { ServiceFault } from '../../protocols/serviceFault';
import type { KmsAlias, KmsKey } from '../../world/kmsKeys';
import type { CallContext } from '../operation';
import { newKey } from './keyMaking';
import { constraint, notFound } from './kmsFaults';

const keyIdForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const arnForm = /^arn:aws:kms:([a-z0-9-]+):(\d{12}):(.+)$/;
/** Keys that services of AWS keep in an account, made when they are first used ("AWS managed keys"). */
const managedAliases: readonly string[] = ['ebs', 's3', 'secretsmanager', 'ssm'].map(service => `alias/aws/${service}`);

export interface LookupRules {
  /** Whether an alias stands for its key; operations on keys themselves want an id or an ARN. */
  readonly takesAliases: boolean;
}

/** The key that an id, an ARN, an alias or an alias's ARN names; throws NotFoundException. */
export function findKey(context: CallContext, keyId: string | undefined, { takesAliases }: LookupRules): KmsKey {
  const given = keyId ?? '';
  if (given === '') throw constraint('keyId', given, 'length greater than or equal to 1');
  const name = localName(context, given);
  if (name.startsWith('alias/')) {
    if (takesAliases) return keyOfAlias(context, name);
    throw notFound(`Invalid keyId '${given}'`);
  }
  if (!keyIdForm.test(name)) throw notFound(`Invalid keyId '${given}'`);
  const key = context.region.kmsKeys.get(name);
  if (!key) throw notFound(`Key '${arnOf(context, `key/${name}`)}' does not exist`);
  return key;
}

/** What stands behind region and account; an ARN of another place leads nowhere from here. */
function localName({ region, caller }: CallContext, given: string): string {
  const [, arnRegion, accountId, resource = ''] = arnForm.exec(given) ?? [];
  if (arnRegion === undefined) return given;
  if (arnRegion !== region.place.region) throw notFound(`Invalid arn ${arnRegion}`);
  if (accountId !== region.place.accountId)
    throw new ServiceFault(
      'AccessDeniedException',
      `User: ${caller.arn} is not authorized to perform this operation on resource: ${given} because no resource-based policy allows it`,
    );
  return resource.replace(/^key\//, '');
}

export function arnOf({ region }: CallContext, resource: string): string {
  const { region: name, accountId } = region.place;
  return `arn:aws:kms:${name}:${accountId}:${resource}`;
}

function keyOfAlias(context: CallContext, name: string): KmsKey {
  const alias = context.region.kmsAliases.get(name) ?? managedAlias(context, name);
  const key = alias && context.region.kmsKeys.get(alias.keyId);
  if (!key) throw notFound(`Alias ${arnOf(context, name)} is not found.`);
  return key;
}

function managedAlias(context: CallContext, name: string): KmsAlias | undefined {
  if (!managedAliases.includes(name)) return undefined;
  const { world, region, nowMs } = context;
  const service = name.split('/').at(-1);
  const key = newKey(context, {
    // The same whenever it is first used, even by a call that only reads.
    chance: world.chanceFor(`kms/${region.place.accountId}/${region.place.region}/${name}`),
    manager: 'AWS',
    description: `Default key that protects my ${service} data when no other key is defined`,
  });
  const alias = { name, keyId: key.id, createdAtMs: nowMs, updatedAtMs: nowMs };
  region.kmsAliases.set(name, alias);
  return alias;
}
