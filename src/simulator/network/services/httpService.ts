import { type Clock, delay } from '../../../base/clock';
import type { ChannelTransport, WireRequest, WireResponse } from '../../../core/ports/wire';
import type { Chance } from '../../chance';
import { encodeResponse, readRequest } from '../http1';
import { ByteReader, StreamError } from '../stream/byteReader';
import type { ByteStream } from '../stream/byteStream';
import { joinWebSocket, WebSocketEnd } from '../webSocket';

/** A WebSocket that is let through. */
export interface Upgrade {
  /** Of the answer, besides those that every upgrade has. */
  readonly headers: Readonly<Record<string, string>>;
  readonly channel: ChannelTransport;
}

export interface HttpService {
  readonly clock: Clock;
  readonly chance: Chance;
  /** How long the service thinks about a request. */
  readonly leastThinkingMs: number;
  readonly mostThinkingMs: number;
  answer(request: WireRequest): Promise<WireResponse>;
  /** What wants to become a WebSocket; without this, it is a request like others. */
  readonly upgrade?: ((request: WireRequest) => Promise<WireResponse | Upgrade>) | undefined;
}

/** An idle client is let go. */
const idleMs = 60_000;

/** Serves one client until it leaves, is idle for too long, or speaks something else. */
export async function serveHttp(stream: ByteStream, service: HttpService): Promise<void> {
  const reader = new ByteReader(stream);
  for (;;) {
    const idle = service.clock.after(idleMs, () => stream.close());
    const request = await readRequest(reader)
      .catch(failureOf)
      .finally(() => idle.dispose());
    if (request === undefined) break;
    if (typeof request === 'number') {
      stream.write(encodeResponse(plainAnswer(request), false));
      break;
    }
    await delay(
      service.clock,
      service.chance.between(service.leastThinkingMs * 1000, service.mostThinkingMs * 1000) / 1000,
    );
    const response = await (isUpgrade(request) && service.upgrade ? service.upgrade : service.answer)(request);
    if ('channel' in response) {
      stream.write(encodeResponse(switching(response), false));
      return joinWebSocket(new WebSocketEnd(stream, reader, undefined), response.channel);
    }
    const isLast = request.headers.connection?.toLowerCase() === 'close';
    const headers = isLast ? { ...response.headers, connection: 'close' } : response.headers;
    stream.write(encodeResponse({ ...response, headers }, request.method === 'HEAD'));
    if (isLast) break;
  }
  stream.close();
}

function isUpgrade({ headers }: WireRequest): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

function switching({ headers }: Upgrade): WireResponse {
  return { status: 101, headers: { upgrade: 'websocket', connection: 'Upgrade', ...headers }, body: new Uint8Array(0) };
}

/** The status that tells a client what was wrong with its request; undefined when there is nobody to tell. */
function failureOf(error: unknown): number | undefined {
  if (!(error instanceof StreamError) || error.failure === 'ended') return undefined;
  return error.failure === 'tooLong' ? 413 : 400;
}

function plainAnswer(status: number): WireResponse {
  return { status, headers: { connection: 'close' }, body: new Uint8Array(0) };
}
