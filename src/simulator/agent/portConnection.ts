import { type Deferred, deferred } from '../../base/async';
import { ConnectError, type TcpConnection } from '../network/hostNetwork';

/** A TCP connection as Go's `net.Conn` is used: closing it ends a pending read, and what still comes is not read. */
export class PortConnection {
  readonly #closed: Deferred<undefined> = deferred();

  constructor(readonly tcp: TcpConnection) {}

  /** Next bytes; undefined when either end has closed, or the connection was reset. */
  async read(): Promise<Uint8Array | undefined> {
    try {
      return await Promise.race([this.tcp.read(), this.#closed.promise]);
    } catch (error) {
      if (error instanceof ConnectError) return undefined;
      throw error;
    }
  }

  write(bytes: Uint8Array): void {
    this.tcp.write(bytes);
  }

  close(): void {
    this.#closed.resolve(undefined);
    this.tcp.close();
    void this.#discard();
  }

  /** The other end may go on talking; its window must not fill. */
  async #discard(): Promise<void> {
    try {
      while (await this.tcp.read());
    } catch {
      // A connection that breaks now has nobody who would want to know.
    }
  }
}
