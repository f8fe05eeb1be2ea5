import type { SecurityGroup, SecurityGroupRule } from '../../../core/network';
import type { Ec2 } from '../../protocols/wireTypes';
import type { PlaceState } from '../../world/placeState';
import type { World } from '../../world/world';
import { pageOf } from '../common/paging';
import { find } from '../common/resourceIds';
import type { CallContext, OperationTable } from '../operation';
import { optional } from './describe';
import { findGroupAnywhere } from './groupsAcrossPeering';
import { permissionsOf } from './securityGroupShapes';

/** A rule for a peered VPC's group is stale once the connection or the group is gone ("Identify your stale security group rules"). */
function isStale(world: World, region: PlaceState, { peer }: SecurityGroupRule): boolean {
  if (peer.kind !== 'group' || !peer.across) return false;
  const state = world.peeringConnections.get(peer.across.peeringConnectionId)?.state;
  return state !== 'active' || !findGroupAnywhere(world, region, peer.groupId);
}

function describeStale(
  input: Ec2.DescribeStaleSecurityGroupsRequest,
  context: CallContext,
): Ec2.DescribeStaleSecurityGroupsResult {
  const { world, region } = context;
  const vpc = find('vpc', region.vpcs, input.VpcId ?? '');
  const stale = [...region.securityGroups.values()].filter(
    ({ vpcId, rules }) => vpcId === vpc.id && rules.some(rule => isStale(world, region, rule)),
  );
  const page = pageOf(stale, input, { least: 5, most: 255 }, ({ id }) => id);
  const permissions = ({ rules }: SecurityGroup, direction: SecurityGroupRule['direction']) =>
    permissionsOf(
      context,
      rules.filter(rule => rule.direction === direction && isStale(world, region, rule)),
    ).map(permission => ({ ...permission, IpRanges: [], PrefixListIds: [] }));
  return {
    StaleSecurityGroupSet: page.items.map(group => ({
      GroupId: group.id,
      GroupName: group.name,
      Description: group.description,
      VpcId: group.vpcId,
      StaleIpPermissions: permissions(group, 'ingress'),
      StaleIpPermissionsEgress: permissions(group, 'egress'),
    })),
    ...optional({ NextToken: page.nextToken }),
  };
}

/** VPCs on the other side of peering connections whose rules name the groups. */
function describeReferences(
  input: Ec2.DescribeSecurityGroupReferencesRequest,
  { world, region }: CallContext,
): Ec2.DescribeSecurityGroupReferencesResult {
  const groups = (input.GroupId ?? []).map(id => find('securityGroup', region.securityGroups, id));
  return { SecurityGroupReferenceSet: groups.flatMap(group => referencesTo(world, group)) };
}

function referencesTo(world: World, { id: GroupId }: SecurityGroup): Ec2.SecurityGroupReference[] {
  const found = new Map<string, Ec2.SecurityGroupReference>();
  for (const { securityGroups } of world.regions)
    for (const { vpcId: ReferencingVpcId, rules } of securityGroups.values())
      for (const { peer } of rules) {
        if (peer.kind !== 'group' || peer.groupId !== GroupId || !peer.across) continue;
        const VpcPeeringConnectionId = peer.across.peeringConnectionId;
        found.set(`${ReferencingVpcId}/${VpcPeeringConnectionId}`, {
          GroupId,
          ReferencingVpcId,
          VpcPeeringConnectionId,
        });
      }
  return [...found.values()];
}

export const securityGroupReferenceOperations: OperationTable = {
  DescribeSecurityGroupReferences: describeReferences,
  DescribeStaleSecurityGroups: describeStale,
};
