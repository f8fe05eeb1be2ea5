/** Questions that the data plane asks of the world, one at each hop. */

import type { InstanceId, PeeringConnectionId, VpcId } from '../../../core/ids';
import { covers, formatIpv4, parseCidr } from '../../../core/ipv4';
import type {
  InternetGateway,
  NetworkAcl,
  NetworkInterface,
  PrefixList,
  RouteTable,
  SecurityGroup,
  Subnet,
  VpcEndpoint,
} from '../../../core/network';
import type { PeeringConnection, PeeringSide } from '../../../core/peering';
import { resolverAddress } from '../../../core/vpcResolver';
import type { RegionState, WorldView } from '../../world/regionState';
import {
  addressKey,
  type InterfaceEntry,
  indexWorld,
  type PlacedBalancer,
  type PlacedNode,
  type WorldIndex,
} from './worldIndex';

/** An interface together with the region that holds it. */
export interface PlacedInterface {
  readonly state: RegionState;
  readonly networkInterface: NetworkInterface;
}

/** Things with names of their own, of all accounts and regions. */
interface NamedThings {
  readonly endpoints: readonly VpcEndpoint[];
  readonly networkInterfaces: readonly NetworkInterface[];
  readonly subnets: readonly Subnet[];
}

/** Answers from an index of the world, made anew when the world has changed: a packet costs the same in a small and in a large world. */
export class WorldLookup {
  readonly #world: WorldView;
  #index: WorldIndex | undefined;
  #named: { readonly index: WorldIndex; readonly things: NamedThings } | undefined;
  #version = -1;

  constructor(world: WorldView) {
    this.#world = world;
  }

  interfaceAt(vpcId: VpcId, address: string): PlacedInterface | undefined {
    return placed(this.index.interfaceAt.get(addressKey(vpcId, address)));
  }

  /** Public addresses are unique: whoever has it, in any account. */
  interfaceWithPublicAddress(address: string): PlacedInterface | undefined {
    return placed(this.index.publicInterface.get(address));
  }

  /** Interfaces of an instance, first one first. */
  instanceInterfaces(id: string): readonly NetworkInterface['id'][] {
    return this.index.instanceInterfaces.get(id as InstanceId) ?? [];
  }

  /** As `routeTableOf` of core's rules: the table of the subnet's own, else the VPC's main one. */
  routeTableFor(subnet: Subnet): RouteTable | undefined {
    return this.index.routeTableOf.get(subnet.id) ?? this.index.mainTableOf.get(subnet.vpcId);
  }

  /** The ACL that names the subnet, else the VPC's default one. */
  networkAclFor(subnet: Subnet): NetworkAcl | undefined {
    return this.index.networkAclOf.get(subnet.id) ?? this.index.defaultAclOf.get(subnet.vpcId);
  }

  prefixLists(state: RegionState): readonly PrefixList[] {
    return this.index.prefixListsOf.get(state) ?? [];
  }

  endpointOf({ id }: NetworkInterface): VpcEndpoint | undefined {
    return this.index.endpointOf.get(id);
  }

  loadBalancerOf({ id }: Pick<NetworkInterface, 'id'>): PlacedNode | undefined {
    return this.index.loadBalancerOf.get(id);
  }

  /** `name` in lower case. */
  loadBalancerNamed(name: string): PlacedBalancer | undefined {
    return this.index.loadBalancerNamed.get(name);
  }

  /** Region of the EC2 Instance Connect Endpoint with this name, in lower case. */
  instanceConnectRegion(name: string): string | undefined {
    return this.index.instanceConnectNamed.get(name)?.place.region;
  }

  /** Nodes of the active load balancers behind an endpoint service; none for a service that is gone. */
  nodesBehind(serviceName: string): readonly PlacedNode[] {
    const found = this.index.endpointService.get(serviceName);
    if (found?.service.state !== 'available') return [];
    const { state, service } = found;
    return service.loadBalancerArns.flatMap(arn => {
      const loadBalancer = state.loadBalancers.get(arn);
      return loadBalancer?.state === 'active' ? loadBalancer.nodes.map(node => ({ state, loadBalancer, node })) : [];
    });
  }

  /** Whether the NAT gateway behind an interface is in service. */
  isNatAvailable({ state, networkInterface }: PlacedInterface): boolean {
    const id = this.index.natGatewayOf.get(networkInterface.id);
    return id !== undefined && state.natGateways.get(id)?.state === 'available';
  }

  /** A VPC has one internet gateway at most. */
  attachedGateway(vpcId: VpcId): InternetGateway | undefined {
    return this.index.gatewayOf.get(vpcId);
  }

  /** The other side of an active peering connection of this VPC. */
  peerThrough(vpcId: VpcId, id: PeeringConnectionId): PeeringSide | undefined {
    const connection = this.#world.peeringConnections.get(id);
    return connection?.state === 'active' ? otherSide(connection, vpcId) : undefined;
  }

  /** Active peering connections of a VPC, each by its other side. */
  peersOf(vpcId: VpcId): readonly PeeringSide[] {
    const connections = this.index.peeringsOf.get(vpcId) ?? [];
    return connections.flatMap(({ id }) => this.peerThrough(vpcId, id) ?? []);
  }

  /** The interface at an address inside a VPC wherever it lies. */
  interfaceOf({ vpcId }: Pick<PeeringSide, 'vpcId'>, address: string): PlacedInterface | 'outside' | undefined {
    const found = this.index.vpc.get(vpcId);
    if (!found?.vpc.cidrBlocks.some(range => covers(range, address))) return 'outside';
    return this.interfaceAt(vpcId, address);
  }

  /**
   * Who may be meant by a rule that names a group: the interface at an address of the VPC itself, or of one peered in the same region
   * ("Amazon VPC Peering Guide: Update your security groups to reference peer security groups").
   */
  groupMemberAt(state: RegionState, vpcId: VpcId, address: string): NetworkInterface | undefined {
    const own = this.interfaceAt(vpcId, address);
    if (own) return own.networkInterface;
    for (const peer of this.peersOf(vpcId)) {
      const found = peer.region === state.place.region ? this.interfaceAt(peer.vpcId, address) : undefined;
      if (found) return found.networkInterface;
    }
    return undefined;
  }

  /** What names lead to, in every account and region. */
  get named(): NamedThings {
    const { index } = this;
    if (this.#named?.index !== index) this.#named = { index, things: namedIn(this.#world) };
    return this.#named.things;
  }

  get index(): WorldIndex {
    const { version } = this.#world;
    if (!this.#index || version !== this.#version) {
      this.#index = indexWorld(this.#world);
      this.#version = version;
    }
    return this.#index;
  }
}

function namedIn(world: WorldView): NamedThings {
  const regions = [...world.regions];
  return {
    endpoints: regions.flatMap(region => [...region.endpoints.values()]),
    networkInterfaces: regions.flatMap(region => [...region.networkInterfaces.values()]),
    subnets: regions.flatMap(region => [...region.subnets.values()]),
  };
}

/** The interface as it is now. */
function placed(entry: InterfaceEntry | undefined): PlacedInterface | undefined {
  const networkInterface = entry?.state.networkInterfaces.get(entry.id);
  return entry && networkInterface && { state: entry.state, networkInterface };
}

function otherSide({ requester, accepter }: PeeringConnection, vpcId: VpcId): PeeringSide | undefined {
  if (requester.vpcId === vpcId) return accepter;
  return accepter.vpcId === vpcId ? requester : undefined;
}

export function subnetOf(state: RegionState, networkInterface: NetworkInterface): Subnet | undefined {
  return state.subnets.get(networkInterface.subnetId);
}

export function groupsOf(state: RegionState, networkInterface: NetworkInterface): SecurityGroup[] {
  return networkInterface.securityGroupIds.flatMap(id => state.securityGroups.get(id) ?? []);
}

/** Hardware address of a subnet's router, which is made up: AWS shows it in captures only. */
function routerMac(subnet: Subnet): string {
  return `02:${subnet.id.slice(-10).replace(/(..)(?!$)/g, '$1:')}`;
}

/** The address on a subnet's wire that packets for a destination go to: the destination itself, or the router at the subnet's second address. */
export function nextHopAddress({ cidrBlock }: Subnet, destination: string): string {
  const range = parseCidr(cidrBlock);
  return range && !covers(cidrBlock, destination) ? formatIpv4(range.first + 1) : destination;
}

/** Hardware address of whoever answers on an interface's wire for an address: a neighbour, the router, or the resolver. */
export function stationAt(
  lookup: WorldLookup,
  { state, networkInterface }: PlacedInterface,
  address: string,
): string | undefined {
  const subnet = subnetOf(state, networkInterface);
  const vpc = state.vpcs.get(networkInterface.vpcId);
  if (!subnet || !vpc) return undefined;
  const isRouter = address === nextHopAddress(subnet, '0.0.0.0') || address === resolverAddress(vpc);
  return isRouter ? routerMac(subnet) : lookup.interfaceAt(vpc.id, address)?.networkInterface.macAddress;
}

/** The station from which an interface gets a packet that somebody sent: a neighbour, or the router. */
export function nextHopMac(lookup: WorldLookup, owner: PlacedInterface, address: string): string {
  const subnet = subnetOf(owner.state, owner.networkInterface);
  if (!subnet) return owner.networkInterface.macAddress;
  return stationAt(lookup, owner, nextHopAddress(subnet, address)) ?? routerMac(subnet);
}
