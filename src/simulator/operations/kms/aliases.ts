import { ServiceFault } from '../../protocols/serviceFault';
import type { Kms } from '../../protocols/wireTypes';
import type { CallContext, OperationTable } from '../operation';
import { arnOf, findKey } from './keyLookup';
import { invalidState, notFound } from './kmsFaults';
import { kmsPage } from './kmsPaging';

const byId = { takesAliases: false };

/** Refuses a name that no alias may have ("CreateAlias"). */
function checkedName(name = ''): string {
  if (!name.startsWith('alias/') || name === 'alias/')
    throw new ServiceFault(
      'ValidationException',
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  if (name.startsWith('alias/aws/'))
    throw new ServiceFault('NotAuthorizedException', 'Alias prefix "alias/aws/" is reserved for AWS managed keys.');
  if (!/^alias\/[a-zA-Z0-9/_-]{1,250}$/.test(name))
    throw new ServiceFault('InvalidAliasNameException', 'Alias contains invalid characters for an alias');
  return name;
}

function targetOf(context: CallContext, keyId: string | undefined): string {
  const key = findKey(context, keyId, byId);
  if (key.state === 'PendingDeletion') throw invalidState(key.arn);
  return key.id;
}

function createAlias(input: Kms.CreateAliasRequest, context: CallContext): object {
  const { region, nowMs } = context;
  const name = checkedName(input.AliasName);
  const keyId = targetOf(context, input.TargetKeyId);
  if (region.kmsAliases.has(name))
    throw new ServiceFault('AlreadyExistsException', `An alias with the name ${arnOf(context, name)} already exists`);
  region.kmsAliases.set(name, { name, keyId, createdAtMs: nowMs, updatedAtMs: nowMs });
  return {};
}

function existing(context: CallContext, given: string | undefined) {
  const name = checkedName(given);
  const alias = context.region.kmsAliases.get(name);
  if (!alias) throw notFound(`Alias ${arnOf(context, name)} is not found.`);
  return alias;
}

function updateAlias(input: Kms.UpdateAliasRequest, context: CallContext): object {
  const alias = existing(context, input.AliasName);
  const keyId = targetOf(context, input.TargetKeyId);
  context.region.kmsAliases.set(alias.name, { ...alias, keyId, updatedAtMs: context.nowMs });
  return {};
}

function deleteAlias(input: Kms.DeleteAliasRequest, context: CallContext): object {
  context.region.kmsAliases.delete(existing(context, input.AliasName).name);
  return {};
}

function listAliases(input: Kms.ListAliasesRequest, context: CallContext): Kms.ListAliasesResponse {
  const key = input.KeyId === undefined ? undefined : findKey(context, input.KeyId, byId);
  const aliases = [...context.region.kmsAliases.values()]
    .filter(({ keyId }) => !key || keyId === key.id)
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const page = kmsPage(aliases, input, ({ name }) => name);
  return {
    Aliases: page.items.map(({ name, keyId, createdAtMs, updatedAtMs }) => ({
      AliasName: name,
      AliasArn: arnOf(context, name),
      TargetKeyId: keyId,
      CreationDate: new Date(createdAtMs),
      LastUpdatedDate: new Date(updatedAtMs),
    })),
    ...page.ending,
  };
}

export const aliasOperations: OperationTable = {
  CreateAlias: createAlias,
  DeleteAlias: deleteAlias,
  ListAliases: listAliases,
  UpdateAlias: updateAlias,
};
