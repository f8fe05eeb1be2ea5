import type { Clock } from '../../../base/clock';
import type { SecurityGroup } from '../../../core/network';
import { evaluateSecurityGroups } from '../../../core/rules/evaluateSecurityGroups';
import { TCP, UDP } from '../../../core/rules/flow';
import type { Chance } from '../../chance';
import { type Translation, translate } from '../forwarding/addressTranslation';
import { flowIdleMs } from '../forwarding/flowReturns';
import { IdleTable } from '../forwarding/idleTable';
import type { NetworkNode } from '../forwarding/networkNode';
import type { PacketMover } from '../forwarding/packetMover';
import { conversationName, endsOf, type PacketEnds, type PacketView, viewPacket } from '../forwarding/packetView';
import { clampSegmentSize } from '../forwarding/segmentSize';
import type { PlacedNode } from '../forwarding/worldIndex';
import type { PlacedInterface } from '../forwarding/worldLookup';
import { endpointMtu } from '../host/profiles';
import { balanceLoad, type ChosenTarget } from './balanceLoad';
import { PortTable } from './portTable';
import { mayBegin, resetFor } from './tcpPackets';

export interface LoadBalancerNodeOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly mover: PacketMover;
  /** Takes what is for the node itself: answers to its health checks. */
  readonly probes: NetworkNode;
}

/** A conversation that a node carries. */
interface Conversation {
  /** As its first packet came: the client's end and the node's. */
  readonly ends: PacketEnds;
  readonly target: ChosenTarget;
  /** The consumer's interface that it came through, when it came by PrivateLink. */
  readonly entrance: PlacedInterface | undefined;
  /** Undefined when the target sees the client's own address. */
  readonly port: number | undefined;
}

const conversationLimit = 16_384;
/** Ports for conversations lie below those from which the node probes. */
const firstPort = 1024;
const lastPort = 32_767;
const timeToLive = 255;

/**
 * A network load balancer in one zone. It sends packets on one by one: to a target chosen when the conversation begins, under the client's
 * address or under its own, and the answers back. By PrivateLink the target always sees the node ("AWS PrivateLink: Client IP addresses").
 */
export class LoadBalancerNode implements NetworkNode {
  readonly #options: LoadBalancerNodeOptions;
  #placed: PlacedNode;
  readonly #ports: PortTable<Conversation>;
  /** By the conversation's name at its beginning. */
  readonly #kept: IdleTable<Conversation>;
  /** Under the client's address, by the conversation's name at the target. */
  readonly #keptAtTarget: IdleTable<Conversation>;

  constructor(placed: PlacedNode, options: LoadBalancerNodeOptions) {
    this.#options = options;
    this.#placed = placed;
    const { clock, chance } = options;
    this.#ports = new PortTable(clock, chance.fork('ports'), { firstPort, lastPort });
    this.#kept = new IdleTable(clock, conversationLimit);
    this.#keptAtTarget = new IdleTable(clock, conversationLimit);
  }

  /** The load balancer as it is now; to be told before packets are given. */
  update(placed: PlacedNode): this {
    this.#placed = placed;
    return this;
  }

  receive(bytes: Uint8Array, senderMac: string): void {
    const packet = viewPacket(bytes);
    if (!packet) return;
    const answered = this.#answered(packet);
    if (answered) this.#toClient(packet, answered);
    else if (packet.flow.destination !== this.#placed.node.privateIpAddress) this.#drop(packet, 'noTranslation');
    else if (isForProbes(packet) && !this.#find(packet, undefined)) this.#options.probes.receive(bytes, senderMac);
    else this.#fromClient(packet, undefined);
  }

  /** A packet that came to a consumer's interface of an endpoint for this load balancer's service. */
  receiveFromEndpoint(packet: PacketView, entrance: PlacedInterface): void {
    this.#fromClient(packet, entrance);
  }

  #answered(packet: PacketView): Conversation | undefined {
    const ends = endsOf(packet);
    return this.#ports.findAnswered(ends)?.value ?? this.#keptAtTarget.renew(conversationName(ends), flowIdleMs);
  }

  #fromClient(packet: PacketView, entrance: PlacedInterface | undefined): void {
    const { protocol } = packet.flow;
    if (this.#placed.loadBalancer.state !== 'active' || (protocol !== TCP && protocol !== UDP)) {
      this.#drop(packet, 'addressUnused');
      return;
    }
    const known = this.#find(packet, entrance);
    if (known) this.#toTarget(packet, known);
    else if (mayBegin(packet)) this.#begin(packet, entrance);
    else this.#refuse(packet, entrance);
  }

  #find(packet: PacketView, entrance: PlacedInterface | undefined): Conversation | undefined {
    const name = nameAtClient(packet, entrance);
    return this.#ports.find(name)?.value ?? this.#kept.renew(name, flowIdleMs);
  }

  #begin(packet: PacketView, entrance: PlacedInterface | undefined): void {
    const ends = endsOf(packet);
    const name = nameAtClient(packet, entrance);
    const { mover, chance } = this.#options;
    if (entrance && !this.#admitsConsumer(packet)) {
      this.#drop(packet, 'securityGroup');
      return;
    }
    const pick = (conversation: string, count: number) => chance.fork(conversation).between(0, count - 1);
    const target = balanceLoad(mover.lookup, this.#placed, ends, pick);
    if (target === 'silence') this.#drop(packet, 'noTarget');
    else if (target === 'refused') this.#refuse(packet, entrance);
    else if (target.keepsClient && !entrance) this.#keep(packet, name, { ends, target, entrance, port: undefined });
    else this.#translate(packet, name, { ends, target, entrance });
  }

  /** "Network Load Balancers: Requests time out from a target to its load balancer": with its own address as source a target hears nothing. */
  #keep(packet: PacketView, name: string, conversation: Conversation): void {
    const { ends, target } = conversation;
    if (ends.source === target.address) {
      this.#drop(packet, 'hairpin');
      return;
    }
    const atTarget = conversationName({
      ...ends,
      source: target.address,
      sourcePort: target.port,
      destination: ends.source,
      destinationPort: ends.sourcePort,
    });
    this.#kept.add(name, conversation, flowIdleMs);
    this.#keptAtTarget.add(atTarget, conversation, flowIdleMs);
    if (target.interfaceId)
      this.#options.mover.returns.add(target.interfaceId, atTarget, this.#placed.node.networkInterfaceId, flowIdleMs);
    this.#toTarget(packet, conversation);
  }

  #translate(packet: PacketView, name: string, conversation: Omit<Conversation, 'port'>): void {
    const { target, ends } = conversation;
    const remote = { protocol: ends.protocol, destination: target.address, destinationPort: target.port };
    const lease = this.#ports.open(name, remote, port => ({ ...conversation, port }));
    if (lease) this.#toTarget(packet, lease.value);
    else this.#drop(packet, 'noTranslation');
  }

  #toTarget(packet: PacketView, { target, port, entrance }: Conversation): void {
    const source = port === undefined ? undefined : { address: this.#placed.node.privateIpAddress, port };
    const translation: Translation = {
      ...(source && { source }),
      destination: { address: target.address, port: target.port },
    };
    this.#sendOwn(translate(clamped(packet.bytes, entrance), translation));
  }

  /** The answer comes from where the client sent to. */
  #toClient(packet: PacketView, { ends, entrance }: Conversation): void {
    const bytes = translate(clamped(packet.bytes, entrance), {
      source: { address: ends.destination, port: ends.destinationPort },
      destination: { address: ends.source, port: ends.sourcePort },
    });
    this.#send(bytes, entrance);
  }

  #refuse(packet: PacketView, entrance: PlacedInterface | undefined): void {
    const reset = resetFor(packet, timeToLive);
    if (reset) this.#send(reset, entrance);
    else this.#drop(packet, 'noTarget');
  }

  #send(bytes: Uint8Array, entrance: PlacedInterface | undefined): void {
    if (entrance) this.#options.mover.send(entrance.state.place, entrance.networkInterface.id, bytes);
    else this.#sendOwn(bytes);
  }

  #sendOwn(bytes: Uint8Array): void {
    const { state, node } = this.#placed;
    this.#options.mover.send(state.place, node.networkInterfaceId, bytes);
  }

  /** The load balancer's groups judge a consumer by his own address, unless they are told not to. */
  #admitsConsumer({ flow }: PacketView): boolean {
    const { state, loadBalancer, node } = this.#placed;
    if (loadBalancer.securityGroupIds.length === 0 || !loadBalancer.enforcesGroupsOnPrivateLink) return true;
    const groups = loadBalancer.securityGroupIds.flatMap((id): SecurityGroup[] => {
      const group = state.securityGroups.get(id);
      return group ? [group] : [];
    });
    const prefixLists = this.#options.mover.lookup.prefixLists(state);
    const atNode = { ...flow, destination: node.privateIpAddress };
    return evaluateSecurityGroups('ingress', atNode, { groups, peerInterface: undefined, prefixLists }).isAllowed;
  }

  #drop(packet: PacketView, because: Parameters<PacketMover['drop']>[1]): void {
    this.#options.mover.drop(packet, because);
  }
}

/** Consumers' addresses may overlap, so the interface that they came through belongs to the name. */
function nameAtClient(packet: PacketView, entrance: PlacedInterface | undefined): string {
  return `${entrance?.networkInterface.id ?? ''} ${conversationName(endsOf(packet))}`;
}

function clamped(bytes: Uint8Array, entrance: PlacedInterface | undefined): Uint8Array {
  return entrance ? clampSegmentSize(bytes, endpointMtu) : bytes;
}

/** Answers to probes: they begin nothing, and come to ports that no conversation has. */
function isForProbes(packet: PacketView): boolean {
  const { protocol, destinationPort } = packet.flow;
  return protocol === TCP && (destinationPort ?? 0) > lastPort && !mayBegin(packet);
}
