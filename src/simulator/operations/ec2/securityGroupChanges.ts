import type { SecurityGroup, SecurityGroupRule } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { find } from '../common/resourceIds';
import { tagsAtCreation } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { prefixListWeight } from './prefixListWeight';
import { isSameRule, quoteRule, type RuleRequest, type RuleWish, readRules } from './securityGroupRules';
import { ruleShape } from './securityGroupShapes';

type Direction = SecurityGroupRule['direction'];

/** "Amazon VPC quotas": rules per direction of one group. */
const maximumRules = 60;

interface NamedGroup {
  readonly GroupId?: string | undefined;
  readonly GroupName?: string | undefined;
}

interface ChangeRequest extends RuleRequest, NamedGroup {
  readonly TagSpecifications?: readonly Ec2.TagSpecification[] | undefined;
  readonly SecurityGroupRuleIds?: readonly string[] | undefined;
}

/** By id, or by a name in the default VPC. */
export function groupOf(region: PlaceState, { GroupId, GroupName }: NamedGroup): SecurityGroup {
  if (GroupId !== undefined) return find('securityGroup', region.securityGroups, GroupId);
  const named = [...region.securityGroups.values()].find(
    ({ name, vpcId }) => name === GroupName && region.vpcs.get(vpcId)?.isDefault,
  );
  if (named) return named;
  if (GroupName === undefined)
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter groupName or groupId');
  throw new ServiceFault('InvalidGroup.NotFound', `The security group '${GroupName}' does not exist`);
}

const authorize =
  (direction: Direction) =>
  (input: ChangeRequest, { world, region }: CallContext) => {
    const group = groupOf(region, input);
    const wishes = readRules({ world, region, vpcId: group.vpcId }, direction, input);
    const tags = tagsAtCreation(input.TagSpecifications, 'security-group-rule');
    refuseDuplicates(group.rules, wishes);
    const present = group.rules.filter(rule => rule.direction === direction);
    if (weightOf(region, [...present, ...wishes]) > maximumRules)
      throw new ServiceFault(
        'RulesPerSecurityGroupLimitExceeded',
        'The maximum number of rules per security group has been reached.',
      );
    const rules = wishes.map(wish => ({ ...wish, id: region.newId('sgr') }));
    const changed = { ...group, rules: [...group.rules, ...rules] };
    region.securityGroups.set(group.id, changed);
    if (Object.keys(tags).length > 0) for (const { id } of rules) region.otherTags.set(id, tags);
    return { Return: true, SecurityGroupRules: rules.map(rule => ruleShape({ world, region }, changed, rule)) };
  };

/** A rule with a prefix list counts as many rules as the list may have entries. */
function weightOf(region: PlaceState, rules: readonly RuleWish[]): number {
  return rules.reduce(
    (sum, { peer }) => sum + (peer.kind === 'prefixList' ? prefixListWeight(region, peer.prefixListId) : 1),
    0,
  );
}

export function refuseDuplicates(rules: readonly SecurityGroupRule[], wishes: readonly RuleWish[]): void {
  const twice = wishes.find(
    (wish, index) =>
      rules.some(rule => isSameRule(rule, wish)) || wishes.slice(0, index).some(other => isSameRule(other, wish)),
  );
  if (twice)
    throw new ServiceFault('InvalidPermission.Duplicate', `the specified rule "${quoteRule(twice)}" already exists`);
}

const revoke =
  (direction: Direction) =>
  (input: ChangeRequest, { world, region }: CallContext) => {
    const group = groupOf(region, input);
    const gone = input.SecurityGroupRuleIds?.length
      ? rulesById(group, direction, input.SecurityGroupRuleIds)
      : rulesByContent(group, readRules({ world, region, vpcId: group.vpcId }, direction, input));
    region.securityGroups.set(group.id, { ...group, rules: group.rules.filter(rule => !gone.includes(rule)) });
    for (const { id } of gone) region.otherTags.delete(id);
    return {
      Return: true,
      RevokedSecurityGroupRules: gone.map(rule => {
        const { SecurityGroupRuleArn, GroupOwnerId, Tags, ...revoked } = ruleShape({ world, region }, group, rule);
        return revoked;
      }),
    };
  };

function rulesById(group: SecurityGroup, direction: Direction, ids: readonly string[]): SecurityGroupRule[] {
  const own = new Map(group.rules.filter(rule => rule.direction === direction).map(rule => [rule.id, rule]));
  return [...new Set(ids)].map(id => find('securityGroupRule', own, id));
}

function rulesByContent(group: SecurityGroup, wishes: readonly RuleWish[]): SecurityGroupRule[] {
  const found = wishes.map(wish => {
    const rule = group.rules.find(rule => isSameRule(rule, wish));
    if (!rule)
      throw new ServiceFault('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
    return rule;
  });
  return [...new Set(found)];
}

export const securityGroupChangeOperations: OperationTable = {
  AuthorizeSecurityGroupIngress: authorize('ingress'),
  AuthorizeSecurityGroupEgress: authorize('egress'),
  RevokeSecurityGroupIngress: revoke('ingress'),
  RevokeSecurityGroupEgress: revoke('egress'),
};
