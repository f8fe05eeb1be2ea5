import type { Clock } from '../../../base/clock';
import type { NetworkInterfaceId } from '../../../core/ids';
import type { NetworkInterface, Place } from '../../../core/network';
import type { Chance } from '../../chance';
import type { RegionState, WorldView } from '../../world/regionState';
import { endpointMtu, mtu } from '../host/profiles';
import { translate } from './addressTranslation';
import { refusalAt } from './arrival';
import { ConnectionTracker } from './connectionTracker';
import { depart } from './departure';
import type { DropReason } from './dropReason';
import { type Hop, Links } from './links';
import { type PacketView, viewPacket } from './packetView';
import { attachedGateway, interfaceAt, interfaceWithPublicAddress, nextHopMac } from './worldLookup';

/** Whatever takes packets at the end of a path. */
export interface NetworkNode {
  receive(packet: Uint8Array, senderMac: string): void;
}

/** Who is there, asked anew for each packet. */
export interface NodeDirectory {
  /** The instance or the endpoint behind an interface; undefined when nobody answers. */
  behind(state: RegionState, networkInterface: NetworkInterface): NetworkNode | undefined;
  resolverOf(state: RegionState, networkInterface: NetworkInterface): NetworkNode;
  metadataOf(state: RegionState, networkInterface: NetworkInterface): NetworkNode | undefined;
  /** The host at a public address outside every VPC. */
  publicHost(address: string): NetworkNode | undefined;
}

export interface PacketMoverOptions {
  readonly world: WorldView;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly nodes: NodeDirectory;
  /** Hears of every packet that the network swallows. */
  readonly onDrop?: (packet: PacketView, because: DropReason) => void;
}

/** One way in milliseconds. */
const distance = {
  hypervisor: { leastMs: 0.05, mostMs: 0.3 },
  subnet: { leastMs: 0.08, mostMs: 0.3 },
  zones: { leastMs: 0.3, mostMs: 0.75 },
  internet: { leastMs: 5, mostMs: 11 },
} as const;

/** "Amazon VPC User Guide: DNS quotas": 1024 packets a second from each interface to the resolver. */
const resolverPacketsPerSecond = 1024;
/** Interfaces that are remembered before vanished ones are looked for. */
const sweepAfter = 256;

/** Takes packets from interface to interface, hop by hop, through the world as it is at each hop. */
export class PacketMover {
  readonly #options: PacketMoverOptions;
  readonly #links: Links;
  readonly #trackers = new Map<NetworkInterfaceId, ConnectionTracker>();
  readonly #resolverUse = new Map<NetworkInterfaceId, { second: number; packets: number }>();

  constructor(options: PacketMoverOptions) {
    this.#options = options;
    this.#links = new Links(options.clock, options.chance.fork('links'));
  }

  /** A packet leaves an interface, `departsInMs` from now. */
  send(place: Place, id: NetworkInterfaceId, bytes: Uint8Array, departsInMs = 0): void {
    const state = this.#options.world.region(place);
    const sender = state.networkInterfaces.get(id);
    const packet = viewPacket(bytes);
    if (!sender || !packet) return;
    const departure = depart(state, sender, packet, this.#trackerOf(sender.id));
    switch (departure.kind) {
      case 'dropped':
        this.#drop(packet, departure.because);
        return;
      case 'resolver':
        this.#toResolver(state, sender, packet, departsInMs);
        return;
      case 'metadata':
        this.#toHypervisor(sender, packet, departsInMs, this.#options.nodes.metadataOf(state, sender));
        return;
      case 'inVpc':
        this.#toNeighbour(state, sender, packet, departsInMs, departure);
        return;
      case 'internet':
        this.#toInternet(sender, packet, departsInMs, departure.publicAddress);
        return;
    }
  }

  /** A packet from resolver or metadata to the interface it serves; no filter stands between. */
  sendFromHypervisor(place: Place, id: NetworkInterfaceId, bytes: Uint8Array): void {
    this.#carry(`hypervisor ${id}`, { path: `hypervisor>${id}`, ...distance.hypervisor }, bytes, 0, () => {
      const state = this.#options.world.region(place);
      const receiver = state.networkInterfaces.get(id);
      const packet = viewPacket(bytes);
      if (!receiver || !packet) return;
      const senderMac = nextHopMac(state, receiver, packet.flow.source);
      this.#options.nodes.behind(state, receiver)?.receive(bytes, senderMac);
    });
  }

  /** A packet from a public address. */
  sendFromInternet(bytes: Uint8Array, departsInMs = 0): void {
    const packet = viewPacket(bytes);
    if (!packet) return;
    const { source, destination } = packet.flow;
    const hop = { path: `${source}>${destination}`, ...distance.internet };
    this.#carry(`internet ${source}`, hop, bytes, departsInMs, () => this.#arriveAtPublicAddress(packet));
  }

  /** What was known of an interface that is gone. */
  forget(id: NetworkInterfaceId): void {
    this.#trackers.delete(id);
    this.#resolverUse.delete(id);
  }

  #toResolver(state: RegionState, sender: NetworkInterface, packet: PacketView, departsInMs: number): void {
    if (this.#exceedsResolverRate(sender.id)) {
      this.#drop(packet, 'flood');
      return;
    }
    this.#toHypervisor(sender, packet, departsInMs, this.#options.nodes.resolverOf(state, sender));
  }

  #toHypervisor(
    sender: NetworkInterface,
    packet: PacketView,
    departsInMs: number,
    node: NetworkNode | undefined,
  ): void {
    if (!node) {
      this.#drop(packet, 'addressUnused');
      return;
    }
    const hop = { path: `${sender.id}>${packet.flow.destination}`, ...distance.hypervisor };
    this.#carry(sender.id, hop, packet.bytes, departsInMs, () => node.receive(packet.bytes, sender.macAddress));
  }

  #toNeighbour(
    state: RegionState,
    sender: NetworkInterface,
    packet: PacketView,
    departsInMs: number,
    { address, crossesBorder }: { readonly address: string; readonly crossesBorder: boolean },
  ): void {
    const hop = {
      path: `${sender.id}>${address}`,
      ...(crossesBorder ? distance.zones : distance.subnet),
    };
    this.#carry(sender.id, hop, packet.bytes, departsInMs, () => {
      const receiver = interfaceAt(state, sender.vpcId, address);
      if (!receiver) return this.#drop(packet, 'addressUnused');
      this.#arrive(state, receiver, packet, crossesBorder);
    });
  }

  #toInternet(sender: NetworkInterface, packet: PacketView, departsInMs: number, publicAddress: string): void {
    const translated = viewPacket(translate(packet.bytes, 'source', publicAddress));
    if (!translated) return;
    const { destination } = packet.flow;
    const hop = { path: `${publicAddress}>${destination}`, ...distance.internet };
    this.#carry(sender.id, hop, translated.bytes, departsInMs, () => {
      if (translated.bytes.length > mtu.internet) return this.#drop(translated, 'tooLarge');
      const host = this.#options.nodes.publicHost(destination);
      if (host) host.receive(translated.bytes, sender.macAddress);
      else this.#arriveAtPublicAddress(translated);
    });
  }

  /** From the internet to whoever has the address, through the gateway of its VPC. */
  #arriveAtPublicAddress(packet: PacketView): void {
    const { destination } = packet.flow;
    const owner = interfaceWithPublicAddress(this.#options.world, destination);
    if (!owner) {
      this.#drop(packet, 'addressUnused');
      return;
    }
    const { state, networkInterface } = owner;
    if (!attachedGateway(state, networkInterface.vpcId)) {
      this.#drop(packet, 'gatewayDetached');
      return;
    }
    const translated = viewPacket(translate(packet.bytes, 'destination', networkInterface.privateIpAddress));
    if (translated) this.#arrive(state, networkInterface, translated, true);
  }

  #arrive(state: RegionState, receiver: NetworkInterface, packet: PacketView, crossesBorder: boolean): void {
    const limitBytes = receiver.kind === 'vpcEndpoint' ? endpointMtu : mtu.vpc;
    if (packet.bytes.length > limitBytes) {
      this.#drop(packet, 'tooLarge');
      return;
    }
    const refusal = refusalAt(state, receiver, packet, crossesBorder, this.#trackerOf(receiver.id));
    if (refusal) {
      this.#drop(packet, refusal);
      return;
    }
    const node = this.#options.nodes.behind(state, receiver);
    if (!node) {
      this.#drop(packet, 'addressUnused');
      return;
    }
    node.receive(packet.bytes, nextHopMac(state, receiver, packet.flow.source));
  }

  #carry(sender: string, hop: Hop, bytes: Uint8Array, departsInMs: number, arrive: () => void): void {
    const isOnItsWay = this.#links.carry(sender, hop, bytes, departsInMs, arrive);
    const packet = isOnItsWay ? undefined : viewPacket(bytes);
    if (packet) this.#drop(packet, 'flood');
  }

  #drop(packet: PacketView, because: DropReason): void {
    this.#options.onDrop?.(packet, because);
  }

  #trackerOf(id: NetworkInterfaceId): ConnectionTracker {
    const known = this.#trackers.get(id);
    if (known) return known;
    if (this.#trackers.size % sweepAfter === sweepAfter - 1) this.#sweepTrackers();
    const fresh = new ConnectionTracker(this.#options.clock);
    this.#trackers.set(id, fresh);
    return fresh;
  }

  #sweepTrackers(): void {
    const regions = [...this.#options.world.regions];
    for (const id of [...this.#trackers.keys()]) {
      if (!regions.some(({ networkInterfaces }) => networkInterfaces.has(id))) this.#trackers.delete(id);
    }
  }

  #exceedsResolverRate(id: NetworkInterfaceId): boolean {
    const second = Math.floor(this.#options.clock.now() / 1000);
    const use = this.#resolverUse.get(id);
    const packets = use?.second === second ? use.packets + 1 : 1;
    this.#resolverUse.set(id, { second, packets });
    return packets > resolverPacketsPerSecond;
  }
}
