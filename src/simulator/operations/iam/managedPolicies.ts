import { ServiceFault } from '../../protocols/serviceFault';
import type { Iam } from '../../protocols/wireTypes';
import type { CustomerPolicy, PolicyHolder } from '../../world/account';
import { awsManagedPolicies, findManagedPolicy } from '../../world/managedPolicies';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext, OperationTable } from '../operation';
import { alreadyExists, checkName, checkPath, deleteConflict, limitExceeded, noSuchEntity } from './iamFaults';
import { iamPage } from './iamPaging';
import { iamTagList, iamTags, tagOperations } from './iamTags';
import { checkedIdentityPolicy } from './identityPolicy';
import { newIamId } from './newIamId';

const longestPolicyName = 128;
/** In characters without white space ("IAM and AWS STS quotas"). */
const policySize = 6144;
export const maximumVersions = 5;

/** AWS's own policies are older than any world. */
const awsPolicyMadeAtMs = Date.UTC(2015, 1, 6, 18, 40);

/** A policy of AWS's as one of the account's would look. */
function awsPolicy(context: CallContext, arn: string): CustomerPolicy | undefined {
  const found = findManagedPolicy(arn);
  if (!found) return undefined;
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  const document = JSON.stringify({ Version: '2012-10-17', ...found.document }, undefined, 2);
  return {
    name: found.name,
    id: `ANPA${context.world.chanceFor(`managed policy/${arn}`).text(alphabet, 17)}`,
    arn,
    path: '/',
    description: undefined,
    createdAtMs: awsPolicyMadeAtMs,
    updatedAtMs: awsPolicyMadeAtMs,
    versions: [{ id: 'v1', document, createdAtMs: awsPolicyMadeAtMs }],
    defaultVersionId: 'v1',
    latestVersion: 1,
    tags: {},
  };
}

/** A policy of the account's or of AWS's; throws NoSuchEntity. */
export function findPolicy(context: CallContext, arn = ''): CustomerPolicy {
  const found = context.account.policies.get(arn) ?? awsPolicy(context, arn);
  if (!found) throw noSuchEntity(`Policy ${arn} was not found.`);
  return found;
}

/** One that the account may change; throws AccessDenied for AWS's. */
export function findOwnPolicy(context: CallContext, arn = ''): CustomerPolicy {
  if (findManagedPolicy(arn)) throw new ServiceFault('AccessDenied', 'Policy is outside your own account.', 403);
  return findPolicy(context, arn);
}

function holdersOf({ account }: CallContext, arn: string) {
  const holds = ({ policyArns }: PolicyHolder) => policyArns.includes(arn);
  return { roles: [...account.roles.values()].filter(holds), users: [...account.users.values()].filter(holds) };
}

function policyShape(context: CallContext, policy: CustomerPolicy): Iam.Policy {
  const { roles, users } = holdersOf(context, policy.arn);
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: policy.arn,
    Path: policy.path,
    DefaultVersionId: policy.defaultVersionId,
    AttachmentCount: roles.length + users.length,
    PermissionsBoundaryUsageCount: 0,
    IsAttachable: true,
    CreateDate: wholeSeconds(policy.createdAtMs),
    UpdateDate: wholeSeconds(policy.updatedAtMs),
  };
}

/** With what lists leave out. */
function fullShape(context: CallContext, policy: CustomerPolicy): Iam.Policy {
  const description = policy.description === undefined ? {} : { Description: policy.description };
  return { ...policyShape(context, policy), ...description, Tags: iamTagList(policy.tags) };
}

export function checkedDocument(text: string | undefined): string {
  const document = checkedIdentityPolicy(text);
  if (document.replace(/\s/g, '').length > policySize) throw limitExceeded('PolicySize', policySize);
  return document;
}

function createPolicy(input: Iam.CreatePolicyRequest, context: CallContext): Iam.CreatePolicyResponse {
  const { account, nowMs } = context;
  const { PolicyName: name = '', Path: path = '/' } = input;
  checkName('policyName', name, longestPolicyName);
  checkPath(path);
  const document = checkedDocument(input.PolicyDocument);
  if ([...account.policies.values()].some(policy => policy.name === name))
    throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`);
  const policy: CustomerPolicy = {
    name,
    id: newIamId(context, 'ANPA', name),
    arn: `arn:aws:iam::${account.id}:policy${path}${name}`,
    path,
    description: input.Description,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    versions: [{ id: 'v1', document, createdAtMs: nowMs }],
    defaultVersionId: 'v1',
    latestVersion: 1,
    tags: iamTags(input.Tags),
  };
  account.policies.set(policy.arn, policy);
  const tags = input.Tags?.length ? { Tags: iamTagList(policy.tags) } : {};
  return { Policy: { ...policyShape(context, policy), ...tags } };
}

function getPolicy(input: Iam.GetPolicyRequest, context: CallContext): Iam.GetPolicyResponse {
  return { Policy: fullShape(context, findPolicy(context, input.PolicyArn)) };
}

function deletePolicy(input: Iam.DeletePolicyRequest, context: CallContext): object {
  const { arn, versions } = findOwnPolicy(context, input.PolicyArn);
  const { roles, users } = holdersOf(context, arn);
  if (roles.length + users.length > 0) throw deleteConflict('Cannot delete a policy attached to entities.');
  if (versions.length > 1)
    throw deleteConflict(
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    );
  context.account.policies.delete(arn);
  return {};
}

function listPolicies(input: Iam.ListPoliciesRequest, context: CallContext): Iam.ListPoliciesResponse {
  const { Scope = 'All', PathPrefix = '/', OnlyAttached = false } = input;
  const ofAws = awsManagedPolicies.flatMap(({ arn }) => awsPolicy(context, arn) ?? []);
  const all = [...(Scope === 'AWS' ? [] : context.account.policies.values()), ...(Scope === 'Local' ? [] : ofAws)];
  const shapes = all.filter(({ path }) => path.startsWith(PathPrefix)).map(policy => policyShape(context, policy));
  const wanted = shapes.filter(({ AttachmentCount = 0 }) => !OnlyAttached || AttachmentCount > 0);
  const page = iamPage(wanted, input, ({ Arn = '' }) => Arn);
  return { Policies: [...page.items], ...page.ending };
}

function listEntitiesForPolicy(
  input: Iam.ListEntitiesForPolicyRequest,
  context: CallContext,
): Iam.ListEntitiesForPolicyResponse {
  const { arn } = findPolicy(context, input.PolicyArn);
  const { EntityFilter: kind, PathPrefix = '/' } = input;
  const under = ({ path }: { readonly path: string }) => path.startsWith(PathPrefix);
  const { roles, users } = holdersOf(context, arn);
  return {
    PolicyGroups: [],
    PolicyUsers: kind === undefined || kind === 'User' ? users.filter(under).map(userEntity) : [],
    PolicyRoles: kind === undefined || kind === 'Role' ? roles.filter(under).map(roleEntity) : [],
    IsTruncated: false,
  };
}

const userEntity = ({ name, id }: { readonly name: string; readonly id: string }) => ({ UserName: name, UserId: id });
const roleEntity = ({ name, id }: { readonly name: string; readonly id: string }) => ({ RoleName: name, RoleId: id });

export const managedPolicyOperations: OperationTable = {
  ...tagOperations<Iam.TagPolicyRequest | Iam.UntagPolicyRequest | Iam.ListPolicyTagsRequest, CustomerPolicy>({
    name: 'Policy',
    find: ({ PolicyArn }, context) => findOwnPolicy(context, PolicyArn),
    store: (policy, { account }) => account.policies.set(policy.arn, policy),
  }),
  CreatePolicy: createPolicy,
  DeletePolicy: deletePolicy,
  GetPolicy: getPolicy,
  ListEntitiesForPolicy: listEntitiesForPolicy,
  ListPolicies: listPolicies,
};
