import { ServiceFault } from '../serviceFault';

/** A body that was sent in chunks, put together, with the headers that came behind it. */
export interface UnchunkedBody {
  readonly body: Uint8Array;
  readonly trailers: Readonly<Record<string, string>>;
}

/**
 * Reads the encoding `aws-chunked`: `<hex size>[;chunk-signature=…]`, the bytes, an empty chunk, then headers ("Transferring payload in multiple
 * chunks"). The seed signature covers the headers; the chunks' own signatures are not checked. Throws IncompleteBody for anything else.
 */
export function readChunkedBody(bytes: Uint8Array): UnchunkedBody {
  const chunks: Uint8Array[] = [];
  let at = 0;
  for (;;) {
    const [line, next] = readLine(bytes, at);
    const size = /^([0-9a-f]{1,8})(?:;.*)?$/i.exec(line)?.[1];
    if (size === undefined) throw incompleteBody();
    const length = Number.parseInt(size, 16);
    if (length === 0) return { body: join(chunks), trailers: readTrailers(bytes, next) };
    if (next + length > bytes.length) throw incompleteBody();
    chunks.push(bytes.subarray(next, next + length));
    at = readLine(bytes, next + length)[1];
  }
}

function incompleteBody(): ServiceFault {
  return new ServiceFault('IncompleteBody', 'The request body terminated unexpectedly');
}

/** The text up to the next line end, and where the one after begins; the end of the body ends a line too. */
function readLine(bytes: Uint8Array, from: number): readonly [string, number] {
  const end = bytes.indexOf(13, from);
  const stop = end < 0 ? bytes.length : end;
  return [new TextDecoder('latin1').decode(bytes.subarray(from, stop)), Math.min(bytes.length, stop + 2)];
}

function readTrailers(bytes: Uint8Array, from: number): Readonly<Record<string, string>> {
  const trailers: Record<string, string> = {};
  for (let at = from; at < bytes.length; ) {
    const [line, next] = readLine(bytes, at);
    const colon = line.indexOf(':');
    if (colon > 0) trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
    at = next;
  }
  return trailers;
}

function join(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
