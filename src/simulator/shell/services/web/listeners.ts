import type { Disposable } from '../../../../base/disposable';
import type { HostNetwork, TcpConnection } from '../../../network/hostNetwork';

/** The ports of one server and the connections that came in by them; all end with it. */
export class Listeners implements Disposable {
  readonly #ports = new Map<number, Disposable>();
  readonly #connections = new Set<TcpConnection>();

  constructor(
    private readonly network: HostNetwork,
    private readonly serve: (connection: TcpConnection) => Promise<void>,
  ) {}

  get ports(): readonly number[] {
    return [...this.#ports.keys()];
  }

  /** Listens on exactly these ports. Gives the first one that somebody else has. */
  listenOn(ports: readonly number[]): number | undefined {
    for (const [port, listener] of [...this.#ports]) {
      if (ports.includes(port)) continue;
      listener.dispose();
      this.#ports.delete(port);
    }
    for (const port of ports) {
      if (this.#ports.has(port)) continue;
      try {
        this.#ports.set(
          port,
          this.network.listenTcp(port, connection => void this.#accept(connection)),
        );
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        return port;
      }
    }
    return undefined;
  }

  dispose(): void {
    for (const listener of this.#ports.values()) listener.dispose();
    this.#ports.clear();
    for (const connection of this.#connections) connection.reset();
  }

  async #accept(connection: TcpConnection): Promise<void> {
    this.#connections.add(connection);
    // A client that breaks off is no concern of the server's.
    await this.serve(connection).catch(() => connection.reset());
    this.#connections.delete(connection);
  }
}
