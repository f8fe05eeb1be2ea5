import type { Clock } from '../../../base/clock';
import type { NetworkInterfaceId } from '../../../core/ids';
import type { Chance } from '../../chance';
import type { NetworkNode } from '../forwarding/networkNode';
import type { PacketMover } from '../forwarding/packetMover';
import type { PlacedInterface } from '../forwarding/worldLookup';
import { NatGatewayNode } from './natGateway';

export interface MiddleboxesOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly mover: PacketMover;
}

/** Machines of AWS's own inside VPCs that send other people's packets on, made when the first packet reaches them. */
export class Middleboxes {
  readonly #options: MiddleboxesOptions;
  readonly #natGateways = new Map<NetworkInterfaceId, NatGatewayNode>();

  constructor(options: MiddleboxesOptions) {
    this.#options = options;
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

  /** What stood behind an interface that is gone. */
  forget(id: NetworkInterfaceId): void {
    this.#natGateways.delete(id);
  }
}
