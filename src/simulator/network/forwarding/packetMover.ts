import type { Clock } from '../../../base/clock';
import type { NetworkInterfaceId, VpcId } from '../../../core/ids';
import type { Place } from '../../../core/network';
import type { Chance } from '../../chance';
import type { WorldView } from '../../world/regionState';
import { endpointMtu, mtu } from '../host/profiles';
import { translate } from './addressTranslation';
import { type Approach, refusalAt } from './arrival';
import { ConnectionTracker } from './connectionTracker';
import { depart, sendsForOthers } from './departure';
import { distance, hopBetween } from './distance';
import type { DropReason } from './dropReason';
import { FlowReturns } from './flowReturns';
import { type Hop, Links } from './links';
import type { NetworkNode, NodeDirectory } from './networkNode';
import { PacketRate } from './packetRate';
import { type PacketView, viewPacket } from './packetView';
import { clampSegmentSize } from './segmentSize';
import { nextHopMac, type PlacedInterface, WorldLookup } from './worldLookup';

export interface PacketMoverOptions {
  readonly world: WorldView;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly nodes: NodeDirectory;
  /** Hears of every packet that the network swallows. */
  readonly onDrop?: ((packet: PacketView, because: DropReason) => void) | undefined;
}

/** "Amazon VPC User Guide: DNS quotas": 1024 packets a second from each interface to the resolver. */
const resolverPacketsPerSecond = 1024;
/** Interfaces that are remembered before vanished ones are looked for. */
const sweepAfter = 256;
/** Routers between a VPC and a machine on the internet. They tell nobody when they drop an exhausted packet. */
const internetHops = 8;

/** Takes packets from interface to interface, hop by hop, through the world as it is at each hop. */
export class PacketMover {
  readonly lookup: WorldLookup;
  readonly returns: FlowReturns;
  readonly #options: PacketMoverOptions;
  readonly #links: Links;
  readonly #trackers = new Map<NetworkInterfaceId, ConnectionTracker>();
  readonly #resolverUse: PacketRate;

  constructor(options: PacketMoverOptions) {
    this.#options = options;
    this.lookup = new WorldLookup(options.world);
    this.returns = new FlowReturns(options.clock);
    this.#links = new Links(options.clock, options.chance.fork('links'));
    this.#resolverUse = new PacketRate(options.clock, resolverPacketsPerSecond);
  }

  /** A packet leaves an interface, `departsInMs` from now. */
  send(place: Place, id: NetworkInterfaceId, bytes: Uint8Array, departsInMs = 0): void {
    const state = this.#options.world.region(place);
    const networkInterface = state.networkInterfaces.get(id);
    const packet = viewPacket(bytes);
    if (!networkInterface || !packet) return;
    const sender = { state, networkInterface };
    const rules = { lookup: this.lookup, returns: this.returns, tracker: this.trackerOf(id) };
    const departure = depart(rules, sender, packet);
    switch (departure.kind) {
      case 'dropped':
        this.drop(packet, departure.because);
        return;
      case 'resolver':
        this.#toResolver(sender, packet, departsInMs);
        return;
      case 'metadata':
        this.#toHypervisor(sender, packet, departsInMs, this.#options.nodes.metadataOf(sender));
        return;
      case 'interface':
        this.#toInterface(sender, departure, packet, departsInMs);
        return;
      case 'gatewayEndpoint': {
        const { destination } = packet.flow;
        const service = this.#options.nodes.gatewayService(departure.endpoint, destination);
        this.#toService(sender, packet, departsInMs, service);
        return;
      }
      case 'internet':
        this.#toInternet(sender, packet, departsInMs, departure.publicAddress);
        return;
    }
  }

  /** A packet from resolver or metadata to the interface it serves; no filter stands between. */
  sendFromHypervisor(place: Place, id: NetworkInterfaceId, bytes: Uint8Array): void {
    this.#carry(`hypervisor ${id}`, { path: `hypervisor>${id}`, ...distance.hypervisor }, bytes, 0, () => {
      const state = this.#options.world.region(place);
      const networkInterface = state.networkInterfaces.get(id);
      const packet = viewPacket(bytes);
      if (!networkInterface || !packet) return;
      this.#handOver({ state, networkInterface }, packet);
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

  /** A packet from a service back through a gateway endpoint, to a private address of the endpoint's VPC. */
  sendFromGatewayEndpoint(vpcId: VpcId, bytes: Uint8Array): void {
    const packet = viewPacket(bytes);
    if (!packet) return;
    const { source, destination } = packet.flow;
    const hop = { path: `${vpcId} ${source}>${destination}`, ...distance.zones };
    this.#carry(`gateway ${vpcId} ${source}`, hop, bytes, 0, () => {
      const receiver = this.lookup.interfaceAt(vpcId, destination);
      if (receiver) this.#arrive(receiver, packet, { crossesBorder: true });
      else this.drop(packet, 'addressUnused');
    });
  }

  /** What the groups of an interface have let through. */
  trackerOf(id: NetworkInterfaceId): ConnectionTracker {
    const known = this.#trackers.get(id);
    if (known) return known;
    if (this.#trackers.size % sweepAfter === sweepAfter - 1) this.#sweepTrackers();
    const fresh = new ConnectionTracker(this.#options.clock);
    this.#trackers.set(id, fresh);
    return fresh;
  }

  /** What was known of an interface that is gone. */
  forget(id: NetworkInterfaceId): void {
    this.#trackers.delete(id);
    this.#resolverUse.forget(id);
  }

  drop(packet: PacketView, because: DropReason): void {
    this.#options.onDrop?.(packet, because);
  }

  #toResolver(sender: PlacedInterface, packet: PacketView, departsInMs: number): void {
    if (this.#resolverUse.exceeds(sender.networkInterface.id)) this.drop(packet, 'flood');
    else this.#toHypervisor(sender, packet, departsInMs, this.#options.nodes.resolverOf(sender));
  }

  #toHypervisor(sender: PlacedInterface, packet: PacketView, departsInMs: number, node: NetworkNode | undefined): void {
    this.#toNode(sender, packet, departsInMs, node, distance.hypervisor);
  }

  #toService(sender: PlacedInterface, packet: PacketView, departsInMs: number, node: NetworkNode | undefined): void {
    this.#toNode(sender, packet, departsInMs, node, distance.zones);
  }

  #toNode(
    { networkInterface: { id, macAddress } }: PlacedInterface,
    packet: PacketView,
    departsInMs: number,
    node: NetworkNode | undefined,
    far: { readonly leastMs: number; readonly mostMs: number },
  ): void {
    if (!node) {
      this.drop(packet, 'addressUnused');
      return;
    }
    const hop = { path: `${id}>${packet.flow.destination}`, ...far };
    this.#carry(id, hop, packet.bytes, departsInMs, () => node.receive(packet.bytes, macAddress));
  }

  /** Between regions large packets are lost; the segments of TCP are kept small from the beginning, as path MTU discovery would have it. */
  #toInterface(
    sender: PlacedInterface,
    { receiver, isRouted }: { readonly receiver: PlacedInterface; readonly isRouted: boolean },
    sent: PacketView,
    departsInMs: number,
  ): void {
    const hop = hopBetween(sender, receiver);
    const isNear = sender.state.place.region === receiver.state.place.region;
    const limitBytes = isNear ? mtu.vpc : mtu.betweenRegions;
    const packet = isNear ? sent : (viewPacket(clampSegmentSize(sent.bytes, limitBytes)) ?? sent);
    const crossesBorder = sender.networkInterface.subnetId !== receiver.networkInterface.subnetId;
    this.#carry(sender.networkInterface.id, hop, packet.bytes, departsInMs, () => {
      const networkInterface = receiver.state.networkInterfaces.get(receiver.networkInterface.id);
      if (packet.bytes.length > limitBytes) this.drop(packet, 'tooLarge');
      else if (!networkInterface) this.drop(packet, 'addressUnused');
      else if (isRouted && !sendsForOthers(networkInterface)) this.drop(packet, 'destinationNotOwn');
      else this.#arrive({ state: receiver.state, networkInterface }, packet, { crossesBorder, sender });
    });
  }

  #toInternet(sender: PlacedInterface, packet: PacketView, departsInMs: number, publicAddress: string): void {
    if (packet.flow.source !== sender.networkInterface.privateIpAddress) {
      this.drop(packet, 'sourceNotOwn');
      return;
    }
    const bytes = clampSegmentSize(packet.bytes, mtu.internet);
    const translated = viewPacket(translate(bytes, { source: { address: publicAddress } }));
    if (!translated) return;
    const { destination } = packet.flow;
    const hop = { path: `${publicAddress}>${destination}`, ...distance.internet };
    const { id, macAddress } = sender.networkInterface;
    this.#carry(id, hop, translated.bytes, departsInMs, () => {
      if (translated.bytes.length > mtu.internet) return this.drop(translated, 'tooLarge');
      if (packet.header.timeToLive <= internetHops) return this.drop(translated, 'timeToLiveExceeded');
      const host = this.#options.nodes.publicHost(destination);
      if (host) host.receive(translated.bytes, macAddress);
      else this.#arriveAtPublicAddress(translated);
    });
  }

  /** From the internet to whoever has the address, through the gateway of its VPC. */
  #arriveAtPublicAddress(packet: PacketView): void {
    const { destination } = packet.flow;
    const owner = this.lookup.interfaceWithPublicAddress(destination);
    if (!owner) {
      const host = this.#options.nodes.publicHost(destination);
      if (host) host.receive(packet.bytes, '');
      else this.drop(packet, 'addressUnused');
      return;
    }
    const { privateIpAddress, vpcId } = owner.networkInterface;
    if (!this.lookup.attachedGateway(vpcId)) {
      this.drop(packet, 'gatewayDetached');
      return;
    }
    const translated = viewPacket(translate(packet.bytes, { destination: { address: privateIpAddress } }));
    if (translated) this.#arrive(owner, translated, { crossesBorder: true });
  }

  #arrive(receiver: PlacedInterface, packet: PacketView, approach: Approach): void {
    const { id, kind } = receiver.networkInterface;
    if (packet.bytes.length > (kind === 'vpcEndpoint' ? endpointMtu : mtu.vpc)) {
      this.drop(packet, 'tooLarge');
      return;
    }
    const refusal = refusalAt({ lookup: this.lookup, tracker: this.trackerOf(id) }, receiver, packet, approach);
    if (refusal) this.drop(packet, refusal);
    else this.#handOver(receiver, packet);
  }

  #handOver(receiver: PlacedInterface, packet: PacketView): void {
    const node = this.#options.nodes.behind(receiver);
    if (node) node.receive(packet.bytes, nextHopMac(this.lookup, receiver, packet.flow.source));
    else this.drop(packet, 'addressUnused');
  }

  #carry(sender: string, hop: Hop, bytes: Uint8Array, departsInMs: number, arrive: () => void): void {
    const isOnItsWay = this.#links.carry(sender, hop, bytes, departsInMs, arrive);
    const packet = isOnItsWay ? undefined : viewPacket(bytes);
    if (packet) this.drop(packet, 'flood');
  }

  #sweepTrackers(): void {
    const regions = [...this.#options.world.regions];
    for (const id of [...this.#trackers.keys()]) {
      if (!regions.some(({ networkInterfaces }) => networkInterfaces.has(id))) this.#trackers.delete(id);
    }
  }
}
