import type { HttpRequest, HttpResponse } from '@smithy/core/protocols';
import type { HttpHandlerOptions } from '@smithy/types';
import type { WireHandler, WireRequest } from '../core/ports/wire';
import { turnstile } from './turnstile';

/** Lets an SDK client speak to a function instead of a socket. The SDK signs, retries and reads answers as always. */
export class WireRequestHandler {
  readonly metadata = { handlerProtocol: 'wire' };
  readonly #handler: WireHandler;

  constructor(handler: WireHandler) {
    this.#handler = handler;
  }

  async handle(request: HttpRequest, options: HttpHandlerOptions = {}): Promise<{ response: HttpResponse }> {
    const signal = options.abortSignal as AbortSignal | undefined;
    signal?.throwIfAborted();
    const { status, headers, body } = await this.#handler(toWire(request), signal);
    await turnstile.pass(body.length);
    return { response: { statusCode: status, headers: { ...headers }, body } };
  }

  destroy(): void {}
  updateHttpClientConfig(): void {}
  httpHandlerConfigs(): Record<string, never> {
    return {};
  }
}

function toWire(request: HttpRequest): WireRequest {
  const port = request.port === undefined ? '' : `:${request.port}`;
  return {
    method: request.method,
    host: request.headers.host ?? `${request.hostname}${port}`,
    path: request.path || '/',
    query: queryText(request.query),
    headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: bytesOf(request.body),
  };
}

function queryText(query: HttpRequest['query']): string {
  const parts = Object.entries(query ?? {}).flatMap(([name, value]) => {
    const values = Array.isArray(value) ? value : [value ?? ''];
    return values.map(text => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`);
  });
  return parts.join('&');
}

function bytesOf(body: unknown): Uint8Array {
  if (body === undefined || body === null) return new Uint8Array();
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  throw new TypeError('A request body that is a stream cannot be sent to the practice cloud');
}
