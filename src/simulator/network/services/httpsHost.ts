import type { Clock } from '../../../base/clock';
import type { WireRequest, WireResponse } from '../../../core/ports/wire';
import type { Chance } from '../../chance';
import type { NetworkNode } from '../forwarding/networkNode';
import { IpStack, type StackProfile } from '../host/ipStack';
import type { TcpConnection } from '../hostNetwork';
import { acceptSecureStream } from '../secureStream';
import type { ByteStream } from '../stream/byteStream';
import { serveHttp, type Upgrade } from './httpService';

export interface HttpsHostOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly profile: StackProfile;
  readonly address: string;
  /** Whether port 80 answers in clear as well. */
  readonly answersInClear?: boolean;
  certificateNames(serverName: string): readonly string[];
  /** Hands a request to the service; the address is the client's as the service sees it. */
  call(request: WireRequest, sourceAddress: string): Promise<WireResponse>;
  /** Judges what wants to become a WebSocket; without this, nothing can. */
  readonly upgrade?: ((request: WireRequest, sourceAddress: string) => Promise<WireResponse | Upgrade>) | undefined;
  transmit(packet: Uint8Array): void;
}

const httpsPort = 443;
const httpPort = 80;
/** A client that opens a connection and says nothing is let go. */
const handshakeLimitMs = 10_000;
/** A call takes a while. */
const thinking = { leastThinkingMs: 18, mostThinkingMs: 70 };

/** A service where packets meet it: at a public address, or at one interface of an endpoint. */
export class HttpsHost implements NetworkNode {
  readonly #options: HttpsHostOptions;
  readonly #stack: IpStack;

  constructor(options: HttpsHostOptions) {
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
    // A client that breaks off or speaks something else is no concern of the service's.
    this.#stack.tcp.listen(httpsPort, connection => {
      this.#serveSecurely(connection).catch(() => connection.reset());
    });
    if (!options.answersInClear) return;
    this.#stack.tcp.listen(httpPort, connection => {
      this.#serve(connection, connection).catch(() => connection.reset());
    });
  }

  receive(packet: Uint8Array): void {
    this.#stack.receive(packet);
  }

  dispose(): void {
    this.#stack.dispose();
  }

  async #serveSecurely(connection: TcpConnection): Promise<void> {
    const { clock } = this.#options;
    const limit = clock.after(handshakeLimitMs, () => connection.reset());
    const stream = await acceptSecureStream(connection, {
      clock,
      certificateNames: serverName => this.#options.certificateNames(serverName),
    }).finally(() => limit.dispose());
    await this.#serve(stream, connection);
  }

  #serve(stream: ByteStream, { remoteAddress }: TcpConnection): Promise<void> {
    const { clock, chance } = this.#options;
    const { upgrade } = this.#options;
    return serveHttp(stream, {
      clock,
      chance,
      ...thinking,
      answer: request => this.#options.call(request, remoteAddress),
      upgrade: upgrade && (request => upgrade(request, remoteAddress)),
    });
  }
}
