import type { Clock } from '../../../base/clock';
import type { Chance } from '../../chance';
import { flowIdleMs } from '../forwarding/flowReturns';
import { IdleTable } from '../forwarding/idleTable';
import { conversationName, type PacketEnds } from '../forwarding/packetView';

/** How many conversations a machine has at once ("NAT gateways": 55,000 to one destination). */
const conversationLimit = 55_000;

export interface PortRange {
  readonly firstPort: number;
  readonly lastPort: number;
}

/** A conversation that goes on under another address and port. */
export interface PortLease<V> {
  readonly port: number;
  readonly value: V;
}

/**
 * Ports of one address, each for one conversation with a remote end: the same port may serve several remote ends ("NAT gateways: up to 55,000
 * simultaneous connections to each unique destination").
 */
export class PortTable<V> {
  readonly #chance: Chance;
  readonly #range: PortRange;
  readonly #byOrigin: IdleTable<{ readonly name: string; readonly lease: PortLease<V> }>;
  /** By what comes back: protocol, remote end, our port. */
  readonly #byAnswer = new Map<string, { readonly origin: string; readonly lease: PortLease<V> }>();

  constructor(clock: Clock, chance: Chance, range: PortRange) {
    this.#chance = chance;
    this.#range = range;
    this.#byOrigin = new IdleTable(clock, conversationLimit, ({ name }) => this.#byAnswer.delete(name));
  }

  /** The lease of a conversation under way, by its name where it comes from. */
  find(origin: string): PortLease<V> | undefined {
    return this.#byOrigin.renew(origin, flowIdleMs)?.lease;
  }

  /** The lease that an answer belongs to. */
  findAnswered(answer: PacketEnds): PortLease<V> | undefined {
    const found = this.#byAnswer.get(answerName(answer, answer.destinationPort));
    return found && this.find(found.origin);
  }

  /** A port for a new conversation with a remote end; undefined when none is free. */
  open(
    origin: string,
    ends: Pick<PacketEnds, 'protocol' | 'destination' | 'destinationPort'>,
    valueFor: (port: number) => V,
  ): PortLease<V> | undefined {
    const { firstPort, lastPort } = this.#range;
    const count = lastPort - firstPort + 1;
    const start = this.#chance.between(0, count - 1);
    // An echo has no port of the remote end's: its identifier goes both ways.
    const remote = { protocol: ends.protocol, source: ends.destination, sourcePort: ends.destinationPort };
    for (let step = 0; step < count; step++) {
      const port = firstPort + ((start + step) % count);
      const name = answerName(remote, port);
      if (this.#byAnswer.has(name)) continue;
      const lease = { port, value: valueFor(port) };
      this.#byAnswer.set(name, { origin, lease });
      this.#byOrigin.add(origin, { name, lease }, flowIdleMs);
      return lease;
    }
    return undefined;
  }
}

const icmp = 1;

function answerName(
  { protocol, source, sourcePort }: Pick<PacketEnds, 'protocol' | 'source' | 'sourcePort'>,
  port: number | undefined,
): string {
  return conversationName({
    protocol,
    source,
    sourcePort: protocol === icmp ? undefined : sourcePort,
    destination: '',
    destinationPort: port,
  });
}
