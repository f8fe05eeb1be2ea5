/** The practice cloud over real HTTP and WebSocket on 127.0.0.1, for the AWS CLI, SDKs and this extension itself. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { Log } from '../base/log';
import type { ChannelTransport, WireRequest } from '../core/ports/wire';
import type { OpenPracticeCloud } from './createPracticeCloud';
import { reasonPhrase } from './network/reasonPhrase';
import { ServiceFault } from './protocols/serviceFault';
import { tunnelPath, tunnelRefusal } from './tunnelRequest';

const loopback = '127.0.0.1';
const channelPath = '/v1/data-channel/';
/** EC2 takes no more than this in one request. */
const maxBodyBytes = 1024 * 1024;
/** An object as large as the practice cloud keeps them, and room to refuse a larger one in S3's own words. */
const maxObjectBodyBytes = 24 * 1024 * 1024;
const maxMessageBytes = 1024 * 1024;
const requestTimeoutMs = 30_000;
/** Codes that mean a lost link and cannot be sent. */
const unsendableCodes: readonly number[] = [1005, 1006, 1015];

export interface LoopbackOptions {
  readonly cloud: OpenPracticeCloud;
  /** 0: the system's choice. */
  readonly port: number;
  /** Turns data channels away that are opened without signature. */
  readonly mustSignChannels: boolean;
  /** Called before anything from outside is handled, to bring simulated time up to now. */
  readonly catchUp: () => void;
  readonly log: Log;
}

export interface LoopbackServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** Closes every connection; resolves when the port is free. */
  close(): Promise<void>;
}

/** Listens; rejects when the port is taken. */
export async function startLoopbackServer(options: LoopbackOptions): Promise<LoopbackServer> {
  const service = new LoopbackService(options);
  await service.listen();
  return service;
}

class LoopbackService implements LoopbackServer {
  readonly #options: LoopbackOptions;
  readonly #server: Server;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    autoPong: false,
  });

  #port = 0;
  /** Every connection, also those that the HTTP server forgot because they asked for an upgrade. */
  readonly #connections = new Set<Socket>();

  constructor(options: LoopbackOptions) {
    this.#options = options;
    this.#server = createServer({ requestTimeout: requestTimeoutMs }, (request, response) => {
      this.#serve(request, response).catch(error => this.#breakOff(response, error));
    });
    this.#server.on('connection', socket => {
      this.#connections.add(socket);
      socket.once('close', () => this.#connections.delete(socket));
    });
    this.#server.on('upgrade', (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      this.#upgrade(request, socket, head).catch(error => {
        options.log.error(`Loopback: an upgrade failed: ${String(error)}`);
        socket.destroy();
      });
    });
  }

  get port(): number {
    return this.#port;
  }

  get endpoint(): string {
    return `http://${loopback}:${this.port}`;
  }

  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(this.#options.port, loopback, () => {
        this.#server.off('error', reject);
        this.#port = (this.#server.address() as AddressInfo).port;
        resolve();
      });
    });
  }

  close(): Promise<void> {
    return new Promise(resolve => {
      this.#server.close(() => resolve());
      for (const socket of this.#connections) socket.destroy();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!this.#isMeantForUs(request)) return refuse(response, 421, 'Misdirected Request');
    const body = await readBody(request, isForS3(request) ? maxObjectBodyBytes : maxBodyBytes);
    if (!body) return refuse(response, 413, 'Content Too Large');
    this.#options.catchUp();
    const answer = await this.#options.cloud.handle(wireRequest(request, body));
    response.writeHead(answer.status, { ...answer.headers });
    response.end(answer.body);
  }

  #breakOff(response: ServerResponse, error: unknown): void {
    this.#options.log.debug(`Loopback: a connection broke off: ${String(error)}`);
    response.destroy();
  }

  /** A page in a browser could reach us under another name; it cannot forge the Host header. Names under `localhost` are buckets of S3. */
  #isMeantForUs({ headers }: IncomingMessage): boolean {
    if (headers.host === `${loopback}:${this.port}`) return true;
    return headers.host === `localhost:${this.port}` || !!headers.host?.endsWith(`.localhost:${this.port}`);
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const wire = wireRequest(request, new Uint8Array());
    const isChannel = wire.path.startsWith(channelPath) && request.headers.origin === undefined;
    if (wire.path === tunnelPath && request.headers.origin === undefined)
      return this.#upgradeToTunnel(request, wire, socket, head);
    if (!this.#isMeantForUs(request) || !isChannel) return refuseUpgrade(socket, 404);
    this.#options.catchUp();
    if (!(await this.#options.cloud.mayUpgrade(wire, this.#options.mustSignChannels)))
      return refuseUpgrade(socket, 403);
    this.#sockets.handleUpgrade(request, socket, head, opened => {
      const url = `${wire.path}?${wire.query}`;
      join(opened, this.#options.cloud.openChannel(url, wire.headers), this.#options.catchUp);
    });
  }

  /** Under whatever name it was asked for: who has signed the URL for an endpoint's own name comes here by an address. */
  async #upgradeToTunnel(request: IncomingMessage, wire: WireRequest, socket: Duplex, head: Buffer): Promise<void> {
    const { cloud, catchUp } = this.#options;
    catchUp();
    try {
      const grant = await cloud.tunnels.admit(wire);
      this.#sockets.handleUpgrade(request, socket, head, opened => join(opened, cloud.tunnels.open(grant), catchUp));
    } catch (error) {
      if (!(error instanceof ServiceFault)) throw error;
      const { status, body } = tunnelRefusal(error);
      refuseUpgrade(socket, status, body);
    }
  }
}

/** By the credential scope, in a header or in the query. */
function isForS3({ headers, url }: IncomingMessage): boolean {
  return /(?:\/|%2F)s3(?:\/|%2F)aws4_request/i.test(`${headers.authorization ?? ''} ${url ?? ''}`);
}

function wireRequest(request: IncomingMessage, body: Uint8Array): WireRequest {
  const url = request.url ?? '/';
  const at = url.indexOf('?');
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers))
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  return {
    method: request.method ?? 'GET',
    host: request.headers.host ?? '',
    path: at < 0 ? url : url.slice(0, at),
    query: at < 0 ? '' : url.slice(at + 1),
    headers,
    body,
  };
}

/** Undefined when there is more than we take. */
function readBody(request: IncomingMessage, limitBytes: number): Promise<Uint8Array | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limitBytes) chunks.push(chunk);
      else resolve(undefined);
    });
    request.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    request.on('error', reject);
    request.on('close', () => reject(new Error('The request ended before its body')));
  });
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain', connection: 'close' });
  response.end(`${text}\n`);
}

function refuseUpgrade(socket: Duplex, status: number, body: Uint8Array = new Uint8Array()): void {
  const start = `HTTP/1.1 ${status} ${reasonPhrase(status)}`;
  socket.write(`${start}\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n`);
  socket.end(body, () => socket.destroy());
}

/** Pumps both ways; what one end closes with, the other hears. A ping is answered when the channel answers. */
function join(socket: WebSocket, channel: ChannelTransport, catchUp: () => void): void {
  socket.on('message', (data: Buffer, isBinary) => {
    catchUp();
    channel.send(isBinary ? new Uint8Array(data) : data.toString('utf8'));
  });
  socket.on('close', (code, reason) => {
    catchUp();
    channel.close(code, reason.toString('utf8'));
  });
  socket.on('ping', data => {
    channel.ping().then(
      () => socket.readyState === WebSocket.OPEN && socket.pong(data),
      () => undefined,
    );
  });
  socket.on('error', () => socket.terminate());
  channel.onMessage = message => {
    if (socket.readyState === WebSocket.OPEN) socket.send(message);
  };
  channel.onClose = ({ code, reason }) => {
    if (unsendableCodes.includes(code)) socket.terminate();
    else socket.close(code, reason);
  };
}
