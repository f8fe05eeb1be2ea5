import type { Iam } from '../../protocols/wireTypes';
import type { CustomerPolicy, PolicyVersion } from '../../world/account';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext, OperationTable } from '../operation';
import { deleteConflict, limitExceededBecause, noSuchEntity } from './iamFaults';
import { iamPage } from './iamPaging';
import { checkedDocument, findOwnPolicy, findPolicy, maximumVersions } from './managedPolicies';

function findVersion({ arn, versions }: CustomerPolicy, id: string | undefined): PolicyVersion {
  const found = versions.find(version => version.id === id);
  if (!found) throw noSuchEntity(`Policy ${arn} version ${id} does not exist or is not attachable.`);
  return found;
}

function versionShape({ defaultVersionId }: CustomerPolicy, { id, createdAtMs }: PolicyVersion): Iam.PolicyVersion {
  return { VersionId: id, IsDefaultVersion: id === defaultVersionId, CreateDate: wholeSeconds(createdAtMs) };
}

function createPolicyVersion(
  input: Iam.CreatePolicyVersionRequest,
  context: CallContext,
): Iam.CreatePolicyVersionResponse {
  const { account, nowMs } = context;
  const policy = findOwnPolicy(context, input.PolicyArn);
  const document = checkedDocument(input.PolicyDocument);
  if (policy.versions.length >= maximumVersions)
    throw limitExceededBecause(
      `A managed policy can have up to ${maximumVersions} versions. Before you create a new version, you must delete an existing version.`,
    );
  const latestVersion = policy.latestVersion + 1;
  const version = { id: `v${latestVersion}`, document, createdAtMs: nowMs };
  const changed = {
    ...policy,
    versions: [...policy.versions, version],
    latestVersion,
    updatedAtMs: nowMs,
    defaultVersionId: input.SetAsDefault ? version.id : policy.defaultVersionId,
  };
  account.policies.set(policy.arn, changed);
  return { PolicyVersion: versionShape(changed, version) };
}

/** Policies travel URL-encoded in answers of IAM. */
function getPolicyVersion(input: Iam.GetPolicyVersionRequest, context: CallContext): Iam.GetPolicyVersionResponse {
  const policy = findPolicy(context, input.PolicyArn);
  const version = findVersion(policy, input.VersionId);
  return { PolicyVersion: { ...versionShape(policy, version), Document: encodeURIComponent(version.document) } };
}

function listPolicyVersions(
  input: Iam.ListPolicyVersionsRequest,
  context: CallContext,
): Iam.ListPolicyVersionsResponse {
  const policy = findPolicy(context, input.PolicyArn);
  const page = iamPage([...policy.versions].reverse(), input, ({ id }) => id);
  return { Versions: page.items.map(version => versionShape(policy, version)), ...page.ending };
}

function deletePolicyVersion(input: Iam.DeletePolicyVersionRequest, context: CallContext): object {
  const policy = findOwnPolicy(context, input.PolicyArn);
  const { id } = findVersion(policy, input.VersionId);
  if (id === policy.defaultVersionId) throw deleteConflict('Cannot delete the default version of a policy.');
  const versions = policy.versions.filter(version => version.id !== id);
  context.account.policies.set(policy.arn, { ...policy, versions, updatedAtMs: context.nowMs });
  return {};
}

function setDefaultPolicyVersion(input: Iam.SetDefaultPolicyVersionRequest, context: CallContext): object {
  const policy = findOwnPolicy(context, input.PolicyArn);
  const { id } = findVersion(policy, input.VersionId);
  context.account.policies.set(policy.arn, { ...policy, defaultVersionId: id, updatedAtMs: context.nowMs });
  return {};
}

export const policyVersionOperations: OperationTable = {
  CreatePolicyVersion: createPolicyVersion,
  DeletePolicyVersion: deletePolicyVersion,
  GetPolicyVersion: getPolicyVersion,
  ListPolicyVersions: listPolicyVersions,
  SetDefaultPolicyVersion: setDefaultPolicyVersion,
};
