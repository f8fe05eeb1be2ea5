import { Duplex } from 'node:stream';
import type { ChannelTransport } from '../core/ports/wire';

/** A connection of messages as a stream of bytes, for libraries that want a socket. Ending or destroying it closes the connection. */
export class TunnelStream extends Duplex {
  /** What the other end closed with. */
  closeReason = '';
  readonly #connection: ChannelTransport;

  constructor(connection: ChannelTransport) {
    super();
    this.#connection = connection;
    connection.onMessage = message => this.push(message);
    connection.onClose = ({ reason }) => {
      this.closeReason = reason;
      this.push(null);
      this.end();
    };
  }

  /** What the other end sends is pushed as it comes: it has its own window, which the shell above keeps. */
  override _read(): void {}

  override _write(bytes: Buffer, _encoding: string, done: () => void): void {
    // A view of its own memory: what is sent may be handed on to another thread.
    this.#connection.send(new Uint8Array(bytes));
    done();
  }

  override _final(done: () => void): void {
    this.#connection.close();
    done();
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#connection.close();
    done(error);
  }
}
