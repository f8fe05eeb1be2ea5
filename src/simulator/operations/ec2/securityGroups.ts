import { securityGroupId } from '../../../core/ids';
import type { SecurityGroup, SecurityGroupRule } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import { applyFilters, type FilterTable } from '../common/filters';
import { pageOf } from '../common/paging';
import { find, findAll, notFound } from '../common/resourceIds';
import { tagList, tagsAtCreation } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { list, optional, text } from './describe';
import { refersTo } from './securityGroupRules';
import { type GroupContext, groupArn, groupShape, permissions, ruleShape, ruleTags } from './securityGroupShapes';

const limits = { least: 5, most: 1000 };
/** "Amazon VPC quotas": per Region. */
const maximumGroups = 2500;

/** `ip-permission.*` for what comes in, `egress.ip-permission.*` for what goes out. */
function permissionFilters(
  context: GroupContext,
  prefix: string,
  direction: SecurityGroupRule['direction'],
): FilterTable<SecurityGroup> {
  const each =
    (pick: (permission: Ec2.IpPermission) => readonly (string | undefined)[]) =>
    (group: SecurityGroup): readonly string[] =>
      permissions(context, group, direction)
        .flatMap(pick)
        .filter(value => value !== undefined);
  return {
    [`${prefix}ip-permission.cidr`]: each(({ IpRanges = [] }) => IpRanges.map(({ CidrIp }) => CidrIp)),
    [`${prefix}ip-permission.from-port`]: each(({ FromPort }) => [text(FromPort)]),
    [`${prefix}ip-permission.to-port`]: each(({ ToPort }) => [text(ToPort)]),
    [`${prefix}ip-permission.protocol`]: each(({ IpProtocol }) => [IpProtocol]),
    [`${prefix}ip-permission.group-id`]: each(({ UserIdGroupPairs = [] }) =>
      UserIdGroupPairs.map(pair => pair.GroupId),
    ),
    [`${prefix}ip-permission.group-name`]: each(({ UserIdGroupPairs = [] }) =>
      UserIdGroupPairs.map(({ GroupId }) => context.region.securityGroups.get(GroupId as SecurityGroup['id'])?.name),
    ),
    [`${prefix}ip-permission.user-id`]: each(({ UserIdGroupPairs = [] }) => UserIdGroupPairs.map(pair => pair.UserId)),
    [`${prefix}ip-permission.ipv6-cidr`]: each(({ Ipv6Ranges = [] }) => Ipv6Ranges.map(({ CidrIpv6 }) => CidrIpv6)),
    [`${prefix}ip-permission.prefix-list-id`]: each(({ PrefixListIds = [] }) =>
      PrefixListIds.map(({ PrefixListId }) => PrefixListId),
    ),
  };
}

const groupFilters = (context: GroupContext): FilterTable<SecurityGroup> => ({
  'group-id': group => group.id,
  'group-name': group => group.name,
  description: group => group.description,
  'vpc-id': group => group.vpcId,
  'owner-id': () => context.region.place.accountId,
  ...permissionFilters(context, '', 'ingress'),
  ...permissionFilters(context, 'egress.', 'egress'),
});

function describeSecurityGroups(
  input: Ec2.DescribeSecurityGroupsRequest,
  context: CallContext,
): Ec2.DescribeSecurityGroupsResult {
  const { region } = context;
  const listing = {
    kind: 'securityGroup',
    filters: groupFilters(context),
    tagsOf: (group: SecurityGroup) => group.tags,
    limits,
  } as const;
  const named = idsOfNames(region, input.GroupNames);
  const page = list(listing, region.securityGroups, named ?? input.GroupIds, input);
  return {
    SecurityGroups: page.items.map(group => groupShape(context, group)),
    ...optional({ NextToken: page.nextToken }),
  };
}

/** Names are looked for in the default VPC only. */
function idsOfNames(region: PlaceState, names: readonly string[] | undefined): readonly string[] | undefined {
  return names?.map(wanted => {
    const found = [...region.securityGroups.values()].find(
      ({ name, vpcId }) => name === wanted && region.vpcs.get(vpcId)?.isDefault,
    );
    if (!found) throw notFound('securityGroup', wanted);
    return found.id;
  });
}

interface OwnedRule {
  readonly group: SecurityGroup;
  readonly rule: SecurityGroupRule;
}

const ruleFilters: FilterTable<OwnedRule> = {
  'group-id': ({ group }) => group.id,
  'security-group-rule-id': ({ rule }) => rule.id,
};

function describeSecurityGroupRules(
  input: Ec2.DescribeSecurityGroupRulesRequest,
  context: CallContext,
): Ec2.DescribeSecurityGroupRulesResult {
  const { region } = context;
  const owned = [...region.securityGroups.values()].flatMap(group => group.rules.map(rule => ({ group, rule })));
  const byId = new Map(owned.map(item => [item.rule.id, item]));
  const chosen = findAll('securityGroupRule', byId, input.SecurityGroupRuleIds);
  const matching = applyFilters(chosen, input.Filters, ruleFilters, ({ rule }) => ruleTags(region, rule));
  const page = pageOf(matching, input, limits, ({ rule }) => rule.id);
  return {
    SecurityGroupRules: page.items.map(({ group, rule }) => ruleShape(context, group, rule)),
    ...optional({ NextToken: page.nextToken }),
  };
}

/** Groups belong to the VPC that they were made in, and to no other. */
function describeVpcAssociations(
  input: Ec2.DescribeSecurityGroupVpcAssociationsRequest,
): Ec2.DescribeSecurityGroupVpcAssociationsResult {
  applyFilters([], input.Filters, {
    'group-id': () => undefined,
    'group-owner-id': () => undefined,
    state: () => undefined,
    'vpc-id': () => undefined,
    'vpc-owner-id': () => undefined,
  });
  return { SecurityGroupVpcAssociations: [] };
}

/** Letters, digits, spaces and `._-:/()#,@[]+=&;{}!$*`, as "CreateSecurityGroup" says for groups of a VPC. */
const allowedText = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=&;{}!$*]{1,255}$/;

function createSecurityGroup(
  input: Ec2.CreateSecurityGroupRequest,
  { region }: CallContext,
): Ec2.CreateSecurityGroupResult {
  const { GroupName = '', Description = '' } = input;
  const vpc = input.VpcId === undefined ? defaultVpc(region) : find('vpc', region.vpcs, input.VpcId);
  checkNaming(GroupName, Description);
  const tags = tagsAtCreation(input.TagSpecifications, 'security-group');
  const groups = [...region.securityGroups.values()];
  if (groups.some(({ name, vpcId }) => name === GroupName && vpcId === vpc.id))
    throw new ServiceFault(
      'InvalidGroup.Duplicate',
      `The security group '${GroupName}' already exists for VPC '${vpc.id}'`,
    );
  if (groups.length >= maximumGroups)
    throw new ServiceFault('SecurityGroupLimitExceeded', 'The maximum number of security groups has been reached.');
  const group: SecurityGroup = {
    id: securityGroupId(region.newId('sg')),
    vpcId: vpc.id,
    name: GroupName,
    description: Description,
    rules: [everythingOut(region)],
    tags,
  };
  region.securityGroups.set(group.id, group);
  return { GroupId: group.id, Tags: tagList(tags), SecurityGroupArn: groupArn(region, group) };
}

function defaultVpc(region: PlaceState) {
  const found = [...region.vpcs.values()].find(({ isDefault }) => isDefault);
  if (!found) throw new ServiceFault('VPCIdNotSpecified', 'No default VPC for this user.');
  return found;
}

function checkNaming(name: string, description: string): void {
  if (name === 'default' || name.startsWith('sg-'))
    throw new ServiceFault('InvalidParameterValue', `Invalid group name: '${name}' is reserved`);
  if (!allowedText.test(name))
    throw new ServiceFault(
      'InvalidParameterValue',
      `Value (${name}) for parameter GroupName is invalid. Character sets beyond ASCII are not supported.`,
    );
  if (!allowedText.test(description))
    throw new ServiceFault(
      'InvalidParameterValue',
      `Value (${description}) for parameter GroupDescription is invalid. Character sets beyond ASCII are not supported.`,
    );
}

function everythingOut(region: PlaceState): SecurityGroupRule {
  return {
    id: region.newId('sgr'),
    direction: 'egress',
    protocol: -1,
    fromPort: undefined,
    toPort: undefined,
    peer: { kind: 'cidr', cidr: '0.0.0.0/0' },
    description: undefined,
  };
}

function deleteSecurityGroup(input: Ec2.DeleteSecurityGroupRequest, { region }: CallContext): object {
  if (input.GroupId === undefined && input.GroupName === undefined)
    throw new ServiceFault('MissingParameter', 'The request must contain the parameter groupName or groupId');
  const id = input.GroupId ?? idsOfNames(region, [input.GroupName ?? ''])?.[0] ?? '';
  const group = find('securityGroup', region.securityGroups, id);
  if (group.name === 'default')
    throw new ServiceFault(
      'CannotDelete',
      `the specified group: "${group.id}" name: "default" cannot be deleted by a user`,
    );
  if (isInUse(region, group))
    throw new ServiceFault('DependencyViolation', `resource ${group.id} has a dependent object`);
  region.securityGroups.delete(group.id);
  for (const { id: ruleId } of group.rules) region.otherTags.delete(ruleId);
  return { Return: true, GroupId: group.id };
}

/** An endpoint holds its groups even while it has no subnet to put an interface in. */
function isInUse(region: PlaceState, group: SecurityGroup): boolean {
  const isHeld = [...region.networkInterfaces.values(), ...region.endpoints.values()].some(({ securityGroupIds }) =>
    securityGroupIds.includes(group.id),
  );
  return isHeld || [...region.securityGroups.values()].some(other => other !== group && refersTo(other, group.id));
}

export const securityGroupOperations: OperationTable = {
  DescribeSecurityGroups: describeSecurityGroups,
  DescribeSecurityGroupRules: describeSecurityGroupRules,
  DescribeSecurityGroupVpcAssociations: describeVpcAssociations,
  CreateSecurityGroup: createSecurityGroup,
  DeleteSecurityGroup: deleteSecurityGroup,
};
