import type { Clock } from '../../../base/clock';
import { ArpOperation, type ArpPacket } from '../../../packet/headers/arp';
import type { Chance } from '../../chance';

export interface NeighbourTableOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly address: string;
  readonly macAddress: string;
  /** Hardware address of whoever answers for an address on the wire; undefined when nobody does. */
  stationAt(address: string): string | undefined;
  /** Lets taps see a frame that goes out to `mac`, or comes in from it. */
  show(direction: 'in' | 'out', mac: string, packet: ArpPacket): void;
}

/** A packet that waits for its next hop's hardware address. */
export interface WaitingPacket {
  send(mac: string): void;
  /** Nobody answered. */
  giveUp(): void;
}

interface Neighbour {
  readonly mac: string;
  readonly reachableUntilMs: number;
}

/** Linux `net.ipv4.neigh.default`: base_reachable_time_ms between a half and one and a half of 30 s, delay_first_probe_time 5 s. */
const reachableMs = { least: 15_000, most: 45_000 };
const firstProbeDelayMs = 5000;
/** mcast_solicit, retrans_time_ms, and unres_qlen_bytes in small packets. */
const requestLimit = 3;
const requestIntervalMs = 1000;
const waitingLimit = 277;
const broadcastMac = 'ff:ff:ff:ff:ff:ff';
const unknownMac = '00:00:00:00:00:00';

/**
 * The hardware addresses that a guest's kernel knows, and how it learns them (RFC 826). The network under a VPC answers for every address in
 * use and for the router. An entry that has not been looked at for a while is used on, and asked for again five seconds later.
 */
export class NeighbourTable {
  readonly #options: NeighbourTableOptions;
  readonly #known = new Map<string, Neighbour>();
  readonly #waiting = new Map<string, WaitingPacket[]>();
  readonly #checking = new Set<string>();
  #isDisposed = false;

  constructor(options: NeighbourTableOptions) {
    this.#options = options;
  }

  /** Sends a packet to the station at an address of this wire, as soon as that is known. */
  deliver(address: string, packet: WaitingPacket): void {
    const neighbour = this.#known.get(address);
    if (neighbour) {
      if (neighbour.reachableUntilMs < this.#options.clock.now()) this.#check(address, neighbour);
      packet.send(neighbour.mac);
      return;
    }
    const waiting = this.#waiting.get(address);
    if (!waiting) {
      this.#waiting.set(address, [packet]);
      this.#ask(address, 1);
    } else if (waiting.length < waitingLimit) waiting.push(packet);
  }

  /** A conversation with a station gets on, so it is there (Linux `dst_confirm`). */
  confirm(address: string): void {
    const known = this.#known.get(address);
    if (known) this.#known.set(address, { ...known, reachableUntilMs: this.#options.clock.now() + reachableMs.least });
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#waiting.clear();
  }

  #ask(address: string, attempt: number): void {
    if (this.#isDisposed) return;
    if (attempt > requestLimit) {
      this.#settle(address, packet => packet.giveUp());
      return;
    }
    this.#request(address, broadcastMac, mac => this.#settle(address, packet => packet.send(mac)));
    this.#options.clock.after(requestIntervalMs, () => {
      if (this.#waiting.has(address)) this.#ask(address, attempt + 1);
    });
  }

  #settle(address: string, each: (packet: WaitingPacket) => void): void {
    const waiting = this.#waiting.get(address) ?? [];
    this.#waiting.delete(address);
    for (const packet of waiting) each(packet);
  }

  /** Asks a station that has long been silent whether it is still there. */
  #check(address: string, { mac }: Neighbour): void {
    if (this.#checking.has(address)) return;
    this.#checking.add(address);
    this.#options.clock.after(firstProbeDelayMs, () => {
      this.#checking.delete(address);
      if (!this.#isDisposed) this.#request(address, mac, () => {});
    });
  }

  #request(address: string, to: string, onAnswer: (mac: string) => void): void {
    const { clock, chance, macAddress, address: own } = this.#options;
    const asked = { operation: ArpOperation.request, senderMac: macAddress, senderAddress: own };
    this.#options.show('out', to, { ...asked, targetMac: unknownMac, targetAddress: address });
    const mac = this.#options.stationAt(address);
    if (mac === undefined) {
      this.#known.delete(address);
      return;
    }
    clock.after(chance.between(60, 240) / 1000, () => {
      if (this.#isDisposed) return;
      const reachableUntilMs = clock.now() + chance.between(reachableMs.least, reachableMs.most);
      this.#known.set(address, { mac, reachableUntilMs });
      const answer = { operation: ArpOperation.reply, senderMac: mac, senderAddress: address };
      this.#options.show('in', mac, { ...answer, targetMac: macAddress, targetAddress: own });
      onAnswer(mac);
    });
  }
}
