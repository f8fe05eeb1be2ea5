import { ServiceFault } from '../../protocols/serviceFault';
import type { Kms } from '../../protocols/wireTypes';
import { kmsDeletionDue } from '../../world/kmsKeyLife';
import type { KmsKey } from '../../world/kmsKeys';
import { parsePolicy } from '../../world/policyDocument';
import type { CallContext, OperationTable } from '../operation';
import { findKey } from './keyLookup';
import { newKey } from './keyMaking';
import { constraint, invalid, invalidState, refuseMembers } from './kmsFaults';
import { kmsPage } from './kmsPaging';

const dayMs = 24 * 3_600_000;
const waitingDays = { least: 7, most: 30 };
const byId = { takesAliases: false };
const policyName = 'default';

type KeyInput = { readonly KeyId: string | undefined };

/** Keys of AWS's services cannot be changed by the account that they are in. */
function ownKey(context: CallContext, input: KeyInput): KmsKey {
  const key = findKey(context, input.KeyId, byId);
  if (key.manager === 'CUSTOMER') return key;
  throw new ServiceFault(
    'AccessDeniedException',
    `User: ${context.caller.arn} is not authorized to perform this operation on resource: ${key.arn} because it is an AWS managed key`,
  );
}

function change({ region }: CallContext, key: KmsKey, parts: Partial<KmsKey>): void {
  region.kmsKeys.set(key.id, { ...key, ...parts });
}

function keyTags(list: readonly Kms.Tag[] | undefined) {
  return Object.fromEntries((list ?? []).map(({ TagKey = '', TagValue = '' }) => [TagKey, TagValue]));
}

function metadataOf(key: KmsKey): Kms.KeyMetadata {
  const [, , , , accountId = ''] = key.arn.split(':');
  return {
    AWSAccountId: accountId,
    KeyId: key.id,
    Arn: key.arn,
    CreationDate: new Date(key.createdAtMs),
    Enabled: key.state === 'Enabled',
    Description: key.description,
    KeyUsage: 'ENCRYPT_DECRYPT',
    KeyState: key.state,
    ...(key.deletionAtMs === undefined ? {} : { DeletionDate: new Date(key.deletionAtMs) }),
    Origin: 'AWS_KMS',
    KeyManager: key.manager,
    CustomerMasterKeySpec: 'SYMMETRIC_DEFAULT',
    KeySpec: 'SYMMETRIC_DEFAULT',
    EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
    MultiRegion: false,
  };
}

function createKey(input: Kms.CreateKeyRequest, context: CallContext): Kms.CreateKeyResponse {
  const { KeyUsage = 'ENCRYPT_DECRYPT', KeySpec = 'SYMMETRIC_DEFAULT', Origin = 'AWS_KMS', Policy: policy } = input;
  refuseMembers(
    {
      ...input,
      KeyUsage: KeyUsage === 'ENCRYPT_DECRYPT' ? undefined : KeyUsage,
      KeySpec: KeySpec === 'SYMMETRIC_DEFAULT' ? undefined : KeySpec,
      Origin: Origin === 'AWS_KMS' ? undefined : Origin,
      MultiRegion: input.MultiRegion || undefined,
    },
    ['KeyUsage', 'KeySpec', 'Origin', 'CustomKeyStoreId', 'MultiRegion', 'XksKeyId'],
  );
  if (policy !== undefined) checkPolicy(policy);
  const tags = keyTags(input.Tags);
  const chance = context.region.chanceFor('kms/key');
  const { Description: description = '' } = input;
  return { KeyMetadata: metadataOf(newKey(context, { chance, manager: 'CUSTOMER', description, policy, tags })) };
}

function checkPolicy(text: string): void {
  const document = parsePolicy(text);
  if (!document) throw new ServiceFault('MalformedPolicyDocumentException', 'This policy contains invalid Json');
  if (document.Statement.some(({ Principal }) => Principal === undefined))
    throw new ServiceFault('MalformedPolicyDocumentException', 'Policy contains a statement with no principal.');
}

function describeKey(input: Kms.DescribeKeyRequest, context: CallContext): Kms.DescribeKeyResponse {
  return { KeyMetadata: metadataOf(findKey(context, input.KeyId, { takesAliases: true })) };
}

function listKeys(input: Kms.ListKeysRequest, { region }: CallContext): Kms.ListKeysResponse {
  const page = kmsPage([...region.kmsKeys.values()], input, ({ id }) => id);
  return { Keys: page.items.map(({ id, arn }) => ({ KeyId: id, KeyArn: arn })), ...page.ending };
}

function enableKey(input: Kms.EnableKeyRequest, context: CallContext): object {
  return setState(input, context, 'Enabled');
}

function disableKey(input: Kms.DisableKeyRequest, context: CallContext): object {
  return setState(input, context, 'Disabled');
}

function setState(input: KeyInput, context: CallContext, state: KmsKey['state']): object {
  const key = ownKey(context, input);
  if (key.state === 'PendingDeletion') throw invalidState(key.arn);
  change(context, key, { state });
  return {};
}

function scheduleKeyDeletion(
  input: Kms.ScheduleKeyDeletionRequest,
  context: CallContext,
): Kms.ScheduleKeyDeletionResponse {
  const { PendingWindowInDays: days = waitingDays.most } = input;
  const key = ownKey(context, input);
  if (days < waitingDays.least)
    throw constraint('pendingWindowInDays', days, `value greater than or equal to ${waitingDays.least}`);
  if (days > waitingDays.most)
    throw constraint('pendingWindowInDays', days, `value less than or equal to ${waitingDays.most}`);
  if (key.state === 'PendingDeletion') throw invalidState(key.arn);
  const { world, region, nowMs } = context;
  const deletionAtMs = nowMs + (days * dayMs) / world.pace;
  change(context, key, { state: 'PendingDeletion', deletionAtMs });
  world.schedule(days * dayMs, { kind: kmsDeletionDue, place: region.place, subject: key.id });
  return {
    KeyId: key.arn,
    DeletionDate: new Date(deletionAtMs),
    KeyState: 'PendingDeletion',
    PendingWindowInDays: days,
  };
}

/** A key whose deletion is called off is disabled. */
function cancelKeyDeletion(input: Kms.CancelKeyDeletionRequest, context: CallContext): Kms.CancelKeyDeletionResponse {
  const key = ownKey(context, input);
  if (key.state !== 'PendingDeletion')
    throw new ServiceFault('KMSInvalidStateException', `${key.arn} is not pending deletion.`);
  change(context, key, { state: 'Disabled', deletionAtMs: undefined });
  return { KeyId: key.arn };
}

function checkPolicyName(name: string | undefined): void {
  if (name !== undefined && name !== policyName) throw new ServiceFault('NotFoundException', 'No such policy exists');
}

function getKeyPolicy(input: Kms.GetKeyPolicyRequest, context: CallContext): Kms.GetKeyPolicyResponse {
  checkPolicyName(input.PolicyName);
  return { Policy: findKey(context, input.KeyId, byId).policy, PolicyName: policyName };
}

function putKeyPolicy(input: Kms.PutKeyPolicyRequest, context: CallContext): object {
  checkPolicyName(input.PolicyName);
  const { Policy: policy = '' } = input;
  const key = ownKey(context, input);
  checkPolicy(policy);
  change(context, key, { policy });
  return {};
}

function listKeyPolicies(input: Kms.ListKeyPoliciesRequest, context: CallContext): Kms.ListKeyPoliciesResponse {
  findKey(context, input.KeyId, byId);
  return { PolicyNames: [policyName], Truncated: false };
}

function getKeyRotationStatus(
  input: Kms.GetKeyRotationStatusRequest,
  context: CallContext,
): Kms.GetKeyRotationStatusResponse {
  const { isRotated, arn } = findKey(context, input.KeyId, byId);
  return { KeyRotationEnabled: isRotated, KeyId: arn };
}

function updateKeyDescription(input: Kms.UpdateKeyDescriptionRequest, context: CallContext): object {
  change(context, ownKey(context, input), { description: input.Description ?? '' });
  return {};
}

function listResourceTags(input: Kms.ListResourceTagsRequest, context: CallContext): Kms.ListResourceTagsResponse {
  const { tags } = findKey(context, input.KeyId, byId);
  const page = kmsPage(Object.entries(tags), input, ([name]) => name);
  return { Tags: page.items.map(([TagKey, TagValue]) => ({ TagKey, TagValue })), ...page.ending };
}

function tagResource(input: Kms.TagResourceRequest, context: CallContext): object {
  const key = ownKey(context, input);
  const added = keyTags(input.Tags);
  if (Object.keys(added).some(name => name.startsWith('aws:')))
    throw new ServiceFault('TagException', 'Tag keys cannot begin with aws:');
  change(context, key, { tags: { ...key.tags, ...added } });
  return {};
}

function untagResource(input: Kms.UntagResourceRequest, context: CallContext): object {
  const key = ownKey(context, input);
  const { TagKeys: names } = input;
  if (!names) throw invalid('TagKeys must not be null');
  change(context, key, {
    tags: Object.fromEntries(Object.entries(key.tags).filter(([name]) => !names.includes(name))),
  });
  return {};
}

export const keyOperations: OperationTable = {
  CancelKeyDeletion: cancelKeyDeletion,
  CreateKey: createKey,
  DescribeKey: describeKey,
  DisableKey: disableKey,
  EnableKey: enableKey,
  GetKeyPolicy: getKeyPolicy,
  GetKeyRotationStatus: getKeyRotationStatus,
  ListKeyPolicies: listKeyPolicies,
  ListKeys: listKeys,
  ListResourceTags: listResourceTags,
  PutKeyPolicy: putKeyPolicy,
  ScheduleKeyDeletion: scheduleKeyDeletion,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateKeyDescription: updateKeyDescription,
};
