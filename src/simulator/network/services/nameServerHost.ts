import type { Clock } from '../../../base/clock';
import type { Chance } from '../../chance';
import type { NetworkNode } from '../forwarding/packetMover';
import { IpStack, type StackProfile } from '../host/ipStack';
import { answerQuery, type ResolverKnowledge } from './nameServer';

export interface NameServerHostOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly profile: StackProfile;
  /** Asked at each query; undefined for silence. */
  knowledge(): ResolverKnowledge | undefined;
  transmit(packet: Uint8Array): void;
}

const domainPort = 53;

/** A machine that answers DNS over UDP at whatever address it was asked at, and does nothing else. */
export class NameServerHost implements NetworkNode {
  readonly #options: NameServerHostOptions;
  readonly #stack: IpStack;

  constructor(options: NameServerHostOptions) {
    this.#options = options;
    const { clock, chance, profile } = options;
    this.#stack = new IpStack({
      clock,
      chance: chance.fork('stack'),
      profile,
      // It never speaks first.
      sourceFor: () => '0.0.0.0',
      owns: () => true,
      transmit: packet => options.transmit(packet),
    });
    this.#stack.udp.serve(domainPort, ({ payload }, reply) => this.#answer(payload, reply));
  }

  receive(packet: Uint8Array): void {
    this.#stack.receive(packet);
  }

  dispose(): void {
    this.#stack.dispose();
  }

  #answer(message: Uint8Array, reply: (payload: Uint8Array) => void): void {
    const { clock, chance } = this.#options;
    const knowledge = this.#options.knowledge();
    const answer = knowledge && answerQuery(message, knowledge, chance);
    if (answer) clock.after(chance.between(100, 900) / 1000, () => reply(answer));
  }
}
