import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { AsyncQueue } from '../../src/base/async';
import type { TcpConnection } from '../../src/simulator/network/hostNetwork';
import type { GuestBench } from './guestConsole';

/** Lets real clients reach a port of a guest by 127.0.0.1, while the guest's time follows the wall clock. */
export class SshBridge {
  readonly #server: Server;
  readonly #clock: NodeJS.Timeout;

  private constructor(bench: GuestBench, port: number) {
    this.#clock = setInterval(() => bench.timeline.advanceTo(bench.timeline.now() + stepMs), stepMs);
    this.#server = createServer(socket => bench.network.listeners.get(port)?.(connectionOver(socket)));
  }

  static async open(bench: GuestBench, port: number): Promise<SshBridge> {
    const bridge = new SshBridge(bench, port);
    await new Promise<void>(resolve => bridge.#server.listen(0, '127.0.0.1', resolve));
    return bridge;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  close(): void {
    clearInterval(this.#clock);
    this.#server.close();
  }
}

const stepMs = 5;

function connectionOver(socket: Socket): TcpConnection {
  const arriving = new AsyncQueue<Uint8Array>();
  socket.on('data', bytes => arriving.push(new Uint8Array(bytes)));
  socket.on('end', () => arriving.end());
  socket.on('error', () => arriving.end());
  return {
    localAddress: '172.31.37.141',
    localPort: 22,
    remoteAddress: '172.31.9.9',
    remotePort: 40_000,
    write: bytes => void socket.write(bytes),
    read: async () => {
      const next = await arriving.next();
      return next.done ? undefined : next.value;
    },
    close: () => void socket.end(),
    reset: () => void socket.destroy(),
  };
}
