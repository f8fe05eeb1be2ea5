import type { SecurityGroupId, VpcId } from '../../core/ids';
import type { SecurityGroup } from '../../core/network';
import type { CallOptions } from '../../core/ports/calls';
import { need, orGap } from '../../core/reading';
import { gapWords } from '../../words/gaps';
import { t } from '../../words/translation';
import type { Scope } from '../appModel';
import { asLabError } from '../asLabError';
import { awsCommand, tagFlag } from '../changes/awsCommand';
import type { PlannedChange, PlannedRemoval } from '../changes/plannedChange';

export interface SecurityGroupRequest {
  readonly vpcId: VpcId;
  readonly name: string;
  readonly description: string;
}

/** What both names and descriptions of groups are made of ("Amazon EC2 API: CreateSecurityGroup"). */
const textForm = /^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/;

/** Why a group cannot have this name; undefined when it can. */
export function groupNameProblem(name: string, taken: readonly string[]): string | undefined {
  if (name.startsWith('sg-')) return t('A name may not begin with sg-.');
  if (taken.includes(name)) return t('{0} exists already.', name);
  return groupTextProblem(name);
}

export function groupTextProblem(text: string): string | undefined {
  return textForm.test(text)
    ? undefined
    : t('1 to 255 letters, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *');
}

/** Creating a security group: nothing in, everything out. */
export function planSecurityGroup(scope: Scope, request: SecurityGroupRequest): PlannedChange<SecurityGroupId> {
  const { vpcId, name, description } = request;
  const input = { ...request, tags: { Name: name } };
  return {
    label: t('Create the security group'),
    doing: t('Creating the security group {0}', name),
    facts: [
      { icon: 'shield', label: t('Security group'), text: `${name} · ${description}` },
      { icon: 'cloud', label: t('VPC'), text: vpcId },
      { icon: 'arrow-swap', label: t('Rules'), text: t('nothing in, everything out') },
    ],
    warnings: [],
    hourlyPriceUsd: 0,
    commandLines: [
      awsCommand(scope, 'ec2', 'create-security-group', {
        'group-name': name,
        description,
        'vpc-id': vpcId,
        'tag-specifications': tagFlag('security-group', input.tags),
      }),
    ],
    rehearse: async call => (await scope.gateways()).network.createSecurityGroup(input, call),
    run: async () => (await scope.gateways()).network.createSecurityGroup(input),
  };
}

/** Deleting a security group, with what keeps AWS from doing it. A group that is gone already is no error. */
export function planSecurityGroupRemoval(
  scope: Scope,
  group: SecurityGroup,
  dependents: readonly string[],
): PlannedRemoval {
  return {
    verb: t('Delete Security Group'),
    question: t('Delete the security group {0}', group.name),
    doing: t('Deleting {0}', group.name),
    losses: [
      ...dependents,
      dependents.length > 0
        ? t('AWS refuses while anything uses it.')
        : t('Its {0} rules go with it. Nothing uses it.', group.rules.length),
    ],
    run: async () => {
      try {
        await (await scope.gateways()).network.deleteSecurityGroup(group.id);
      } catch (error) {
        if (asLabError(error).code !== 'resourceNotFound') throw error;
      }
    },
  };
}

/** What wears a group or names it in a rule, a sentence each; also that it is the VPC's own, which stays. */
export async function readGroupDependents(
  scope: Scope,
  group: SecurityGroup,
  options: CallOptions = {},
): Promise<readonly string[]> {
  const { network } = await scope.gateways();
  const snapshot = await network.readSnapshot(['networkInterfaces', 'securityGroups'], options);
  const found = orGap(() => {
    const wearers = need(snapshot.networkInterfaces).filter(card => card.securityGroupIds.includes(group.id));
    const namers = need(snapshot.securityGroups).filter(
      other =>
        other.id !== group.id && other.rules.some(({ peer }) => peer.kind === 'group' && peer.groupId === group.id),
    );
    return [
      ...wearers.map(({ instanceId, id, description }) =>
        t('{0} wears it.', instanceId ?? [id, description].filter(Boolean).join(' · ')),
      ),
      ...namers.map(({ name }) => t('A rule of {0} names it.', name)),
    ];
  });
  const own = group.name === 'default' ? [t('It is the VPC’s own group, which cannot be deleted.')] : [];
  return [...own, ...(found.known ? found.value : [gapWords(found.gap)])];
}
