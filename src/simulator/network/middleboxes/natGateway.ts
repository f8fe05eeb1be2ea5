import type { Clock } from '../../../base/clock';
import { ICMP, TCP, UDP } from '../../../core/rules/flow';
import type { Chance } from '../../chance';
import { translate } from '../forwarding/addressTranslation';
import type { DropReason } from '../forwarding/dropReason';
import type { NetworkNode } from '../forwarding/networkNode';
import { conversationName, endsOf, type PacketEnds, type PacketView, viewPacket } from '../forwarding/packetView';
import { PortTable } from './portTable';
import { mayBegin, resetFor } from './tcpPackets';

export interface NatGatewayOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  /** Its private address, from which it talks to the outside. */
  readonly address: string;
  /** Sends from its interface, by its own subnet's routes. */
  send(packet: Uint8Array): void;
  drop(packet: PacketView, because: DropReason): void;
}

const translated: readonly number[] = [TCP, UDP, ICMP];
const timeToLive = 254;

/**
 * A NAT gateway's data path ("NAT gateways"): conversations from inside get its address and a port each, answers find their way back, nothing
 * begins from outside. A conversation is forgotten after 350 idle seconds, and what a client sends in it later earns a reset.
 */
export class NatGatewayNode implements NetworkNode {
  readonly #options: NatGatewayOptions;
  readonly #ports: PortTable<PacketEnds>;

  constructor(options: NatGatewayOptions) {
    this.#options = options;
    this.#ports = new PortTable(options.clock, options.chance, { firstPort: 1024, lastPort: 65_535 });
  }

  receive(bytes: Uint8Array): void {
    const packet = viewPacket(bytes);
    if (!packet) return;
    if (!translated.includes(packet.flow.protocol)) this.#options.drop(packet, 'noTranslation');
    else if (packet.flow.destination === this.#options.address) this.#inwards(packet);
    else this.#outwards(packet);
  }

  #outwards(packet: PacketView): void {
    const ends = endsOf(packet);
    const origin = conversationName(ends);
    const lease =
      this.#ports.find(origin) ?? (mayBegin(packet) ? this.#ports.open(origin, ends, () => ends) : undefined);
    if (lease) {
      const { address } = this.#options;
      this.#options.send(translate(packet.bytes, { source: { address, port: lease.port } }));
      return;
    }
    const reset = resetFor(packet, timeToLive);
    if (reset) this.#options.send(reset);
    else this.#options.drop(packet, 'noTranslation');
  }

  #inwards(packet: PacketView): void {
    const lease = this.#ports.findAnswered(endsOf(packet));
    if (!lease) {
      this.#options.drop(packet, 'noTranslation');
      return;
    }
    const { source, sourcePort } = lease.value;
    this.#options.send(translate(packet.bytes, { destination: { address: source, port: sourcePort } }));
  }
}
