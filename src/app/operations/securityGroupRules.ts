import type { SecurityGroupId } from '../../core/ids';
import type { SecurityGroup, SecurityGroupRule } from '../../core/network';
import type { NewSecurityGroupRule } from '../../core/ports/securityGroupGateway';
import { ipPermission } from '../../core/rules/ipPermission';
import { isSameRule } from '../../core/rules/ruleSource';
import { ruleWords } from '../../words/securityGroupRules';
import { t } from '../../words/translation';
import type { Scope } from '../appModel';
import { asLabError } from '../asLabError';
import { awsCommand } from '../changes/awsCommand';
import type { PlannedChange, PlannedRemoval } from '../changes/plannedChange';

/** Told of the scope when rules of a group have changed, so that what shows them reads anew. */
export interface RuleOptions {
  readonly onChange?: (scope: Scope) => void;
}

/** The rule of the group that says the same already; AWS would refuse it a second time. */
export function sameRuleOf(group: SecurityGroup, rule: NewSecurityGroupRule): SecurityGroupRule | undefined {
  return group.rules.find(other => isSameRule(other, rule));
}

/** Adding a rule to a group; counts from the next packet on. Resolves with its id. */
export function planRule(
  scope: Scope,
  group: SecurityGroup,
  rule: NewSecurityGroupRule,
  { onChange }: RuleOptions = {},
): PlannedChange<string> {
  const isInbound = rule.direction === 'ingress';
  const isOpen = rule.peer.kind === 'cidr' && /^(?:0\.0\.0\.0|::)\/0$/.test(rule.peer.cidr);
  return {
    label: t('Add the rule'),
    doing: t('Adding a rule to {0}', group.name),
    facts: [
      { icon: 'shield', label: t('Security group'), text: `${group.name} · ${group.id}` },
      { icon: isInbound ? 'arrow-right' : 'arrow-left', label: t('Rule'), text: ruleWords(asListed(rule)) },
    ],
    warnings: isInbound && isOpen ? [t('It admits every address there is.')] : [],
    hourlyPriceUsd: 0,
    commandLines: [
      awsCommand(scope, 'ec2', `authorize-security-group-${rule.direction}`, {
        'group-id': group.id,
        'ip-permissions': JSON.stringify([ipPermission(rule)]),
      }),
    ],
    rehearse: async call => (await scope.gateways()).securityGroups.addRule(group.id, rule, call),
    run: async () => {
      try {
        return await addRule(scope, group.id, rule);
      } finally {
        onChange?.(scope);
      }
    },
  };
}

/** After a lost answer it looks first: a rule that is there is the one that was asked for, one that is not may be asked for again. */
async function addRule(scope: Scope, groupId: SecurityGroupId, rule: NewSecurityGroupRule): Promise<string> {
  const { network, securityGroups } = await scope.gateways();
  try {
    return await securityGroups.addRule(groupId, rule);
  } catch (error) {
    if (asLabError(error).code !== 'answerLost') throw error;
    const { securityGroups: groups } = await network.readSnapshot(['securityGroups']);
    if (!groups.known) throw error;
    const group = groups.value.find(({ id }) => id === groupId);
    return (group && sameRuleOf(group, rule)?.id) ?? securityGroups.addRule(groupId, rule);
  }
}

/** Removing a rule. What it admitted is cut off, connections that stand included where they are tracked. One that is gone is no error. */
export function planRuleRemoval(
  scope: Scope,
  group: SecurityGroup,
  rule: SecurityGroupRule,
  { onChange }: RuleOptions = {},
): PlannedRemoval {
  return {
    verb: t('Remove Rule'),
    question: t('Remove “{0}” from {1}', ruleWords(rule), group.name),
    doing: t('Removing a rule of {0}', group.name),
    losses: [t('What only this rule lets through is dropped from then on, for everything that wears {0}.', group.id)],
    run: async () => {
      try {
        await (await scope.gateways()).securityGroups.removeRule(group.id, rule);
      } catch (error) {
        if (asLabError(error).code !== 'resourceNotFound') throw error;
      } finally {
        onChange?.(scope);
      }
    },
  };
}

const asListed = (rule: NewSecurityGroupRule): SecurityGroupRule => ({ id: '', ...rule });
