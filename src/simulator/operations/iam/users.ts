import { ServiceFault } from '../../protocols/serviceFault';
import type { Iam } from '../../protocols/wireTypes';
import type { Account, IamUser } from '../../world/account';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext, OperationTable } from '../operation';
import { accessKeysOf } from './accessKeyList';
import { alreadyExists, checkName, checkPath, deleteConflict, noSuchEntity } from './iamFaults';
import { iamPage } from './iamPaging';
import { iamTagList, iamTags } from './iamTags';
import { newIamId } from './newIamId';
import { policyHolderOperations } from './policyHolders';

const inlineSize = 2048;
const longestUserName = 64;

/** The named user; without a name the one who calls, as far as that is a user. */
export function findUser({ account, caller }: CallContext, name: string | undefined): IamUser {
  if (name === undefined && caller.kind !== 'user')
    throw new ServiceFault('ValidationError', 'Must specify userName when calling with non-User credentials');
  const wanted = name ?? (caller.kind === 'user' ? caller.name : '');
  const found = account.users.get(wanted);
  if (!found) throw noSuchEntity(`The user with name ${wanted} cannot be found.`);
  return found;
}

function userShape(user: IamUser): Iam.User {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: user.arn,
    CreateDate: wholeSeconds(user.createdAtMs),
  };
}

function createUser(input: Iam.CreateUserRequest, context: CallContext): Iam.CreateUserResponse {
  const { account, nowMs } = context;
  const { UserName: name = '', Path: path = '/' } = input;
  checkName('userName', name, longestUserName);
  checkPath(path);
  if (input.PermissionsBoundary !== undefined)
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud does not simulate permissions boundaries.');
  if (account.users.has(name)) throw alreadyExists(`User with name ${name} already exists.`);
  const user: IamUser = {
    name,
    id: newIamId(context, 'AIDA', name),
    arn: `arn:aws:iam::${account.id}:user${path}${name}`,
    path,
    policyArns: [],
    inlinePolicies: {},
    createdAtMs: nowMs,
    tags: iamTags(input.Tags),
  };
  account.users.set(name, user);
  return { User: { ...userShape(user), ...(input.Tags?.length ? { Tags: iamTagList(user.tags) } : {}) } };
}

function deleteUser(input: Iam.DeleteUserRequest, context: CallContext): object {
  const { account } = context;
  const user = findUser(context, input.UserName);
  if (accessKeysOf(account, user).length > 0)
    throw deleteConflict('Cannot delete entity, must delete access keys first.');
  if (user.policyArns.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.');
  if (Object.keys(user.inlinePolicies).length > 0)
    throw deleteConflict('Cannot delete entity, must delete policies first.');
  account.users.delete(user.name);
  return {};
}

function getUser(input: Iam.GetUserRequest, context: CallContext): Iam.GetUserResponse {
  const user = findUser(context, input.UserName);
  const tags = iamTagList(user.tags);
  return { User: { ...userShape(user), ...(tags.length > 0 ? { Tags: tags } : {}) } };
}

function listUsers(input: Iam.ListUsersRequest, { account }: CallContext): Iam.ListUsersResponse {
  const matching = [...account.users.values()].filter(({ path }) => path.startsWith(input.PathPrefix ?? '/'));
  const page = iamPage(matching, input, ({ name }) => name);
  return { Users: page.items.map(userShape), ...page.ending };
}

function listUserTags(input: Iam.ListUserTagsRequest, context: CallContext): Iam.ListUserTagsResponse {
  const page = iamPage(iamTagList(findUser(context, input.UserName).tags), input, ({ Key = '' }) => Key);
  return { Tags: [...page.items], ...page.ending };
}

function listGroupsForUser(input: Iam.ListGroupsForUserRequest, context: CallContext): Iam.ListGroupsForUserResponse {
  findUser(context, input.UserName);
  return { Groups: [], IsTruncated: false };
}

function getAccountSummary(_input: object, { account }: CallContext): Iam.GetAccountSummaryResponse {
  return { SummaryMap: { ...quotas, ...countsOf(account) } };
}

/** "IAM and AWS STS quotas". */
const quotas = {
  UsersQuota: 5000,
  GroupsQuota: 300,
  RolesQuota: 1000,
  InstanceProfilesQuota: 1000,
  PoliciesQuota: 1500,
  PolicySizeQuota: 6144,
  PolicyVersionsInUseQuota: 10_000,
  VersionsPerPolicyQuota: 5,
  AttachedPoliciesPerRoleQuota: 10,
  AttachedPoliciesPerUserQuota: 10,
  AccessKeysPerUserQuota: 2,
  AssumeRolePolicySizeQuota: 2048,
  RolePolicySizeQuota: 10_240,
  UserPolicySizeQuota: 2048,
};

function countsOf({ users, roles, instanceProfiles, policies }: Account): Record<string, number> {
  return {
    Users: users.size,
    Groups: 0,
    Roles: roles.size,
    InstanceProfiles: instanceProfiles.size,
    Policies: policies.size,
    MFADevices: 0,
    AccountMFAEnabled: 0,
    AccountAccessKeysPresent: 0,
  };
}

function listAccountAliases(): Iam.ListAccountAliasesResponse {
  return { AccountAliases: [], IsTruncated: false };
}

export const userOperations: OperationTable = {
  ...policyHolderOperations<IamUser>({
    name: 'User',
    inlineSize,
    find: ({ UserName }, context) => findUser(context, UserName),
    store: (user, { account }) => account.users.set(user.name, user),
  }),
  CreateUser: createUser,
  DeleteUser: deleteUser,
  GetAccountSummary: getAccountSummary,
  GetUser: getUser,
  ListAccountAliases: listAccountAliases,
  ListGroupsForUser: listGroupsForUser,
  ListUserTags: listUserTags,
  ListUsers: listUsers,
};
