import { LabError } from '../../core/errors';
import { managedPolicyArn, servicePrincipals } from '../../core/partition';
import type { CloudGateways } from '../../core/ports/gateways';
import type { InstanceRole } from '../../core/ports/roleGateway';
import { t } from '../../words/translation';
import type { Scope } from '../appModel';
import { awsCommand } from '../changes/awsCommand';
import type { ChangeContext, ChangeFact, PlannedChange } from '../changes/plannedChange';

/** What an instance needs to be heard of by Session Manager. */
export const SESSION_POLICY = 'AmazonSSMManagedInstanceCore';
/** Names of roles: "IAM API: CreateRole". */
const nameForm = /^[\w+=,.@-]{1,64}$/;

/** Why a role cannot have this name; undefined when it can. */
export function roleNameProblem(name: string, taken: readonly string[]): string | undefined {
  if (!nameForm.test(name)) return t('1 to 64 letters, digits and + = , . @ _ -');
  return taken.some(other => other.toLowerCase() === name.toLowerCase()) ? t('{0} exists already.', name) : undefined;
}

/** Making a role that EC2 instances may wear, and the instance profile of the same name that carries it. */
export function planInstanceRole(
  scope: Scope,
  name: string,
  policies: readonly string[] = [SESSION_POLICY],
): PlannedChange<InstanceRole> {
  return {
    label: t('Create the role and its profile'),
    doing: t('Creating the role {0}', name),
    facts: [roleFact(name, policies)],
    warnings: [],
    hourlyPriceUsd: 0,
    commandLines: roleCommands(scope, name, policies),
    run: async context => makeInstanceRole(await scope.gateways(), { name, policies }, context),
  };
}

export function roleFact(name: string, policies: readonly string[] = [SESSION_POLICY]): ChangeFact {
  return { icon: 'key', label: t('Role and profile'), text: t('new: {0}, with {1}', name, policies.join(', ')) };
}

/** The AWS CLI lines that make role and profile. */
export function roleCommands(
  scope: Scope,
  name: string,
  policies: readonly string[] = [SESSION_POLICY],
): readonly string[] {
  const iam = (operation: string, flags: Parameters<typeof awsCommand>[3]) =>
    awsCommand(scope, 'iam', operation, flags);
  const [service = ''] = servicePrincipals(scope.region, 'ec2');
  const statement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' };
  const trust = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  return [
    iam('create-role', { 'role-name': name, 'assume-role-policy-document': trust }),
    ...policies.map(policy =>
      iam('attach-role-policy', { 'role-name': name, 'policy-arn': managedPolicyArn(scope.region, policy) }),
    ),
    iam('create-instance-profile', { 'instance-profile-name': name }),
    iam('add-role-to-instance-profile', { 'instance-profile-name': name, 'role-name': name }),
  ];
}

/**
 * Makes role, attachments and profile. Refuses a name that a role or a profile has already: what is somebody's own is neither changed nor,
 * when the rest fails, removed.
 */
export async function makeInstanceRole(
  gateways: CloudGateways,
  { name, policies = [SESSION_POLICY] }: { readonly name: string; readonly policies?: readonly string[] },
  { signal, report, made }: ChangeContext,
): Promise<InstanceRole> {
  const { roles, region } = gateways;
  const [hasRole, profiles] = await Promise.all([
    roles.hasRole(name, { signal }),
    roles.listInstanceProfiles({ signal }),
  ]);
  if (hasRole || profiles.some(profile => profile.name === name)) {
    throw new LabError('requestRefused', {
      action: 'iam:CreateRole',
      detail: t('a role or an instance profile {0} exists already', name),
    });
  }
  signal.throwIfAborted();
  report(t('Making the role {0}', name));
  const policyArns = policies.map(policy => managedPolicyArn(region, policy));
  const [trustedService = ''] = servicePrincipals(region, 'ec2');
  const thing = {
    id: name,
    label: t('role {0} with its profile', name),
    remove: async () => roles.deleteInstanceRole(name),
  };
  try {
    const role = await roles.createInstanceRole({ name, policyArns, trustedService, tags: {} });
    made(thing);
    return role;
  } catch (error) {
    // Several calls: whichever failed, those before it have left something.
    if (await roles.hasRole(name).catch(() => false)) made(thing);
    throw error;
  }
}
