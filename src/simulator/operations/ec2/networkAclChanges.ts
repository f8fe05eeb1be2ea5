import { networkAclId, type SubnetId } from '../../../core/ids';
import type { NetworkAcl } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { finalDenials } from '../../world/makeVpc';
import type { PlaceState } from '../../world/placeState';
import { makeOnce } from '../common/clientTokens';
import { find } from '../common/resourceIds';
import { tagsAtCreation } from '../common/tags';
import type { CallContext, OperationTable } from '../operation';
import { optional } from './describe';
import { aclAssociationId, aclShape } from './networkAcls';

/** "Amazon VPC quotas": per VPC. */
const maximumAcls = 200;

function create(input: Ec2.CreateNetworkAclRequest, { region }: CallContext): Ec2.CreateNetworkAclResult {
  const [id = ''] = makeOnce(region, 'CreateNetworkAcl', input, () => [make(input, region).id]);
  const acl = find('networkAcl', region.networkAcls, id);
  return { NetworkAcl: aclShape(region, acl), ...optional({ ClientToken: input.ClientToken }) };
}

/** A new ACL denies everything both ways. */
function make(input: Ec2.CreateNetworkAclRequest, region: PlaceState): NetworkAcl {
  const vpc = find('vpc', region.vpcs, input.VpcId ?? '');
  const tags = tagsAtCreation(input.TagSpecifications, 'network-acl');
  if ([...region.networkAcls.values()].filter(({ vpcId }) => vpcId === vpc.id).length >= maximumAcls)
    throw new ServiceFault('NetworkAclLimitExceeded', 'The maximum number of network ACLs has been reached.');
  const acl: NetworkAcl = {
    id: networkAclId(region.newId('acl')),
    vpcId: vpc.id,
    isDefault: false,
    subnetIds: [],
    entries: finalDenials,
  };
  region.networkAcls.set(acl.id, acl);
  if (Object.keys(tags).length > 0) region.otherTags.set(acl.id, tags);
  return acl;
}

function remove(input: Ec2.DeleteNetworkAclRequest, { region }: CallContext): object {
  const acl = find('networkAcl', region.networkAcls, input.NetworkAclId ?? '');
  if (acl.isDefault) throw new ServiceFault('InvalidParameterValue', `cannot delete default network ACL ${acl.id}`);
  if (acl.subnetIds.length > 0)
    throw new ServiceFault('DependencyViolation', `The networkAcl '${acl.id}' has dependencies and cannot be deleted.`);
  region.networkAcls.delete(acl.id);
  region.otherTags.delete(acl.id);
  return {};
}

/** Every subnet is under one ACL always: it moves from one to another. */
function replaceAssociation(
  input: Ec2.ReplaceNetworkAclAssociationRequest,
  { region }: CallContext,
): Ec2.ReplaceNetworkAclAssociationResult {
  const associations = [...region.networkAcls.values()].flatMap(acl =>
    acl.subnetIds.map(subnetId => [aclAssociationId(region, acl, subnetId), { acl, subnetId }] as const),
  );
  const { acl, subnetId } = find('networkAclAssociation', new Map(associations), input.AssociationId ?? '');
  const next = find('networkAcl', region.networkAcls, input.NetworkAclId ?? '');
  if (next.vpcId !== acl.vpcId)
    throw new ServiceFault(
      'InvalidParameterValue',
      `Network ACL ${next.id} and subnet ${subnetId} belong to different networks`,
    );
  setSubnets(region, acl, ids => ids.filter(id => id !== subnetId));
  setSubnets(region, next, ids => [...ids.filter(id => id !== subnetId), subnetId]);
  return { NewAssociationId: aclAssociationId(region, next, subnetId) };
}

function setSubnets(
  region: PlaceState,
  { id }: NetworkAcl,
  change: (ids: readonly SubnetId[]) => readonly SubnetId[],
): void {
  const acl = region.networkAcls.get(id);
  if (acl) region.networkAcls.set(id, { ...acl, subnetIds: change(acl.subnetIds) });
}

export const networkAclChangeOperations: OperationTable = {
  CreateNetworkAcl: create,
  DeleteNetworkAcl: remove,
  ReplaceNetworkAclAssociation: replaceAssociation,
};
