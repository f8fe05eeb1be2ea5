import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

/** A proxy on loopback that knows CONNECT and nothing else; remembers whom it was asked for. */
export class ConnectProxy {
  readonly asked: string[] = [];
  readonly authorizations: (string | undefined)[] = [];
  /** What it answers; 200 makes the tunnel. */
  status = 200;
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((_request, response) => response.writeHead(405).end('Only CONNECT'));
    this.#server.on('connect', ({ url = '', headers }, client: Socket, head: Buffer) => {
      this.asked.push(url);
      this.authorizations.push(headers['proxy-authorization']);
      if (this.status === 200) this.#tunnel(url, client, head);
      else client.end(`HTTP/1.1 ${this.status} No\r\ncontent-length: 0\r\n\r\n`);
    });
  }

  static async start(): Promise<ConnectProxy> {
    const proxy = new ConnectProxy();
    await new Promise<void>(resolve => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.closeAllConnections();
    await new Promise(resolve => this.#server.close(resolve));
  }

  #tunnel(target: string, client: Socket, head: Buffer): void {
    const { hostname, port } = new URL(`http://${target}`);
    const server = connect(Number(port), hostname, () => {
      client.write('HTTP/1.1 200 Connection Established\r\n\r\n');
      server.write(head);
      server.pipe(client).pipe(server);
    });
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      this.#sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => this.#sockets.delete(socket));
    }
  }
}
