/**
 * The network under the practice cloud. Every packet is real bytes and meets the world as it is at each hop: groups with connection tracking,
 * ACLs at subnet borders, routes, the internet gateway. Deliberately not here: peering, NAT and transit gateways, gateway endpoints and own
 * endpoint services (their routes lead nowhere), IPv6, fragments, ARP, and secrecy (see stream/tlsRecords).
 */
import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import type { InstanceId, NetworkInterfaceId } from '../../core/ids';
import type { NetworkInterface, Place } from '../../core/network';
import type { Chance } from '../chance';
import type { RegionState, WorldView } from '../world/regionState';
import type { DropReason } from './forwarding/dropReason';
import { type NetworkNode, PacketMover } from './forwarding/packetMover';
import type { PacketView } from './forwarding/packetView';
import { endpointOf } from './forwarding/worldLookup';
import { GuestHost } from './host/guestHost';
import type { HostNetwork } from './hostNetwork';
import { type CallService, ServiceNodes } from './services/serviceNodes';

export interface FabricOptions {
  readonly world: WorldView;
  readonly timeline: Clock;
  readonly chance: Chance;
  /** The front door of the cloud's services. */
  readonly callService: CallService;
  /** Hears of every packet that the network swallows, and why. */
  readonly onDrop?: (packet: PacketView, because: DropReason) => void;
}

/** The network under the whole practice cloud. */
export interface Fabric extends Disposable {
  /** The network of an instance, the same one until it is detached. Throws a RangeError for an instance without an interface. */
  hostNetwork(place: Place, instanceId: InstanceId): HostNetwork;
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
  readonly #mover: PacketMover;
  readonly #guests = new Map<NetworkInterfaceId, GuestHost>();
  readonly #met = new Map<NetworkInterfaceId, RegionState>();
  readonly #worldChanges: Disposable;

  constructor(options: FabricOptions) {
    this.#options = options;
    const { world, timeline: clock, chance, callService } = options;
    this.#services = new ServiceNodes({
      world,
      clock,
      chance: chance.fork('services'),
      callService,
      mover: () => this.#mover,
    });
    this.#mover = new PacketMover({
      world,
      clock,
      chance: chance.fork('mover'),
      ...(options.onDrop ? { onDrop: options.onDrop } : {}),
      nodes: {
        behind: (state, networkInterface) => this.#behind(state, networkInterface),
        resolverOf: (state, networkInterface) => this.#services.resolverOf(state, this.#meet(state, networkInterface)),
        metadataOf: (state, networkInterface) => this.#services.metadataOf(state, this.#meet(state, networkInterface)),
        publicHost: address => this.#services.publicHost(address),
      },
    });
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
    const { id } = this.#meet(state, networkInterface);
    const guest = new GuestHost({
      state,
      instance,
      networkInterface,
      clock,
      chance: chance.fork(`guest ${id} ${clock.now()}`),
      send: (packet, departsInMs) => this.#mover.send(place, id, packet, departsInMs),
    });
    this.#guests.set(id, guest);
    return guest;
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
    for (const id of [...this.#met.keys()]) this.#forget(id);
  }

  #behind(state: RegionState, networkInterface: NetworkInterface): NetworkNode | undefined {
    const guest = this.#guests.get(networkInterface.id);
    if (guest) return guest;
    const endpoint = networkInterface.kind === 'vpcEndpoint' ? endpointOf(state, networkInterface) : undefined;
    return endpoint && this.#services.endpointHost(state, this.#meet(state, networkInterface), endpoint);
  }

  /** Remembers an interface that something is kept for. */
  #meet(state: RegionState, networkInterface: NetworkInterface): NetworkInterface {
    if (this.#met.has(networkInterface.id)) return networkInterface;
    this.#met.set(networkInterface.id, state);
    if (this.#met.size % sweepAfter === 0) this.#sweep();
    return networkInterface;
  }

  #sweep(): void {
    for (const [id, state] of [...this.#met]) if (!state.networkInterfaces.has(id)) this.#forget(id);
  }

  #forget(id: NetworkInterfaceId): void {
    this.#met.delete(id);
    this.#guests.get(id)?.dispose();
    this.#guests.delete(id);
    this.#services.forget(id);
    this.#mover.forget(id);
  }
}

function firstInterface(state: RegionState, instanceId: InstanceId): NetworkInterface | undefined {
  for (const candidate of state.networkInterfaces.values()) {
    if (candidate.instanceId === instanceId) return candidate;
  }
  return undefined;
}
