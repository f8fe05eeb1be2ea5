import { ServiceFault } from '../../protocols/serviceFault';
import type { Iam } from '../../protocols/wireTypes';
import type { Account, IamRole } from '../../world/account';
import { parsePolicy } from '../../world/policyDocument';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext, OperationTable } from '../operation';
import { alreadyExists, checkName, checkPath, deleteConflict, noSuchEntity } from './iamFaults';
import { iamPage } from './iamPaging';
import { iamTagList, iamTags, tagOperations } from './iamTags';
import { newIamId } from './newIamId';
import { policyHolderOperations } from './policyHolders';

/** "IAM and AWS STS quotas". */
/** Of all inline policies, in characters. */
const inlineSize = 10_240;
const longestRoleName = 64;
const defaultSessionSeconds = 3600;
const longestSessionSeconds = 43_200;

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

function checkDuration(seconds: number): void {
  if (seconds < defaultSessionSeconds || seconds > longestSessionSeconds)
    throw new ServiceFault(
      'ValidationError',
      `1 validation error detected: Value '${seconds}' at 'maxSessionDuration' failed to satisfy constraint: Member must have value between ${defaultSessionSeconds} and ${longestSessionSeconds}`,
    );
}

function createRole(input: Iam.CreateRoleRequest, context: CallContext): Iam.CreateRoleResponse {
  const { account, nowMs } = context;
  const { RoleName: name = '', Path: path = '/', MaxSessionDuration = defaultSessionSeconds } = input;
  checkName('roleName', name, longestRoleName);
  checkPath(path);
  checkDuration(MaxSessionDuration);
  if (input.PermissionsBoundary !== undefined)
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud does not simulate permissions boundaries.');
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
    inlinePolicies: {},
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
  if (Object.keys(role.inlinePolicies).length > 0)
    throw deleteConflict('Cannot delete entity, must delete policies first.');
  account.roles.delete(role.name);
  return {};
}

function updateAssumeRolePolicy(input: Iam.UpdateAssumeRolePolicyRequest, { account }: CallContext): object {
  const role = findRole(account, input.RoleName);
  account.roles.set(role.name, { ...role, trustPolicy: checkedTrust(input.PolicyDocument) });
  return {};
}

function updateRole(input: Iam.UpdateRoleRequest, { account }: CallContext): Iam.UpdateRoleResponse {
  const role = findRole(account, input.RoleName);
  const { Description: description = role.description, MaxSessionDuration = role.maxSessionSeconds } = input;
  checkDuration(MaxSessionDuration);
  account.roles.set(role.name, { ...role, description, maxSessionSeconds: MaxSessionDuration });
  return {};
}

function updateRoleDescription(
  input: Iam.UpdateRoleDescriptionRequest,
  { account }: CallContext,
): Iam.UpdateRoleDescriptionResponse {
  const role = { ...findRole(account, input.RoleName), description: input.Description };
  account.roles.set(role.name, role);
  return { Role: fullRoleShape(role) };
}

export const roleOperations: OperationTable = {
  ...policyHolderOperations<IamRole>({
    name: 'Role',
    inlineSize,
    find: ({ RoleName }, { account }) => findRole(account, RoleName),
    store: (role, { account }) => account.roles.set(role.name, role),
  }),
  ...tagOperations<Iam.TagRoleRequest | Iam.UntagRoleRequest | Iam.ListRoleTagsRequest, IamRole>({
    name: 'Role',
    find: ({ RoleName }, { account }) => findRole(account, RoleName),
    store: (role, { account }) => account.roles.set(role.name, role),
  }),
  CreateRole: createRole,
  DeleteRole: deleteRole,
  GetRole: getRole,
  ListRoles: listRoles,
  UpdateAssumeRolePolicy: updateAssumeRolePolicy,
  UpdateRole: updateRole,
  UpdateRoleDescription: updateRoleDescription,
};
