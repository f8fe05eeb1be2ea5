import type { SubnetId } from '../../../core/ids';
import type { NetworkInterface, Subnet, VpcEndpoint } from '../../../core/network';
import { ServiceFault } from '../../protocols/serviceFault';
import type { Ec2 } from '../../protocols/wireTypes';
import { addEndpointInterfaces, addGatewayRoute, removeGatewayRoute, storeWithNames } from '../../world/endpointLife';
import { fullAccessPolicy } from '../../world/fullAccessPolicy';
import { removeInterface } from '../../world/interfaces';
import type { PlaceState } from '../../world/placeState';
import type { World } from '../../world/world';
import { find } from '../common/resourceIds';
import type { CallContext } from '../operation';
import { checkedTable, prefixListOf } from './createVpcEndpoint';
import { chosenAddresses } from './endpointAddresses';
import {
  checkedGroups,
  checkedPolicy,
  checkedSubnets,
  checkModifiable,
  checkZones,
  noFreeAddress,
} from './endpointChecks';
import { checkGroupCount } from './interfaceGroups';
import { type OfferedService, serviceOfEndpoint } from './offeredServices';
import { type PrivateDns, privateDnsAfter } from './privateDns';

type Input = Ec2.ModifyVpcEndpointRequest;

/** Changes what is named and nothing else. All of it is checked before any of it happens. */
export function modifyVpcEndpoint(input: Input, { world, region }: CallContext): Ec2.ModifyVpcEndpointResult {
  const endpoint = find('endpoint', region.endpoints, input.VpcEndpointId ?? '');
  checkModifiable(endpoint);
  if (endpoint.kind === 'gateway') modifyGateway(region, endpoint, input);
  else modifyInterface(world, region, endpoint, input);
  return { Return: true };
}

function policyAfter(endpoint: VpcEndpoint, { PolicyDocument, ResetPolicy }: Input): string | undefined {
  if (ResetPolicy) return fullAccessPolicy;
  return PolicyDocument === undefined ? endpoint.policyDocument : checkedPolicy(PolicyDocument);
}

function modifyInterface(world: World, region: PlaceState, endpoint: VpcEndpoint, input: Input): void {
  if (input.AddRouteTableIds?.length || input.RemoveRouteTableIds?.length)
    throw new ServiceFault('InvalidParameter', 'Route table IDs are only supported for Gateway type VPC Endpoint.');
  if ((input.IpAddressType ?? 'ipv4') !== 'ipv4')
    throw new ServiceFault('UnsupportedOperation', 'The practice cloud makes IPv4 endpoints only.');
  const securityGroupIds = groupsAfter(region, endpoint, input);
  const service = serviceOfEndpoint(world, region, endpoint.serviceName);
  const change = subnetsAfter(region, endpoint, input);
  checkZones(region, service, change.added);
  const { isEnabled, isInboundOnly } = privateDnsOf(world, region, endpoint, service, input);
  const policyDocument = policyAfter(endpoint, input);
  const networkInterfaceIds = replaceInterfaces(region, endpoint, change, securityGroupIds);
  const subnetIds = [...change.kept, ...change.added].map(subnet => subnet.id);
  if (isInboundOnly) region.inboundOnlyNames.add(endpoint.id);
  else region.inboundOnlyNames.delete(endpoint.id);
  storeWithNames(world, region, {
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
  for (const id of input.RemoveSecurityGroupIds ?? []) find('namedSecurityGroup', region.securityGroups, id);
  const all = [...new Set([...endpoint.securityGroupIds, ...added])];
  const left = all.filter(id => !input.RemoveSecurityGroupIds?.includes(id));
  if (left.length === 0)
    throw new ServiceFault('InvalidParameter', 'An interface VPC endpoint must have at least one security group.');
  checkGroupCount(left);
  return left;
}

function interfacesOf(region: PlaceState, { networkInterfaceIds }: VpcEndpoint): readonly NetworkInterface[] {
  return networkInterfaceIds.flatMap(id => region.networkInterfaces.get(id) ?? []);
}

interface SubnetChange {
  readonly kept: readonly Subnet[];
  readonly added: readonly Subnet[];
  readonly addresses: ReadonlyMap<SubnetId, string>;
}

function subnetsAfter(region: PlaceState, endpoint: VpcEndpoint, input: Input): SubnetChange {
  const present = endpoint.subnetIds.map(id => find('subnet', region.subnets, id));
  for (const id of input.RemoveSubnetIds ?? []) find('subnet', region.subnets, id);
  const kept = present.filter(({ id }) => !input.RemoveSubnetIds?.includes(id));
  const configured = (input.SubnetConfigurations ?? []).flatMap(({ SubnetId = [] }) => SubnetId);
  const fresh = configured.filter(id => !kept.some(subnet => subnet.id === id));
  const added = checkedSubnets(region, endpoint.vpcId, [...(input.AddSubnetIds ?? []), ...fresh], kept);
  const subnets = [...kept, ...added];
  const addresses = chosenAddresses(region, subnets, input.SubnetConfigurations, interfacesOf(region, endpoint));
  return { kept, added, addresses };
}

function privateDnsOf(
  world: World,
  region: PlaceState,
  endpoint: VpcEndpoint,
  service: OfferedService,
  input: Input,
): PrivateDns {
  const vpc = find('vpc', region.vpcs, endpoint.vpcId);
  const isInboundOnly = region.inboundOnlyNames.has(endpoint.id);
  const isEnabled = endpoint.privateDnsEnabled || isInboundOnly;
  return privateDnsAfter(world, region, vpc, service, input, { endpointId: endpoint.id, isEnabled, isInboundOnly });
}

/** Interfaces after the change: those of removed subnets go, those with a new address are replaced, the rest gets the new groups. */
function replaceInterfaces(
  region: PlaceState,
  endpoint: VpcEndpoint,
  { kept, added, addresses }: SubnetChange,
  securityGroupIds: VpcEndpoint['securityGroupIds'],
): VpcEndpoint['networkInterfaceIds'] {
  const present = interfacesOf(region, endpoint);
  const moves = ({ subnetId, privateIpAddress }: NetworkInterface) =>
    (addresses.get(subnetId) ?? privateIpAddress) !== privateIpAddress;
  const moved = kept.filter(({ id }) => present.some(item => item.subnetId === id && moves(item)));
  const made = addEndpointInterfaces(region, endpoint.id, [...added, ...moved], securityGroupIds, addresses);
  if (!made) throw noFreeAddress();
  const stay = present.filter(item => kept.some(({ id }) => id === item.subnetId) && !moves(item));
  for (const item of present)
    if (stay.includes(item)) region.networkInterfaces.set(item.id, { ...item, securityGroupIds });
    else removeInterface(region, item.id);
  return [...stay, ...made].map(({ id }) => id);
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
