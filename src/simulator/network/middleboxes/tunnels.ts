import type { Clock } from '../../../base/clock';
import type { NetworkInterfaceId } from '../../../core/ids';
import type { InstanceConnectEndpoint } from '../../../core/instanceConnectEndpoint';
import type { Chance } from '../../chance';
import { flowIdleMs } from '../forwarding/flowReturns';
import type { NetworkNode } from '../forwarding/networkNode';
import type { PacketMover } from '../forwarding/packetMover';
import { conversationOf, viewPacket } from '../forwarding/packetView';
import type { PlacedInterface } from '../forwarding/worldLookup';
import { ConnectError, type TcpConnection } from '../hostNetwork';
import { TunnelHost } from './tunnelHost';

export interface TunnelsOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly mover: PacketMover;
}

/** Where a tunnel through an EC2 Instance Connect Endpoint leads, and who dug it. */
export interface TunnelEnd {
  /** Private. */
  readonly address: string;
  /** 22 or 3389; nothing else is let through. */
  readonly port: number;
  /** Public: what the instance sees when the endpoint preserves it. */
  readonly clientAddress: string;
}

/** "EC2 Instance Connect Endpoint: Limitations". */
const allowedPorts: readonly number[] = [22, 3389];

/** Tunnels of EC2 Instance Connect Endpoints: connections that begin at an endpoint's interface, for somebody who is not in the VPC. */
export class Tunnels {
  readonly #options: TunnelsOptions;
  /** By interface, then by the address that its tunnels come from. */
  readonly #hosts = new Map<NetworkInterfaceId, Map<string, TunnelHost>>();

  constructor(options: TunnelsOptions) {
    this.#options = options;
  }

  /**
   * A connection from an endpoint to an instance. Rejects with ConnectError, and with a RangeError for a port that the service does not take,
   * or an instance of another VPC when the endpoint preserves its client's address.
   */
  async open(owner: PlacedInterface, endpoint: InstanceConnectEndpoint, end: TunnelEnd): Promise<TcpConnection> {
    if (!allowedPorts.includes(end.port)) throw new RangeError(`Port ${end.port} is not open to tunnels`);
    if (endpoint.state !== 'createComplete') throw new ConnectError('unreachable');
    const { privateIpAddress, vpcId } = owner.networkInterface;
    if (endpoint.preservesClientIp && !this.#options.mover.lookup.interfaceAt(vpcId, end.address))
      throw new RangeError(`${end.address} is not in ${vpcId}`);
    const from = endpoint.preservesClientIp ? end.clientAddress : privateIpAddress;
    return this.#hostFor(owner, from).open(end.address, end.port);
  }

  /** Takes the answers. */
  nodeOf({ networkInterface: { id } }: PlacedInterface): NetworkNode {
    return {
      receive: bytes => {
        const packet = viewPacket(bytes);
        const host = packet && this.#hosts.get(id)?.get(packet.flow.destination);
        if (host) host.receive(bytes);
        else if (packet) this.#options.mover.drop(packet, 'addressUnused');
      },
    };
  }

  forget(id: NetworkInterfaceId): void {
    for (const host of this.#hosts.get(id)?.values() ?? []) host.dispose();
    this.#hosts.delete(id);
  }

  #hostFor({ state, networkInterface }: PlacedInterface, address: string): TunnelHost {
    const { id } = networkInterface;
    const hosts = this.#hosts.get(id) ?? new Map<string, TunnelHost>();
    this.#hosts.set(id, hosts);
    const known = hosts.get(address);
    if (known) return known;
    const { clock, chance, mover } = this.#options;
    const made = new TunnelHost({
      clock,
      chance: chance.fork(`${id} ${address}`),
      address,
      transmit: bytes => {
        if (address !== networkInterface.privateIpAddress) this.#rememberWayBack(networkInterface, bytes);
        mover.send(state.place, id, bytes);
      },
    });
    hosts.set(address, made);
    return made;
  }

  /** What the instance answers to the client's address belongs to the endpoint. */
  #rememberWayBack({ id, vpcId }: PlacedInterface['networkInterface'], bytes: Uint8Array): void {
    const { mover } = this.#options;
    const packet = viewPacket(bytes);
    const receiver = packet && mover.lookup.interfaceAt(vpcId, packet.flow.destination);
    if (!receiver) return;
    mover.returns.add(receiver.networkInterface.id, conversationOf(packet, 'destination'), id, flowIdleMs);
  }
}
