import { type Clock, delay } from '../../../base/clock';
import { concatBytes, readUint16 } from '../../../packet/headers/bytes';
import type { Chance } from '../../chance';
import type { NetworkNode } from '../forwarding/networkNode';
import { IpStack, type StackProfile } from '../host/ipStack';
import type { TcpConnection } from '../hostNetwork';
import { ByteReader } from '../stream/byteReader';
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

/** RFC 7766 §6.2.3: a client that asks nothing more is let go. */
const idleMs = 10_000;

/** A machine that answers DNS, over UDP and TCP, at whatever address it was asked at, and does nothing else. */
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
    this.#stack.udp.serve(domainPort, ({ payload }, reply) => {
      const answer = this.#answer(payload);
      if (answer) clock.after(this.#thinkingMs, () => reply(answer));
    });
    this.#stack.tcp.listen(domainPort, connection => {
      // A client that breaks off is no concern of the server's.
      this.#serve(connection).catch(() => connection.reset());
    });
  }

  /** Without DNS support the address is as good as unused. */
  receive(packet: Uint8Array): void {
    if (this.#options.knowledge()?.view.attributes.enableDnsSupport) this.#stack.receive(packet);
  }

  dispose(): void {
    this.#stack.dispose();
  }

  /** Messages with their lengths in front (RFC 1035 §4.2.2). */
  async #serve(connection: TcpConnection): Promise<void> {
    const { clock } = this.#options;
    const reader = new ByteReader(connection);
    for (;;) {
      const idle = clock.after(idleMs, () => connection.close());
      const message = await readMessage(reader).finally(() => idle.dispose());
      const answer = message && this.#answer(message);
      if (!answer) break;
      await delay(clock, this.#thinkingMs);
      connection.write(concatBytes(Uint8Array.of(answer.length >>> 8, answer.length), answer));
    }
    connection.close();
  }

  #answer(message: Uint8Array): Uint8Array | undefined {
    const knowledge = this.#options.knowledge();
    return knowledge && answerQuery(message, knowledge, this.#options.chance);
  }

  get #thinkingMs(): number {
    return this.#options.chance.between(100, 900) / 1000;
  }
}

async function readMessage(reader: ByteReader): Promise<Uint8Array | undefined> {
  const length = await reader.exactly(2);
  return length && reader.exactly(readUint16(length, 0));
}
