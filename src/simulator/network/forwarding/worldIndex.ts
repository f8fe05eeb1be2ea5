import type { EndpointService } from '../../../core/endpointService';
import type { InstanceId, NatGatewayId, NetworkInterfaceId, SubnetId, VpcId } from '../../../core/ids';
import type { LoadBalancerNode, NetworkLoadBalancer } from '../../../core/loadBalancing';
import type { InternetGateway, NetworkAcl, PrefixList, RouteTable, Vpc, VpcEndpoint } from '../../../core/network';
import type { PeeringConnection } from '../../../core/peering';
import type { RegionState, WorldView } from '../../world/regionState';

/** An interface's place in the world: its id, and the region that holds it. */
export interface InterfaceEntry {
  readonly state: RegionState;
  readonly id: NetworkInterfaceId;
}

/** What the data plane asks for at every hop, by what it knows at that hop. Ids are unique in the whole world. */
export interface WorldIndex {
  /** By VPC and private address, see {@link addressKey}. */
  readonly interfaceAt: ReadonlyMap<string, InterfaceEntry>;
  readonly publicInterface: ReadonlyMap<string, InterfaceEntry>;
  readonly instanceInterfaces: ReadonlyMap<InstanceId, readonly NetworkInterfaceId[]>;
  readonly routeTableOf: ReadonlyMap<SubnetId, RouteTable>;
  readonly mainTableOf: ReadonlyMap<VpcId, RouteTable>;
  readonly networkAclOf: ReadonlyMap<SubnetId, NetworkAcl>;
  readonly defaultAclOf: ReadonlyMap<VpcId, NetworkAcl>;
  readonly gatewayOf: ReadonlyMap<VpcId, InternetGateway>;
  readonly vpc: ReadonlyMap<VpcId, { readonly state: RegionState; readonly vpc: Vpc }>;
  readonly endpointOf: ReadonlyMap<NetworkInterfaceId, VpcEndpoint>;
  readonly natGatewayOf: ReadonlyMap<NetworkInterfaceId, NatGatewayId>;
  readonly loadBalancerOf: ReadonlyMap<NetworkInterfaceId, PlacedNode>;
  /** By DNS name, in lower case. */
  readonly loadBalancerNamed: ReadonlyMap<string, PlacedBalancer>;
  /** By service name. */
  readonly endpointService: ReadonlyMap<string, PlacedService>;
  /** By DNS name, in lower case: where the endpoint is. */
  readonly instanceConnectNamed: ReadonlyMap<string, RegionState>;
  readonly peeringsOf: ReadonlyMap<VpcId, readonly PeeringConnection[]>;
  readonly prefixListsOf: ReadonlyMap<RegionState, readonly PrefixList[]>;
}

export interface PlacedBalancer {
  readonly state: RegionState;
  readonly loadBalancer: NetworkLoadBalancer;
}

/** A load balancer with one of its nodes. */
export interface PlacedNode extends PlacedBalancer {
  readonly node: LoadBalancerNode;
}

/** An endpoint service of somebody's own. */
export interface PlacedService {
  readonly state: RegionState;
  readonly service: EndpointService;
}

export function addressKey(vpcId: VpcId, address: string): string {
  return `${vpcId} ${address}`;
}

/** Reads the whole world once. */
export function indexWorld(world: WorldView): WorldIndex {
  const index = emptyIndex();
  for (const state of world.regions) {
    indexInterfaces(index, state);
    indexSubnets(index, state);
    indexOwners(index, state);
    index.prefixListsOf.set(state, [...state.prefixLists.values()]);
  }
  for (const connection of world.peeringConnections.values())
    for (const { vpcId } of [connection.requester, connection.accepter])
      index.peeringsOf.set(vpcId, [...(index.peeringsOf.get(vpcId) ?? []), connection]);
  return index;
}

type Mutable<T> = {
  -readonly [K in keyof T]: T[K] extends ReadonlyMap<infer Key, infer Value> ? Map<Key, Value> : never;
};

function emptyIndex(): Mutable<WorldIndex> {
  return {
    interfaceAt: new Map(),
    publicInterface: new Map(),
    instanceInterfaces: new Map(),
    routeTableOf: new Map(),
    mainTableOf: new Map(),
    networkAclOf: new Map(),
    defaultAclOf: new Map(),
    gatewayOf: new Map(),
    vpc: new Map(),
    endpointOf: new Map(),
    natGatewayOf: new Map(),
    loadBalancerOf: new Map(),
    loadBalancerNamed: new Map(),
    endpointService: new Map(),
    instanceConnectNamed: new Map(),
    peeringsOf: new Map(),
    prefixListsOf: new Map(),
  };
}

function indexInterfaces(index: Mutable<WorldIndex>, state: RegionState): void {
  for (const { id, vpcId, privateIpAddress, publicIpAddress, instanceId } of state.networkInterfaces.values()) {
    index.interfaceAt.set(addressKey(vpcId, privateIpAddress), { state, id });
    if (instanceId) index.instanceInterfaces.set(instanceId, [...(index.instanceInterfaces.get(instanceId) ?? []), id]);
    if (publicIpAddress !== undefined) index.publicInterface.set(publicIpAddress, { state, id });
  }
}

function indexSubnets(index: Mutable<WorldIndex>, state: RegionState): void {
  for (const vpc of state.vpcs.values()) index.vpc.set(vpc.id, { state, vpc });
  for (const table of state.routeTables.values()) {
    if (table.isMain) index.mainTableOf.set(table.vpcId, table);
    for (const subnetId of table.subnetIds) index.routeTableOf.set(subnetId, table);
  }
  for (const acl of state.networkAcls.values()) {
    if (acl.isDefault) index.defaultAclOf.set(acl.vpcId, acl);
    for (const subnetId of acl.subnetIds) index.networkAclOf.set(subnetId, acl);
  }
  for (const gateway of state.internetGateways.values())
    for (const vpcId of gateway.attachedVpcIds) index.gatewayOf.set(vpcId, gateway);
}

function indexOwners(index: Mutable<WorldIndex>, state: RegionState): void {
  for (const endpoint of state.endpoints.values())
    for (const id of endpoint.networkInterfaceIds) index.endpointOf.set(id, endpoint);
  for (const gateway of state.natGateways.values())
    if (gateway.networkInterfaceId) index.natGatewayOf.set(gateway.networkInterfaceId, gateway.id);
  for (const loadBalancer of state.loadBalancers.values()) {
    index.loadBalancerNamed.set(loadBalancer.dnsName.toLowerCase(), { state, loadBalancer });
    for (const node of loadBalancer.nodes)
      index.loadBalancerOf.set(node.networkInterfaceId, { state, loadBalancer, node });
  }
  for (const service of state.endpointServices.values())
    index.endpointService.set(service.serviceName, { state, service });
  for (const { dnsName } of state.instanceConnectEndpoints.values())
    index.instanceConnectNamed.set(dnsName.toLowerCase(), state);
}
