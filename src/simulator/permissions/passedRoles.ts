import { type AskedCall, membersOf, type NeededPermission, textOf } from './neededPermission';

/** Whoever gives a role to a service needs `iam:PassRole` on it ("Grant a user permissions to pass a role to an AWS service"). */
export function passedRoles({ operation, input, context }: AskedCall): readonly NeededPermission[] {
  const { account } = context;
  const roleName =
    operation.name === 'AddRoleToInstanceProfile' ? textOf(input, 'RoleName') : roleOfProfile(input, context);
  const role = roleName === undefined ? undefined : account.roles.get(roleName);
  if (!role) return [];
  const facts = { 'iam:passedtoservice': 'ec2.amazonaws.com' };
  return [{ action: 'iam:PassRole', resource: role.arn, facts }];
}

function roleOfProfile(input: unknown, { account }: AskedCall['context']): string | undefined {
  const wanted = membersOf(input).IamInstanceProfile;
  const name = textOf(wanted, 'Name');
  const arn = textOf(wanted, 'Arn');
  if (name === undefined && arn === undefined) return undefined;
  return [...account.instanceProfiles.values()].find(profile => profile.name === name || profile.arn === arn)?.roleName;
}
