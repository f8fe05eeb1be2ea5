import type { Iam } from '../../protocols/wireTypes';
import type { Account, InstanceProfile } from '../../world/account';
import { wholeSeconds } from '../common/wholeSeconds';
import type { CallContext, OperationTable } from '../operation';
import { alreadyExists, checkName, checkPath, deleteConflict, limitExceeded, noSuchEntity } from './iamFaults';
import { iamPage } from './iamPaging';
import { iamTagList, iamTags, tagOperations } from './iamTags';
import { newIamId } from './newIamId';
import { findRole, roleShape } from './roles';

/** EC2 learns of a profile about this much later than IAM. */
const visibilityDelayMs = 10_000;
const longestProfileName = 128;

function findProfile(account: Account, name: string | undefined): InstanceProfile {
  const found = account.instanceProfiles.get(name ?? '');
  if (!found) throw noSuchEntity(`Instance Profile ${name} cannot be found.`);
  return found;
}

function profileShape(account: Account, profile: InstanceProfile): Iam.InstanceProfile {
  const role = profile.roleName === undefined ? undefined : account.roles.get(profile.roleName);
  return {
    Path: profile.path,
    InstanceProfileName: profile.name,
    InstanceProfileId: profile.id,
    Arn: profile.arn,
    CreateDate: wholeSeconds(profile.createdAtMs),
    Roles: role ? [roleShape(role)] : [],
    ...(Object.keys(profile.tags).length > 0 ? { Tags: iamTagList(profile.tags) } : {}),
  };
}

function createInstanceProfile(
  input: Iam.CreateInstanceProfileRequest,
  context: CallContext,
): Iam.CreateInstanceProfileResponse {
  const { account, nowMs, world } = context;
  const { InstanceProfileName: name = '', Path: path = '/' } = input;
  checkName('instanceProfileName', name, longestProfileName);
  checkPath(path);
  if (account.instanceProfiles.has(name)) throw alreadyExists(`Instance Profile ${name} already exists.`);
  const profile: InstanceProfile = {
    name,
    id: newIamId(context, 'AIPA', name),
    arn: `arn:aws:iam::${account.id}:instance-profile${path}${name}`,
    path,
    roleName: undefined,
    createdAtMs: nowMs,
    visibleToEc2AtMs: nowMs + visibilityDelayMs / world.pace,
    tags: iamTags(input.Tags),
  };
  account.instanceProfiles.set(name, profile);
  return { InstanceProfile: profileShape(account, profile) };
}

function getInstanceProfile(
  input: Iam.GetInstanceProfileRequest,
  { account }: CallContext,
): Iam.GetInstanceProfileResponse {
  return { InstanceProfile: profileShape(account, findProfile(account, input.InstanceProfileName)) };
}

function deleteInstanceProfile(input: Iam.DeleteInstanceProfileRequest, { account }: CallContext): object {
  const profile = findProfile(account, input.InstanceProfileName);
  if (profile.roleName !== undefined)
    throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
  account.instanceProfiles.delete(profile.name);
  return {};
}

function addRoleToInstanceProfile(input: Iam.AddRoleToInstanceProfileRequest, { account }: CallContext): object {
  const profile = findProfile(account, input.InstanceProfileName);
  const role = findRole(account, input.RoleName);
  if (profile.roleName !== undefined) throw limitExceeded('InstanceSessionsPerInstanceProfile', 1);
  account.instanceProfiles.set(profile.name, { ...profile, roleName: role.name });
  return {};
}

function removeRoleFromInstanceProfile(
  input: Iam.RemoveRoleFromInstanceProfileRequest,
  { account }: CallContext,
): object {
  const profile = findProfile(account, input.InstanceProfileName);
  if (profile.roleName !== input.RoleName)
    throw noSuchEntity(`Role ${input.RoleName} is not in Instance Profile ${profile.name}.`);
  account.instanceProfiles.set(profile.name, { ...profile, roleName: undefined });
  return {};
}

function listInstanceProfiles(
  input: Iam.ListInstanceProfilesRequest,
  { account }: CallContext,
): Iam.ListInstanceProfilesResponse {
  const matching = [...account.instanceProfiles.values()].filter(({ path }) =>
    path.startsWith(input.PathPrefix ?? '/'),
  );
  const page = iamPage(matching, input, ({ name }) => name);
  return { InstanceProfiles: page.items.map(profile => profileShape(account, profile)), ...page.ending };
}

function listInstanceProfilesForRole(
  input: Iam.ListInstanceProfilesForRoleRequest,
  { account }: CallContext,
): Iam.ListInstanceProfilesForRoleResponse {
  const role = findRole(account, input.RoleName);
  const holding = [...account.instanceProfiles.values()].filter(({ roleName }) => roleName === role.name);
  const page = iamPage(holding, input, ({ name }) => name);
  return { InstanceProfiles: page.items.map(profile => profileShape(account, profile)), ...page.ending };
}

export const profileOperations: OperationTable = {
  ...tagOperations<{ readonly InstanceProfileName: string | undefined }, InstanceProfile>({
    name: 'InstanceProfile',
    find: ({ InstanceProfileName }, { account }) => findProfile(account, InstanceProfileName),
    store: (profile, { account }) => account.instanceProfiles.set(profile.name, profile),
  }),
  AddRoleToInstanceProfile: addRoleToInstanceProfile,
  CreateInstanceProfile: createInstanceProfile,
  DeleteInstanceProfile: deleteInstanceProfile,
  GetInstanceProfile: getInstanceProfile,
  ListInstanceProfiles: listInstanceProfiles,
  ListInstanceProfilesForRole: listInstanceProfilesForRole,
  RemoveRoleFromInstanceProfile: removeRoleFromInstanceProfile,
};
