import type { Subnet, VpcEndpoint } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { addEndpointInterfaces, addGatewayRoute, removeGatewayRoute, storeWithNames } from '../../world/endpointLife';
import { removeInterface } from '../../world/interfaces';
import type { PlaceState } from '../../world/placeState';
import { find } from '../common/resourceIds';
import type { CallContext } from '../operation';
import { checkedTable, prefixListOf } from './createVpcEndpoint';
import {
  checkedGroups,
  checkedPolicy,
  checkedSubnets,
  checkModifiable,
  fullAccessPolicy,
  noFreeAddress,
} from './endpointChecks';
import { findOfferedService } from './endpointServices';
import { checkGroupCount } from './interfaceGroups';
import { type PrivateDns, privateDnsAfter } from './privateDns';

type Input = Ec2.ModifyVpcEndpointRequest;

/** Changes what is named and nothing else. All of it is checked before any of it happens. */
export function modifyVpcEndpoint(input: Input, { region }: CallContext): Ec2.ModifyVpcEndpointResult {
  const endpoint = find('endpoint', region.endpoints, input.VpcEndpointId ?? '');
  checkModifiable(endpoint);
  if (endpoint.kind === 'gateway') modifyGateway(region, endpoint, input);
  else modifyInterface(region, endpoint, input);
  return { Return: true };
}

function policyAfter(endpoint: VpcEndpoint, { PolicyDocument, ResetPolicy }: Input): string | undefined {
  if (ResetPolicy) return fullAccessPolicy;
  return PolicyDocument === undefined ? endpoint.policyDocument : checkedPolicy(PolicyDocument);
}

function modifyInterface(region: PlaceState, endpoint: VpcEndpoint, input: Input): void {
  if (input.AddRouteTableIds?.length || input.RemoveRouteTableIds?.length)
    throw new ServiceFault('InvalidParameter', 'Route table IDs are only supported for Gateway type VPC Endpoint.');
  if (input.SubnetConfigurations?.length || (input.IpAddressType ?? 'ipv4') !== 'ipv4')
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud does not change addresses of an endpoint.');
  const securityGroupIds = groupsAfter(region, endpoint, input);
  const { kept, added } = subnetsAfter(region, endpoint, input);
  const { isEnabled, isInboundOnly } = privateDnsOf(region, endpoint, input);
  const policyDocument = policyAfter(endpoint, input);
  const networkInterfaceIds = replaceInterfaces(region, endpoint, kept, added, securityGroupIds);
  const subnetIds = [...kept, ...added].map(subnet => subnet.id);
  if (isInboundOnly) region.inboundOnlyNames.add(endpoint.id);
  else region.inboundOnlyNames.delete(endpoint.id);
  storeWithNames(region, {
    ...endpoint,
    privateDnsEnabled: isEnabled && !isInboundOnly,
    policyDocument,
    securityGroupIds,
    subnetIds,
    networkInterfaceIds,
  });
}

function groupsAfter(region: PlaceState, endpoint: VpcEndpoint, input: Input): VpcEndpoint['securityGroupIds'] {
  const added = input.AddSecurityGroupIds?.length
    ? checkedGroups(region, endpoint.vpcId, input.AddSecurityGroupIds).map(group => group.id)
    : [];
  for (const id of input.RemoveSecurityGroupIds ?? []) find('securityGroup', region.securityGroups, id);
  const all = [...new Set([...endpoint.securityGroupIds, ...added])];
  const left = all.filter(id => !input.RemoveSecurityGroupIds?.includes(id));
  if (left.length === 0)
    throw new ServiceFault('InvalidParameter', 'An interface VPC endpoint must have at least one security group.');
  checkGroupCount(left);
  return left;
}

function subnetsAfter(region: PlaceState, endpoint: VpcEndpoint, input: Input) {
  const present = endpoint.subnetIds.map(id => find('subnet', region.subnets, id));
  for (const id of input.RemoveSubnetIds ?? []) find('subnet', region.subnets, id);
  const kept = present.filter(({ id }) => !input.RemoveSubnetIds?.includes(id));
  return { kept, added: checkedSubnets(region, endpoint.vpcId, input.AddSubnetIds ?? [], kept) };
}

function privateDnsOf(region: PlaceState, endpoint: VpcEndpoint, input: Input): PrivateDns {
  const vpc = find('vpc', region.vpcs, endpoint.vpcId);
  const service = findOfferedService(region, endpoint.serviceName);
  const isInboundOnly = region.inboundOnlyNames.has(endpoint.id);
  const isEnabled = endpoint.privateDnsEnabled || isInboundOnly;
  return privateDnsAfter(region, vpc, service, input, { endpointId: endpoint.id, isEnabled, isInboundOnly });
}

/** Interfaces after the change: those of removed subnets go, the rest gets the new groups. */
function replaceInterfaces(
  region: PlaceState,
  endpoint: VpcEndpoint,
  kept: readonly Subnet[],
  added: readonly Subnet[],
  securityGroupIds: VpcEndpoint['securityGroupIds'],
): VpcEndpoint['networkInterfaceIds'] {
  const made = addEndpointInterfaces(region, endpoint.id, added, securityGroupIds);
  if (!made) throw noFreeAddress();
  const stay = endpoint.networkInterfaceIds.filter(id => {
    const old = region.networkInterfaces.get(id);
    if (!old) return false;
    const isKept = kept.some(subnet => subnet.id === old.subnetId);
    if (isKept) region.networkInterfaces.set(id, { ...old, securityGroupIds });
    else removeInterface(region, id);
    return isKept;
  });
  return [...stay, ...made.map(({ id }) => id)];
}

function modifyGateway(region: PlaceState, endpoint: VpcEndpoint, input: Input): void {
  const { AddSubnetIds, RemoveSubnetIds, AddSecurityGroupIds, RemoveSecurityGroupIds } = input;
  const isAboutInterfaces = [AddSubnetIds, RemoveSubnetIds, AddSecurityGroupIds, RemoveSecurityGroupIds].some(
    ids => (ids?.length ?? 0) > 0,
  );
  if (isAboutInterfaces || input.PrivateDnsEnabled !== undefined)
    throw new ServiceFault(
      'InvalidParameter',
      'Subnets, security groups and private DNS are for Interface VPC Endpoints.',
    );
  const prefixList = prefixListOf(region, endpoint);
  const vpc = { id: endpoint.vpcId };
  const added = [...new Set(input.AddRouteTableIds ?? [])].map(id => checkedTable(region, vpc, prefixList, id));
  const removed = (input.RemoveRouteTableIds ?? []).map(id => find('routeTable', region.routeTables, id).id);
  const policyDocument = policyAfter(endpoint, input);
  for (const id of removed) removeGatewayRoute(region, id, endpoint.id);
  for (const id of added) addGatewayRoute(region, id, prefixList.id, endpoint.id);
  const routeTableIds = [...endpoint.routeTableIds.filter(id => !removed.includes(id)), ...added];
  region.endpoints.set(endpoint.id, { ...endpoint, policyDocument, routeTableIds });
}
