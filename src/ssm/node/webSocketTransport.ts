import type { Agent, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import WebSocket from 'ws';
import { LabError } from '../../core/errors';
import { ChannelEnd } from '../../core/ports/channelEnd';
import type { ChannelTransport } from '../../core/ports/wire';

export interface WebSocketOptions {
  /** What is asked for, as IAM names it, for errors; by default a data channel. */
  readonly action?: string;
  /** Headers of the upgrade request, a signature among them where the URL has none. */
  readonly headers: Readonly<Record<string, string>>;
  /** Default 15 s. */
  readonly handshakeTimeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
  /** How the connection leaves this machine; by default straight ahead. */
  readonly agent?: Agent | undefined;
}

const HANDSHAKE_TIMEOUT_MS = 15_000;
const REFUSAL_TIMEOUT_MS = 2_000;
/** A frame is 1,175 bytes at most with encryption; error texts and handshakes are longer, but never near this. */
const MAX_MESSAGE_BYTES = 1024 * 1024;
const LOST_LINK = 1006;

/**
 * Opens a URL exactly as it was given: no sub-protocol, no extension. Rejects with `cloudUnreachable`, with `requestRefused` when the
 * upgrade was answered otherwise (`detail`: how the answer's body begins, if it has one), or with the signal's reason.
 */
export function openWebSocket(url: string, options: WebSocketOptions): Promise<ChannelTransport> {
  return new Promise((resolve, reject) => {
    if (options.signal?.aborted) return reject(options.signal.reason);
    const socket = new WebSocket(url, {
      headers: options.headers,
      handshakeTimeout: options.handshakeTimeoutMs ?? HANDSHAKE_TIMEOUT_MS,
      perMessageDeflate: false,
      maxPayload: MAX_MESSAGE_BYTES,
      followRedirects: false,
      agent: options.agent,
    });
    const transport = new WebSocketTransport(socket);
    const host = new URL(url).host;
    const settle = (act: () => void) => {
      options.signal?.removeEventListener('abort', onAbort);
      socket.off('error', onError);
      act();
    };
    const onAbort = () => {
      settle(() => reject(options.signal?.reason));
      socket.terminate();
    };
    const onError = (cause: Error) =>
      settle(() => reject(cause instanceof LabError ? cause : new LabError('cloudUnreachable', { host }, { cause })));
    options.signal?.addEventListener('abort', onAbort, { once: true });
    socket.on('error', onError);
    socket.once('open', () => settle(() => resolve(transport)));
    socket.once('unexpected-response', async (_request, response) => {
      const detail = await firstWords(response);
      const { action = 'ssmmessages:OpenDataChannel' } = options;
      const about = { action, status: String(response.statusCode ?? 0), ...(detail && { detail }) };
      settle(() => reject(new LabError('requestRefused', about)));
      socket.terminate();
    });
  });
}

/** How a body begins; empty when nothing comes soon. Never rejects. */
function firstWords(response: IncomingMessage): Promise<string> {
  return new Promise(resolve => {
    response.once('data', (bytes: Buffer) => resolve(bytes.toString('utf8')));
    for (const event of ['end', 'close', 'error']) response.once(event, () => resolve(''));
    response.setTimeout(REFUSAL_TIMEOUT_MS, () => resolve(''));
  });
}

class WebSocketTransport extends ChannelEnd implements ChannelTransport {
  readonly #pings = new Set<() => void>();
  #connection: Socket | undefined;
  #isGathering = false;

  constructor(readonly socket: WebSocket) {
    super();
    socket.on('upgrade', ({ socket: connection }) => {
      this.#connection = connection;
    });
    socket.on('message', (data, isBinary) => {
      const bytes = data as Buffer;
      this.deliver(isBinary ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length) : bytes.toString('utf8'));
    });
    socket.on('pong', () => {
      for (const answered of this.#pings) answered();
      this.#pings.clear();
    });
    socket.on('close', (code, reason) => this.deliverClose({ code, reason: reason.toString('utf8') }));
    // A socket that fails also closes; without a listener the error would end the process.
    socket.on('error', () => {});
  }

  send(message: string | Uint8Array): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    this.#gather();
    this.socket.send(message);
  }

  /** Frames that arrive together are acknowledged together: a write for each would cost several times what all else about it does. */
  #gather(): void {
    const connection = this.#connection;
    if (!connection || this.#isGathering) return;
    this.#isGathering = true;
    connection.cork();
    process.nextTick(() => {
      this.#isGathering = false;
      connection.uncork();
    });
  }

  ping(): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.socket.readyState !== WebSocket.OPEN) return reject(new LabError('channelFailed'));
      this.#pings.add(resolve);
      this.socket.ping('keepalive');
    });
  }

  close(code = 1000, reason = ''): void {
    if (this.socket.readyState === WebSocket.OPEN && code !== LOST_LINK) this.socket.close(code, reason);
    else this.socket.terminate();
  }
}
