import { type AskedCall, type NeededPermission, tagFacts, textOf } from './neededPermission';
import { passedRoles } from './passedRoles';

/** What lists of IAM are about. */
const listed: Readonly<Record<string, string>> = {
  ListRoles: 'role',
  ListUsers: 'user',
  ListPolicies: 'policy',
  ListInstanceProfiles: 'instance-profile',
};

/** What a call of IAM asks for; IAM's ARNs have no region ("Actions, resources, and condition keys for AWS IAM"). */
export function iamPermissions(call: AskedCall): readonly NeededPermission[] {
  const { operation, input } = call;
  const action = `iam:${operation.name}`;
  const policyArn = textOf(input, 'PolicyArn');
  const resource = holderArn(call) ?? policyArn ?? textOf(input, 'PolicySourceArn') ?? '*';
  const isAttachment = /^(?:At|De)tach/.test(operation.name);
  const facts = {
    ...tagFacts('aws:resourcetag', tagsOf(call)),
    ...(isAttachment && policyArn !== undefined ? { 'iam:policyarn': policyArn } : {}),
  };
  const passed = operation.name === 'AddRoleToInstanceProfile' ? passedRoles(call) : [];
  return [{ action, resource, facts }, ...passed];
}

/** The role, user, profile or policy that a call names by its name, be it there or not. */
function holderArn({ operation: { name }, input, context: { account, caller } }: AskedCall): string | undefined {
  const arn = (kind: string, path: string, local: string) => `arn:aws:iam::${account.id}:${kind}${path}${local}`;
  if (Object.hasOwn(listed, name)) return arn(listed[name] ?? '', textOf(input, 'PathPrefix') ?? '/', '');
  const path = textOf(input, 'Path') ?? '/';
  const profile = textOf(input, 'InstanceProfileName');
  if (profile !== undefined)
    return account.instanceProfiles.get(profile)?.arn ?? arn('instance-profile', path, profile);
  const role = textOf(input, 'RoleName');
  if (role !== undefined) return account.roles.get(role)?.arn ?? arn('role', path, role);
  const user = textOf(input, 'UserName') ?? (isAboutUser(name) && caller.kind === 'user' ? caller.name : undefined);
  if (user !== undefined) return account.users.get(user)?.arn ?? arn('user', path, user);
  const policy = textOf(input, 'PolicyName');
  return policy === undefined ? undefined : arn('policy', path, policy);
}

/** Calls that are about their caller when they name no user. */
function isAboutUser(name: string): boolean {
  return name === 'GetUser' || /^(?:Create|Delete|List)AccessKeys?$/.test(name);
}

function tagsOf({ input, context: { account } }: AskedCall): Readonly<Record<string, string>> {
  const role = account.roles.get(textOf(input, 'RoleName') ?? '');
  const user = account.users.get(textOf(input, 'UserName') ?? '');
  return { ...role?.tags, ...user?.tags };
}
