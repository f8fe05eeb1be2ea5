import type { Clock } from '../../../base/clock';
import type { NetworkInterfaceId } from '../../../core/ids';
import type { VpcEndpoint } from '../../../core/network';
import type { Chance } from '../../chance';
import type { NetworkNode } from '../forwarding/networkNode';
import type { PacketMover } from '../forwarding/packetMover';
import { viewPacket } from '../forwarding/packetView';
import type { PlacedNode } from '../forwarding/worldIndex';
import type { PlacedInterface } from '../forwarding/worldLookup';
import { nodeBehindEndpoint } from './endpointEntrance';
import { LoadBalancerNode } from './loadBalancerNode';
import { NatGatewayNode } from './natGateway';
import { ProbeHost } from './probeHost';
import { Tunnels } from './tunnels';

export interface MiddleboxesOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly mover: PacketMover;
}

interface LoadBalancerMachine {
  readonly node: LoadBalancerNode;
  readonly probes: ProbeHost;
}

/** Machines of AWS's own inside VPCs that send other people's packets on, made when they are first needed. */
export class Middleboxes {
  readonly tunnels: Tunnels;
  readonly #options: MiddleboxesOptions;
  readonly #natGateways = new Map<NetworkInterfaceId, NatGatewayNode>();
  readonly #loadBalancers = new Map<NetworkInterfaceId, LoadBalancerMachine>();

  constructor(options: MiddleboxesOptions) {
    this.#options = options;
    this.tunnels = new Tunnels({ ...options, chance: options.chance.fork('tunnels') });
  }

  natGateway({ state, networkInterface }: PlacedInterface): NetworkNode {
    const { id, privateIpAddress } = networkInterface;
    const known = this.#natGateways.get(id);
    if (known) return known;
    const { clock, chance, mover } = this.#options;
    const made = new NatGatewayNode({
      clock,
      chance: chance.fork(id),
      address: privateIpAddress,
      send: packet => mover.send(state.place, id, packet),
      drop: (packet, because) => mover.drop(packet, because),
    });
    this.#natGateways.set(id, made);
    return made;
  }

  loadBalancer(placed: PlacedNode): LoadBalancerNode {
    return this.#machineOf(placed).node.update(placed);
  }

  /** What sends the health checks of a load balancer's node. */
  probeHost(placed: PlacedNode): ProbeHost {
    return this.#machineOf(placed).probes;
  }

  /** An interface of an endpoint for somebody's own service; undefined while it leads nowhere. */
  endpointEntrance(entrance: PlacedInterface, endpoint: VpcEndpoint): NetworkNode | undefined {
    if (endpoint.state !== 'available') return undefined;
    return { receive: bytes => this.#enter(entrance, endpoint, bytes) };
  }

  /** What stood behind an interface that is gone. */
  forget(id: NetworkInterfaceId): void {
    this.#natGateways.delete(id);
    this.#loadBalancers.get(id)?.probes.dispose();
    this.#loadBalancers.delete(id);
    this.tunnels.forget(id);
  }

  #enter(entrance: PlacedInterface, endpoint: VpcEndpoint, bytes: Uint8Array): void {
    const { chance, mover } = this.#options;
    const packet = viewPacket(bytes);
    if (!packet) return;
    const pick = (conversation: string, count: number) => chance.fork(conversation).between(0, count - 1);
    const placed = nodeBehindEndpoint(mover.lookup, entrance, endpoint, packet, pick);
    if (placed) this.loadBalancer(placed).receiveFromEndpoint(packet, entrance);
    else mover.drop(packet, 'noTarget');
  }

  #machineOf(placed: PlacedNode): LoadBalancerMachine {
    const { networkInterfaceId: id, privateIpAddress: address } = placed.node;
    const known = this.#loadBalancers.get(id);
    if (known) return known;
    const { clock, chance, mover } = this.#options;
    const { place } = placed.state;
    const probes = new ProbeHost({
      clock,
      chance: chance.fork(`probes ${id}`),
      address,
      transmit: packet => mover.send(place, id, packet),
    });
    const node = new LoadBalancerNode(placed, { clock, chance: chance.fork(id), mover, probes });
    this.#loadBalancers.set(id, { node, probes });
    return { node, probes };
  }
}
