/** HTTP/1.1 (RFC 9112) over a byte stream, both ends: one request at a time, bodies whole. */
import type { WireRequest, WireResponse } from '../../core/ports/wire';
import { concatBytes } from '../../packet/headers/bytes';
import { reasonPhrase } from './reasonPhrase';
import { ByteReader, StreamError } from './stream/byteReader';
import type { ByteStream } from './stream/byteStream';

const lineLimitBytes = 16 * 1024;
const headerLimit = 200;
const bodyLimitBytes = 16 * 1024 * 1024;
const nothing = new Uint8Array(0);
const switchingProtocols = 101;
/** Answers that never have a body (RFC 9112 §6.3). */
const bodiless: readonly number[] = [switchingProtocols, 204, 304];

const encoder = new TextEncoder();

type Headers = Readonly<Record<string, string>>;

/**
 * Sends a request and reads its answer; the stream stays open for the next one unless the answer says `connection: close`. Rejects with
 * StreamError when the answer is no HTTP or ends inside, and with the stream's own error.
 */
export async function sendHttp(stream: ByteStream, request: WireRequest): Promise<WireResponse> {
  stream.write(encodeRequest(request));
  return readAnswer(new ByteReader(stream), request.method);
}

/**
 * The next answer; one that switches protocols (101) ends with its head, and the stream goes on in the other one. Rejects as {@link sendHttp}
 * does.
 */
export async function readAnswer(reader: ByteReader, method: string): Promise<WireResponse> {
  for (;;) {
    const start = await reader.line(lineLimitBytes);
    const status = Number(/^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(start ?? '')?.[1]);
    if (start === undefined) throw new StreamError('ended');
    if (!status) throw new StreamError('malformed');
    const headers = await readHeaders(reader);
    // Interim answers come before the real one (RFC 9110 §15.2).
    if (status < 200 && status !== switchingProtocols) continue;
    const hasBody = method !== 'HEAD' && !bodiless.includes(status);
    return { status, headers, body: hasBody ? await readBody(reader, headers, 'toEnd') : nothing };
  }
}

/** The bytes of a request. */
export function encodeRequest(request: WireRequest): Uint8Array {
  const target = request.query === '' ? request.path : `${request.path}?${request.query}`;
  const { host: _, 'content-length': __, 'transfer-encoding': ___, ...headers } = request.headers;
  const needsLength = request.body.length > 0 || ['POST', 'PUT', 'PATCH'].includes(request.method);
  const length = needsLength ? { 'content-length': String(request.body.length) } : {};
  const head = encodeHead(`${request.method} ${target} HTTP/1.1`, { host: request.host, ...headers, ...length });
  return concatBytes(head, request.body);
}

/** The next request; undefined when the client is done. Rejects with StreamError for what is no request, or too large a one. */
export async function readRequest(reader: ByteReader): Promise<WireRequest | undefined> {
  const start = await reader.line(lineLimitBytes);
  if (start === undefined) return undefined;
  const parts = /^([A-Z]+) (\S+) HTTP\/1\.[01]$/.exec(start);
  if (!parts) throw new StreamError('malformed');
  const headers = await readHeaders(reader);
  const body = await readBody(reader, headers, 'none');
  const target = withoutOrigin(parts[2] as string);
  const question = target.indexOf('?');
  return {
    method: parts[1] as string,
    host: headers.host ?? '',
    path: question < 0 ? target : target.slice(0, question),
    query: question < 0 ? '' : target.slice(question + 1),
    headers,
    body,
  };
}

/** A proxy-style target carries the origin (RFC 9112 §3.2.2). */
function withoutOrigin(target: string): string {
  const path = target.replace(/^https?:\/\/[^/?]*/i, '');
  return path.startsWith('/') ? path : `/${path}`;
}

/** `isHead`: the answer to HEAD says how long the body would be, by its own header or by the body, and leaves it out. */
export function encodeResponse(response: WireResponse, isHead: boolean): Uint8Array {
  const { 'content-length': stated, 'transfer-encoding': _, ...headers } = response.headers;
  const hasBody = !bodiless.includes(response.status);
  const size = (isHead ? stated : undefined) ?? String(response.body.length);
  const length = hasBody ? { 'content-length': size } : {};
  const head = encodeHead(statusLine(response.status), { ...headers, ...length });
  return hasBody && !isHead ? concatBytes(head, response.body) : head;
}

function encodeHead(start: string, headers: Headers): Uint8Array {
  const lines = Object.entries(headers).map(
    ([name, value]) => `${headerSpelling(name)}: ${value.replace(/[\r\n]+/g, ' ')}`,
  );
  return encoder.encode([start, ...lines, '', ''].join('\r\n'));
}

/** A header's usual spelling; names are lower-case in our values. */
export function headerSpelling(name: string): string {
  if (name === 'etag') return 'ETag';
  return name.replace(/(^|-)([a-z])/g, (_, dash: string, letter: string) => dash + letter.toUpperCase());
}

async function readHeaders(reader: ByteReader): Promise<Headers> {
  const headers: Record<string, string> = {};
  for (let count = 0; count < headerLimit; count++) {
    const line = await reader.line(lineLimitBytes);
    if (line === undefined) throw new StreamError('ended');
    if (line === '') return headers;
    const colon = line.indexOf(':');
    if (colon <= 0) throw new StreamError('malformed');
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = name in headers ? `${headers[name]}, ${value}` : value;
  }
  throw new StreamError('tooLong');
}

/** RFC 9112 §6.3. A request without a length has no body; an answer without one lasts as long as the connection. */
async function readBody(reader: ByteReader, headers: Headers, otherwise: 'none' | 'toEnd'): Promise<Uint8Array> {
  if (headers['transfer-encoding']?.toLowerCase().endsWith('chunked')) return readChunks(reader);
  const length = headers['content-length'];
  if (length === undefined) return otherwise === 'none' ? nothing : reader.toEnd(bodyLimitBytes);
  if (!/^\d+$/.test(length)) throw new StreamError('malformed');
  return readSized(reader, Number(length));
}

async function readSized(reader: ByteReader, lengthBytes: number): Promise<Uint8Array> {
  if (lengthBytes > bodyLimitBytes) throw new StreamError('tooLong');
  if (lengthBytes === 0) return nothing;
  const body = await reader.exactly(lengthBytes);
  if (!body) throw new StreamError('ended');
  return body;
}

async function readChunks(reader: ByteReader): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const size = /^([0-9a-f]{1,8})\s*(?:;.*)?$/i.exec((await reader.line(lineLimitBytes)) ?? '')?.[1];
    if (size === undefined) throw new StreamError('malformed');
    const lengthBytes = Number.parseInt(size, 16);
    total += lengthBytes;
    if (total > bodyLimitBytes) throw new StreamError('tooLong');
    if (lengthBytes === 0) break;
    chunks.push(await readSized(reader, lengthBytes));
    await reader.line(lineLimitBytes);
  }
  // Trailer fields, which nobody here sends or needs.
  await readHeaders(reader);
  return concatBytes(...chunks);
}

/** An answer's first line (RFC 9112 §4). */
export function statusLine(status: number): string {
  return `HTTP/1.1 ${status} ${reasonPhrase(status)}`;
}
