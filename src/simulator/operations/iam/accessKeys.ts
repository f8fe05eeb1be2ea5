import { ServiceFault } from '../../protocols/serviceFault';
import type { Iam } from '../../protocols/wireTypes';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext, OperationTable } from '../operation';
import { accessKeysOf } from './accessKeyList';
import { limitExceeded, noSuchEntity } from './iamFaults';
import { findUser } from './users';

/** "IAM and AWS STS quotas". */
const mostKeys = 2;
const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const secretAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const active = 'Active' as const;

function createAccessKey(input: Iam.CreateAccessKeyRequest, context: CallContext): Iam.CreateAccessKeyResponse {
  const { world, account, nowMs } = context;
  const user = findUser(context, input.UserName);
  const count = accessKeysOf(account, user).length;
  if (count >= mostKeys) throw limitExceeded('AccessKeysPerUser', mostKeys);
  const chance = world.chanceFor(`iam/${account.id}/access key/${user.id}/${count}/${nowMs}`);
  let accessKeyId: string;
  do accessKeyId = `AKIA${chance.text(idAlphabet, 16)}`;
  while (account.userKeys.has(accessKeyId));
  const secretAccessKey = chance.text(secretAlphabet, 40);
  const { id: userId, name, arn } = user;
  account.userKeys.set(accessKeyId, {
    principal: { kind: 'user', accountId: account.id, name, userId, arn },
    secretAccessKey,
    sessionToken: undefined,
    expiresAtMs: undefined,
    userName: name,
    createdAtMs: nowMs,
  });
  const key = { UserName: name, AccessKeyId: accessKeyId, Status: active, SecretAccessKey: secretAccessKey };
  return { AccessKey: { ...key, CreateDate: wholeSeconds(nowMs) } };
}

function deleteAccessKey(input: Iam.DeleteAccessKeyRequest, context: CallContext): object {
  const { account } = context;
  const user = findUser(context, input.UserName);
  const { AccessKeyId: id = '' } = input;
  if (!accessKeysOf(account, user).some(({ accessKeyId }) => accessKeyId === id))
    throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
  if (id === account.accessKeyId)
    throw new ServiceFault(
      'UnsupportedOperation',
      'The practice cloud keeps the access key that its account began with.',
    );
  account.userKeys.delete(id);
  return {};
}

function listAccessKeys(input: Iam.ListAccessKeysRequest, context: CallContext): Iam.ListAccessKeysResponse {
  const user = findUser(context, input.UserName);
  const keys = accessKeysOf(context.account, user).map(({ accessKeyId, createdAtMs }) => ({
    UserName: user.name,
    AccessKeyId: accessKeyId,
    Status: active,
    CreateDate: wholeSeconds(createdAtMs),
  }));
  return { AccessKeyMetadata: keys, IsTruncated: false };
}

export const accessKeyOperations: OperationTable = {
  CreateAccessKey: createAccessKey,
  DeleteAccessKey: deleteAccessKey,
  ListAccessKeys: listAccessKeys,
};
