/** Questions that the data plane asks of the world, one at each hop. */

import type { VpcId } from '../../../core/ids';
import { covers } from '../../../core/ipv4';
import type {
  InternetGateway,
  NetworkAcl,
  NetworkInterface,
  RouteTable,
  SecurityGroup,
  Subnet,
  VpcEndpoint,
} from '../../../core/network';
import { routeTableOf } from '../../../core/rules/routeTableOf';
import type { RegionState, WorldView } from '../../world/regionState';

/** An interface together with the region that holds it. */
export interface PlacedInterface {
  readonly state: RegionState;
  readonly networkInterface: NetworkInterface;
}

export function interfaceAt(state: RegionState, vpcId: VpcId, address: string): NetworkInterface | undefined {
  for (const candidate of state.networkInterfaces.values()) {
    if (candidate.privateIpAddress === address && candidate.vpcId === vpcId) return candidate;
  }
  return undefined;
}

/** Public addresses are unique: whoever has it, in any account. */
export function interfaceWithPublicAddress(world: WorldView, address: string): PlacedInterface | undefined {
  for (const state of world.regions) {
    for (const candidate of state.networkInterfaces.values()) {
      if (candidate.publicIpAddress === address) return { state, networkInterface: candidate };
    }
  }
  return undefined;
}

export function subnetOf(state: RegionState, networkInterface: NetworkInterface): Subnet | undefined {
  return state.subnets.get(networkInterface.subnetId);
}

export function routeTableFor(state: RegionState, subnet: Subnet): RouteTable | undefined {
  return routeTableOf(subnet, [...state.routeTables.values()]);
}

/** The ACL that names the subnet, else the VPC's default one. */
export function networkAclFor(state: RegionState, subnet: Subnet): NetworkAcl | undefined {
  let fallback: NetworkAcl | undefined;
  for (const acl of state.networkAcls.values()) {
    if (acl.subnetIds.includes(subnet.id)) return acl;
    if (acl.isDefault && acl.vpcId === subnet.vpcId) fallback = acl;
  }
  return fallback;
}

export function groupsOf(state: RegionState, networkInterface: NetworkInterface): SecurityGroup[] {
  return networkInterface.securityGroupIds.flatMap(id => state.securityGroups.get(id) ?? []);
}

export function endpointOf(state: RegionState, networkInterface: NetworkInterface): VpcEndpoint | undefined {
  for (const endpoint of state.endpoints.values()) {
    if (endpoint.networkInterfaceIds.includes(networkInterface.id)) return endpoint;
  }
  return undefined;
}

/** A VPC has one internet gateway at most. */
export function attachedGateway(state: RegionState, vpcId: VpcId): InternetGateway | undefined {
  for (const gateway of state.internetGateways.values()) {
    if (gateway.attachedVpcIds.includes(vpcId)) return gateway;
  }
  return undefined;
}

/** Hardware address of a subnet's router, which is made up: AWS shows it in captures only. */
function routerMac(subnet: Subnet): string {
  return `02:${subnet.id.slice(-10).replace(/(..)(?!$)/g, '$1:')}`;
}

/** The station on the subnet's wire that an interface talks to when it talks to an address: a neighbour, or the router. */
export function nextHopMac(state: RegionState, networkInterface: NetworkInterface, address: string): string {
  const subnet = subnetOf(state, networkInterface);
  if (!subnet) return networkInterface.macAddress;
  const neighbour = covers(subnet.cidrBlock, address) ? interfaceAt(state, networkInterface.vpcId, address) : undefined;
  return neighbour?.macAddress ?? routerMac(subnet);
}
