import type { SecurityGroup, SecurityGroupRule } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { find } from '../common/resourceIds';
import type { CallContext, OperationTable } from '../operation';
import { groupOf, refuseDuplicates } from './securityGroupChanges';
import { isSameRule, type RuleRequest, readRules } from './securityGroupRules';

/** A rule as ModifySecurityGroupRules spells it, in the form of the other calls. */
function asPermission(wish: Ec2.SecurityGroupRuleRequest): Ec2.IpPermission {
  const { IpProtocol, FromPort, ToPort, CidrIpv4, CidrIpv6, PrefixListId, ReferencedGroupId, Description } = wish;
  const described = Description === undefined ? {} : { Description };
  return {
    IpProtocol,
    FromPort,
    ToPort,
    IpRanges: CidrIpv4 === undefined ? [] : [{ CidrIp: CidrIpv4, ...described }],
    Ipv6Ranges: CidrIpv6 === undefined ? [] : [{ CidrIpv6, ...described }],
    PrefixListIds: PrefixListId === undefined ? [] : [{ PrefixListId, ...described }],
    UserIdGroupPairs: ReferencedGroupId === undefined ? [] : [{ GroupId: ReferencedGroupId, ...described }],
  };
}

/** Each rule keeps its id and its direction, everything else is as the request says. */
function modify(
  input: Ec2.ModifySecurityGroupRulesRequest,
  { world, region }: CallContext,
): Ec2.ModifySecurityGroupRulesResult {
  const group = find('securityGroup', region.securityGroups, input.GroupId ?? '');
  let rules = group.rules;
  for (const { SecurityGroupRuleId = '', SecurityGroupRule = {} } of input.SecurityGroupRules ?? []) {
    const before = ruleOf(rules, SecurityGroupRuleId);
    const scope = { world, region, vpcId: group.vpcId };
    const [wish, ...more] = readRules(scope, before.direction, { IpPermissions: [asPermission(SecurityGroupRule)] });
    if (!wish || more.length > 0)
      throw new ServiceFault('InvalidParameterCombination', 'A rule names exactly one range, group or prefix list.');
    const others = rules.filter(rule => rule !== before);
    refuseDuplicates(others, [wish]);
    rules = rules.map(rule => (rule === before ? { ...wish, id: before.id } : rule));
  }
  region.securityGroups.set(group.id, { ...group, rules });
  return { Return: true };
}

function ruleOf(rules: readonly SecurityGroupRule[], id: string): SecurityGroupRule {
  return find('securityGroupRule', new Map(rules.map(rule => [rule.id, rule])), id);
}

interface DescriptionRequest extends RuleRequest {
  readonly GroupId?: string | undefined;
  readonly GroupName?: string | undefined;
  readonly SecurityGroupRuleDescriptions?: readonly Ec2.SecurityGroupRuleDescription[] | undefined;
}

const describe =
  (direction: SecurityGroupRule['direction']) =>
  (input: DescriptionRequest, { world, region }: CallContext) => {
    const group = groupOf(region, input);
    const byId = new Map(
      (input.SecurityGroupRuleDescriptions ?? []).map(({ SecurityGroupRuleId = '', Description }) => [
        ruleOf(group.rules, SecurityGroupRuleId).id,
        Description,
      ]),
    );
    const wishes = byId.size > 0 ? [] : readRules({ world, region, vpcId: group.vpcId }, direction, input);
    for (const wish of wishes) byId.set(sameRule(group, wish).id, wish.description);
    const rules = group.rules.map(rule =>
      byId.has(rule.id) ? { ...rule, description: byId.get(rule.id) || undefined } : rule,
    );
    region.securityGroups.set(group.id, { ...group, rules });
    return { Return: true };
  };

function sameRule({ rules }: SecurityGroup, wish: Parameters<typeof isSameRule>[1]): SecurityGroupRule {
  const found = rules.find(rule => isSameRule(rule, wish));
  if (found) return found;
  throw new ServiceFault('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.');
}

export const modifySecurityGroupRuleOperations: OperationTable = {
  ModifySecurityGroupRules: modify,
  UpdateSecurityGroupRuleDescriptionsEgress: describe('egress'),
  UpdateSecurityGroupRuleDescriptionsIngress: describe('ingress'),
};
