import type { ScopeStore } from '../../app/appModel';
import { planRuleRemoval, type RuleOptions } from '../../app/operations/securityGroupRules';
import {
  groupNameProblem,
  groupTextProblem,
  planSecurityGroup,
  planSecurityGroupRemoval,
  readGroupDependents,
} from '../../app/operations/securityGroups';
import { LabError } from '../../core/errors';
import { gapError } from '../../core/gaps';
import type { SecurityGroupId, VpcId } from '../../core/ids';
import { nameOrId } from '../../core/network';
import { valueOr } from '../../core/reading';
import { t } from '../../words/translation';
import { carryOut } from '../changes/carryOut';
import { confirmRemoval } from '../changes/confirmRemoval';
import { summaryStep } from '../changes/summaryStep';
import { pickScope } from '../pickers/pickScope';
import { pickSecurityGroup, readGroups } from '../pickers/pickSecurityGroup';
import type { ScopeTarget, SecurityGroupRuleTarget, SecurityGroupTarget } from '../views/targets';
import { enterText, pickOne, runSteps } from '../wizard';

/** Makes a security group without inbound rules. Resolves with its id. */
export function createSecurityGroupCommand(scopes: ScopeStore) {
  return async (target: ScopeTarget | undefined): Promise<SecurityGroupId | undefined> => {
    const scope = target?.scope ?? (await pickScope(scopes, t('Create the security group in which scope?')));
    if (!scope) return undefined;
    const snapshot = await readGroups(scope);
    if (!snapshot.vpcs.known) throw gapError(snapshot.vpcs.gap);
    const vpcs = [...snapshot.vpcs.value].sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
    const groups = valueOr(snapshot.securityGroups, []);
    const [first] = vpcs;
    if (!first) throw new LabError('resourceNotFound', { kind: t('a VPC') });
    let vpcId: VpcId = first.id;
    let name = 'vpc-labs';
    let description = 'vpc-labs';
    const isConfirmed = await runSteps(t('Create security group'), [
      frame => {
        const items = vpcs.map(vpc => ({
          label: nameOrId(vpc),
          description: vpc.cidrBlocks.join(', '),
          value: vpc.id,
        }));
        return pickOne(frame, { placeholder: t('In which VPC?'), items, active: vpcId }, value => {
          vpcId = value;
        });
      },
      frame => {
        const taken = groups.filter(group => group.vpcId === vpcId).map(group => group.name);
        const problemOf = (text: string) => groupNameProblem(text, taken);
        return enterText(frame, { prompt: t('A name for the security group.'), value: name, problemOf }, text => {
          name = text;
        });
      },
      frame =>
        enterText(frame, { prompt: t('What is it for?'), value: description, problemOf: groupTextProblem }, text => {
          description = text;
        }),
      summaryStep(scope, () => planSecurityGroup(scope, { vpcId, name, description })),
    ]);
    return isConfirmed ? carryOut(scope, planSecurityGroup(scope, { vpcId, name, description })) : undefined;
  };
}

/** One dialog that names what uses the group; resolves with whether it was deleted. */
export function deleteSecurityGroupCommand(scopes: ScopeStore) {
  return async (target: SecurityGroupTarget | undefined): Promise<boolean> => {
    const chosen = target ?? (await pickSecurityGroup(scopes, t('Delete which security group?')));
    if (!chosen) return false;
    const { scope, group } = chosen;
    const removal = planSecurityGroupRemoval(scope, group, await readGroupDependents(scope, group));
    return (await confirmRemoval(scopes, scope, removal)) !== undefined;
  };
}

/** One dialog; resolves with whether the rule was removed. */
export function removeRuleCommand(scopes: ScopeStore, options: RuleOptions) {
  return async (target: SecurityGroupRuleTarget | undefined): Promise<boolean> => {
    if (!target) return false;
    const { scope, group, rule } = target;
    return (await confirmRemoval(scopes, scope, planRuleRemoval(scope, group, rule, options))) !== undefined;
  };
}
