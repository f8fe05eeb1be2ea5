/**
 * The network under the practice cloud. Every packet is real bytes and meets the world as it is at each hop: groups with connection tracking,
 * ACLs at subnet borders, routes, gateways, peering connections. Deliberately not here: transit and virtual private gateways (their routes lead
 * nowhere), instances that route for others, IPv6, fragments, and secrecy (see stream/tlsRecords).
 */
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import type { InstanceConnectEndpointId, InstanceId, NetworkInterfaceId } from '../../core/ids';
import type { NetworkInterface, Place } from '../../core/network';
import { awsServiceOf } from '../../core/serviceNames';
import type { Chance } from '../chance';
import type { RegionState, WorldView } from '../world/regionState';
import type { ProbeResult } from '../world/targetHealth';
import type { DropReason } from './forwarding/dropReason';
import type { NetworkNode } from './forwarding/networkNode';
import { PacketMover } from './forwarding/packetMover';
import type { PacketView } from './forwarding/packetView';
import type { PlacedInterface } from './forwarding/worldLookup';
import { GuestHost } from './host/guestHost';
import { InternetHost } from './host/internetHost';
import type { HostNetwork, TcpConnection } from './hostNetwork';
import { HealthProber } from './middleboxes/healthProber';
import { Middleboxes } from './middleboxes/middleboxes';
import type { TunnelEnd } from './middleboxes/tunnels';
import { type CallService, ServiceNodes, type UpgradeService } from './services/serviceNodes';

export interface FabricOptions {
  readonly world: WorldView;
  readonly timeline: Clock;
  readonly chance: Chance;
  /** The front door of the cloud's services. */
  readonly callService: CallService;
  /** Lets requests become WebSockets; without it none can. */
  readonly upgrade?: UpgradeService;
  /** Divides the intervals of load balancers' health checks; 1 is as on AWS. */
  readonly pace?: number;
  /** Hears what load balancers' health checks find. Without it nobody checks. */
  readonly onProbe?: (place: Place, result: ProbeResult) => void;
  /** Hears of every packet that the network swallows, and why. */
  readonly onDrop?: (packet: PacketView, because: DropReason) => void;
}

/** The network under the whole practice cloud. */
export interface Fabric extends Disposable {
  /** The network of an instance, the same one until it is detached. Throws a RangeError for an instance without an interface. */
  hostNetwork(place: Place, instanceId: InstanceId): HostNetwork;
  /**
   * A connection through an EC2 Instance Connect Endpoint to an instance. Rejects with ConnectError, and with a RangeError for an endpoint
   * that is not there, a port that tunnels do not take, or an instance of another VPC when the endpoint preserves its client's address.
   */
  openTunnel(place: Place, endpointId: InstanceConnectEndpointId, end: TunnelEnd): Promise<TcpConnection>;
  /** A machine on the internet with this public address, such as the student's own; the same one each time. */
  internetHost(address: string): HostNetwork;
  /** The instance is off: nobody answers at its address any more. */
  detach(place: Place, instanceId: InstanceId): void;
}

/** Interfaces whose machines are kept before those of vanished interfaces are looked for. */
const sweepAfter = 64;

export function createFabric(options: FabricOptions): Fabric {
  return new WorldFabric(options);
}

class WorldFabric implements Fabric {
  readonly #options: FabricOptions;
  readonly #services: ServiceNodes;
  readonly #middleboxes: Middleboxes;
  readonly #mover: PacketMover;
  readonly #guests = new Map<NetworkInterfaceId, GuestHost>();
  /** Machines of people's outside of every VPC, by public address. */
  readonly #internet = new Map<string, InternetHost>();
  readonly #met = new Map<NetworkInterfaceId, RegionState>();
  readonly #prober: HealthProber | undefined;
  readonly #worldChanges: Disposable;

  constructor(options: FabricOptions) {
    this.#options = options;
    const { world, timeline: clock, chance, callService, upgrade } = options;
    this.#services = new ServiceNodes({
      world,
      clock,
      chance: chance.fork('services'),
      callService,
      upgrade,
      mover: () => this.#mover,
    });
    this.#mover = new PacketMover({
      world,
      clock,
      chance: chance.fork('mover'),
      onDrop: options.onDrop,
      nodes: {
        behind: owner => this.#behind(owner),
        resolverOf: owner => this.#services.resolverOf(this.#meet(owner)),
        metadataOf: owner => this.#services.metadataOf(this.#meet(owner)),
        gatewayService: (endpoint, address) => this.#services.gatewayService(endpoint, address),
        publicHost: address => this.#internet.get(address) ?? this.#services.publicHost(address),
      },
    });
    this.#middleboxes = new Middleboxes({ clock, chance: chance.fork('middleboxes'), mover: this.#mover });
    this.#prober = options.onProbe && this.#startProbing(options.onProbe);
    this.#worldChanges = world.onDidChange(change => {
      if (change.kind === 'instanceGone') this.detach(change.place, change.instanceId);
    });
  }

  hostNetwork(place: Place, instanceId: InstanceId): HostNetwork {
    const { world, timeline: clock, chance } = this.#options;
    const state = world.region(place);
    const instance = state.instances.get(instanceId);
    const networkInterface = firstInterface(state, instanceId);
    if (!instance || !networkInterface) throw new RangeError(`${instanceId} has no network interface`);
    const known = this.#guests.get(networkInterface.id);
    if (known) return known;
    const { id } = this.#meet({ state, networkInterface }).networkInterface;
    const guest = new GuestHost({
      state,
      lookup: this.#mover.lookup,
      instance,
      networkInterface,
      clock,
      chance: chance.fork(`guest ${id} ${clock.now()}`),
      send: (packet, departsInMs) => this.#mover.send(place, id, packet, departsInMs),
    });
    this.#guests.set(id, guest);
    return guest;
  }

  async openTunnel(place: Place, endpointId: InstanceConnectEndpointId, end: TunnelEnd): Promise<TcpConnection> {
    const state = this.#options.world.region(place);
    const endpoint = state.instanceConnectEndpoints.get(endpointId);
    const networkInterface = endpoint?.networkInterfaceIds.flatMap(id => state.networkInterfaces.get(id) ?? [])[0];
    if (!endpoint || !networkInterface) throw new RangeError(`${endpointId} has no network interface`);
    return this.#middleboxes.tunnels.open(this.#meet({ state, networkInterface }), endpoint, end);
  }

  internetHost(address: string): HostNetwork {
    const known = this.#internet.get(address);
    if (known) return known;
    const { timeline: clock, chance } = this.#options;
    const made = new InternetHost({
      clock,
      chance: chance.fork(`internet ${address}`),
      address,
      transmit: packet => this.#mover.sendFromInternet(packet),
    });
    this.#internet.set(address, made);
    return made;
  }

  detach(place: Place, instanceId: InstanceId): void {
    const state = this.#options.world.region(place);
    const networkInterface = firstInterface(state, instanceId);
    const id = networkInterface?.id ?? state.instances.get(instanceId)?.networkInterfaceIds[0];
    if (id) this.#forget(id);
    this.#sweep();
  }

  dispose(): void {
    this.#worldChanges.dispose();
    this.#prober?.dispose();
    for (const id of [...this.#met.keys()]) this.#forget(id);
    for (const host of this.#internet.values()) host.dispose();
  }

  #startProbing(report: NonNullable<FabricOptions['onProbe']>): HealthProber {
    const { world, timeline: clock, chance, pace = 1 } = this.#options;
    const { lookup } = this.#mover;
    return new HealthProber({
      world,
      lookup,
      clock,
      chance: chance.fork('health checks'),
      pace,
      report,
      hostOf: (state, id) => {
        const networkInterface = state.networkInterfaces.get(id);
        const placed =
          networkInterface && lookup.loadBalancerOf(this.#meet({ state, networkInterface }).networkInterface);
        return placed && this.#middleboxes.probeHost(placed);
      },
    });
  }

  #behind(owner: PlacedInterface): NetworkNode | undefined {
    const { networkInterface } = owner;
    const { lookup } = this.#mover;
    switch (networkInterface.kind) {
      case 'instance':
        return this.#guests.get(networkInterface.id);
      case 'vpcEndpoint': {
        const endpoint = lookup.endpointOf(networkInterface);
        if (!endpoint) return undefined;
        return awsServiceOf(endpoint.serviceName)
          ? this.#services.endpointHost(this.#meet(owner), endpoint)
          : this.#middleboxes.endpointEntrance(owner, endpoint);
      }
      case 'natGateway':
        return lookup.isNatAvailable(owner) ? this.#middleboxes.natGateway(this.#meet(owner)) : undefined;
      case 'networkLoadBalancer': {
        const placed = lookup.loadBalancerOf(this.#meet(owner).networkInterface);
        return placed && this.#middleboxes.loadBalancer(placed);
      }
      case 'instanceConnectEndpoint':
        return this.#middleboxes.tunnels.nodeOf(this.#meet(owner));
      case 'other':
        return undefined;
    }
  }

  /** Remembers an interface that something is kept for. */
  #meet(owner: PlacedInterface): PlacedInterface {
    const { id } = owner.networkInterface;
    if (this.#met.has(id)) return owner;
    this.#met.set(id, owner.state);
    if (this.#met.size % sweepAfter === 0) this.#sweep();
    return owner;
  }

  #sweep(): void {
    for (const [id, state] of [...this.#met]) if (!state.networkInterfaces.has(id)) this.#forget(id);
  }

  #forget(id: NetworkInterfaceId): void {
    this.#met.delete(id);
    this.#guests.get(id)?.dispose();
    this.#guests.delete(id);
    this.#services.forget(id);
    this.#middleboxes.forget(id);
    this.#mover.forget(id);
  }
}

function firstInterface(state: RegionState, instanceId: InstanceId): NetworkInterface | undefined {
  for (const candidate of state.networkInterfaces.values()) {
    if (candidate.instanceId === instanceId) return candidate;
  }
  return undefined;
}
