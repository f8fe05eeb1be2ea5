import type { Clock } from '../../../base/clock';
import type { WireRequest, WireResponse } from '../../../core/ports/wire';
import type { Chance } from '../../chance';
import type { NetworkNode } from '../forwarding/packetMover';
import { IpStack, type StackProfile } from '../host/ipStack';
import type { TcpConnection } from '../hostNetwork';
import { acceptSecureStream } from '../secureStream';
import { serveHttp } from './httpService';

export interface AwsServiceHostOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly profile: StackProfile;
  readonly address: string;
  certificateNames(serverName: string): readonly string[];
  /** Hands a request to the service; the address is the client's as the service sees it. */
  call(request: WireRequest, sourceAddress: string): Promise<WireResponse>;
  transmit(packet: Uint8Array): void;
}

const httpsPort = 443;
/** A client that opens a connection and says nothing is let go. */
const handshakeLimitMs = 10_000;
/** An API call takes a while. */
const thinking = { leastThinkingMs: 18, mostThinkingMs: 70 };

/** An AWS service where packets meet it: at a public address, or at one interface of an endpoint. */
export class AwsServiceHost implements NetworkNode {
  readonly #options: AwsServiceHostOptions;
  readonly #stack: IpStack;

  constructor(options: AwsServiceHostOptions) {
    this.#options = options;
    const { clock, chance, profile, address } = options;
    this.#stack = new IpStack({
      clock,
      chance,
      profile,
      sourceFor: () => address,
      owns: candidate => candidate === address,
      transmit: packet => options.transmit(packet),
    });
    this.#stack.tcp.listen(httpsPort, connection => {
      // A client that breaks off or speaks something else is no concern of the service's.
      this.#serve(connection).catch(() => connection.reset());
    });
  }

  receive(packet: Uint8Array): void {
    this.#stack.receive(packet);
  }

  dispose(): void {
    this.#stack.dispose();
  }

  async #serve(connection: TcpConnection): Promise<void> {
    const { clock, chance } = this.#options;
    const limit = clock.after(handshakeLimitMs, () => connection.reset());
    const stream = await acceptSecureStream(connection, {
      clock,
      certificateNames: serverName => this.#options.certificateNames(serverName),
    }).finally(() => limit.dispose());
    const answer = (request: WireRequest) => this.#options.call(request, connection.remoteAddress);
    await serveHttp(stream, { clock, chance, ...thinking, answer });
  }
}
