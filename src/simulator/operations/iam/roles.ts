import type { Tags } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Iam } from '../../protocols/wireTypes';
import type { Account, IamRole } from '../../world/account';
import { findManagedPolicy } from '../../world/managedPolicies';
import { parsePolicy } from '../../world/policyDocument';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext, OperationTable } from '../operation';
import { alreadyExists, checkName, checkPath, deleteConflict, limitExceeded, noSuchEntity } from './iamFaults';
import { iamPage } from './iamPaging';

/** "IAM and AWS STS quotas". */
const maximumPolicies = 10;
const longestRoleName = 64;
const defaultSessionSeconds = 3600;
const longestSessionSeconds = 43_200;

const idAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

export function newIamId(context: CallContext, prefix: string, name: string): string {
  const { world, account, nowMs } = context;
  return prefix + world.chanceFor(`iam/${account.id}/${prefix}/${name}/${nowMs}`).text(idAlphabet, 17);
}

export function iamTags(tags: readonly Iam.Tag[] | undefined): Tags {
  return Object.fromEntries((tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value]));
}

export function iamTagList(tags: Tags): Iam.Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

export function findRole(account: Account, name: string | undefined): IamRole {
  const found = account.roles.get(name ?? '');
  if (!found) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return found;
}

/** Policies travel URL-encoded in answers of IAM. */
export function roleShape(role: IamRole): Iam.Role {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: role.arn,
    CreateDate: wholeSeconds(role.createdAtMs),
    AssumeRolePolicyDocument: encodeURIComponent(role.trustPolicy),
  };
}

function fullRoleShape(role: IamRole): Iam.Role {
  return {
    ...roleShape(role),
    ...(role.description === undefined ? {} : { Description: role.description }),
    MaxSessionDuration: role.maxSessionSeconds,
    ...(Object.keys(role.tags).length > 0 ? { Tags: iamTagList(role.tags) } : {}),
    RoleLastUsed: {},
  };
}

function createRole(input: Iam.CreateRoleRequest, context: CallContext): Iam.CreateRoleResponse {
  const { account, nowMs } = context;
  const { RoleName: name = '', Path: path = '/', MaxSessionDuration = defaultSessionSeconds } = input;
  checkName('roleName', name, longestRoleName);
  checkPath(path);
  if (MaxSessionDuration < defaultSessionSeconds || MaxSessionDuration > longestSessionSeconds)
    throw new ServiceFault(
      'ValidationError',
      `1 validation error detected: Value '${MaxSessionDuration}' at 'maxSessionDuration' failed to satisfy constraint: Member must have value between ${defaultSessionSeconds} and ${longestSessionSeconds}`,
    );
  if (account.roles.has(name)) throw alreadyExists(`Role with name ${name} already exists.`);
  const role: IamRole = {
    name,
    id: newIamId(context, 'AROA', name),
    arn: `arn:aws:iam::${account.id}:role${path}${name}`,
    path,
    trustPolicy: checkedTrust(input.AssumeRolePolicyDocument),
    description: input.Description,
    maxSessionSeconds: MaxSessionDuration,
    policyArns: [],
    createdAtMs: nowMs,
    tags: iamTags(input.Tags),
  };
  account.roles.set(name, role);
  return { Role: { ...roleShape(role), ...(input.Tags?.length ? { Tags: iamTagList(role.tags) } : {}) } };
}

function checkedTrust(text: string | undefined): string {
  const document = parsePolicy(text ?? '');
  if (text === undefined || !document)
    throw new ServiceFault('MalformedPolicyDocument', 'This policy contains invalid Json');
  if (document.Statement.some(({ Principal }) => Principal === undefined))
    throw new ServiceFault('MalformedPolicyDocument', 'AssumeRole policy must contain principals');
  if (document.Statement.some(({ Resource }) => Resource !== undefined))
    throw new ServiceFault('MalformedPolicyDocument', 'Has prohibited field Resource');
  return text;
}

function getRole(input: Iam.GetRoleRequest, { account }: CallContext): Iam.GetRoleResponse {
  return { Role: fullRoleShape(findRole(account, input.RoleName)) };
}

function listRoles(input: Iam.ListRolesRequest, { account }: CallContext): Iam.ListRolesResponse {
  const matching = [...account.roles.values()].filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'));
  const page = iamPage(matching, input, ({ name }) => name);
  return { Roles: page.items.map(roleShape), ...page.ending };
}

function deleteRole(input: Iam.DeleteRoleRequest, { account }: CallContext): object {
  const role = findRole(account, input.RoleName);
  if ([...account.instanceProfiles.values()].some(({ roleName }) => roleName === role.name))
    throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
  if (role.policyArns.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
  account.roles.delete(role.name);
  return {};
}

function updateAssumeRolePolicy(input: Iam.UpdateAssumeRolePolicyRequest, { account }: CallContext): object {
  const role = findRole(account, input.RoleName);
  account.roles.set(role.name, { ...role, trustPolicy: checkedTrust(input.PolicyDocument) });
  return {};
}

function attachRolePolicy(input: Iam.AttachRolePolicyRequest, { account }: CallContext): object {
  const role = findRole(account, input.RoleName);
  const { PolicyArn = '' } = input;
  if (!findManagedPolicy(PolicyArn)) throw noSuchEntity(`Policy ${PolicyArn} does not exist or is not attachable.`);
  const policyArns = [...new Set([...role.policyArns, PolicyArn])];
  if (policyArns.length > maximumPolicies) throw limitExceeded('PoliciesPerRole', maximumPolicies);
  account.roles.set(role.name, { ...role, policyArns });
  return {};
}

function detachRolePolicy(input: Iam.DetachRolePolicyRequest, { account }: CallContext): object {
  const role = findRole(account, input.RoleName);
  const { PolicyArn = '' } = input;
  if (!role.policyArns.includes(PolicyArn)) throw noSuchEntity(`Policy ${PolicyArn} was not found.`);
  account.roles.set(role.name, { ...role, policyArns: role.policyArns.filter(arn => arn !== PolicyArn) });
  return {};
}

function listAttachedRolePolicies(
  input: Iam.ListAttachedRolePoliciesRequest,
  { account }: CallContext,
): Iam.ListAttachedRolePoliciesResponse {
  const page = iamPage(findRole(account, input.RoleName).policyArns, input, arn => arn);
  const AttachedPolicies = page.items.map(PolicyArn => ({
    PolicyArn,
    PolicyName: findManagedPolicy(PolicyArn)?.name ?? PolicyArn,
  }));
  return { AttachedPolicies, ...page.ending };
}

/** The practice cloud has no inline policies, so there are none to list. */
function listRolePolicies(input: Iam.ListRolePoliciesRequest, { account }: CallContext): Iam.ListRolePoliciesResponse {
  findRole(account, input.RoleName);
  return { PolicyNames: [], IsTruncated: false };
}

export const roleOperations: OperationTable = {
  AttachRolePolicy: attachRolePolicy,
  CreateRole: createRole,
  DeleteRole: deleteRole,
  DetachRolePolicy: detachRolePolicy,
  GetRole: getRole,
  ListAttachedRolePolicies: listAttachedRolePolicies,
  ListRolePolicies: listRolePolicies,
  ListRoles: listRoles,
  UpdateAssumeRolePolicy: updateAssumeRolePolicy,
};
