import { concatBytes } from '../../../packet/headers/bytes';
import type { ByteStream } from './byteStream';

/** The other end finished, or sent something that the protocol does not know. */
export class StreamError extends Error {
  override readonly name = 'StreamError';
  constructor(readonly failure: 'ended' | 'malformed' | 'tooLong') {
    super(failure);
  }
}

/** Reads from a stream in the portions that a protocol wants. */
export class ByteReader {
  readonly #stream: ByteStream;
  #rest: Uint8Array = new Uint8Array(0);

  constructor(stream: ByteStream) {
    this.#stream = stream;
  }

  /** Exactly this many bytes, or undefined when the stream ends before the first of them. Rejects with StreamError when it ends inside. */
  async exactly(lengthBytes: number): Promise<Uint8Array | undefined> {
    const parts: Uint8Array[] = [];
    let missing = lengthBytes;
    while (missing > 0) {
      const chunk = await this.#next();
      if (!chunk && parts.length === 0) return undefined;
      if (!chunk) throw new StreamError('ended');
      parts.push(chunk.subarray(0, missing));
      this.#rest = chunk.subarray(missing);
      missing -= Math.min(missing, chunk.length);
    }
    return concatBytes(...parts);
  }

  /** One line without its CR LF; undefined when the stream ends before it. Rejects with StreamError past the limit. */
  async line(limitBytes: number): Promise<string | undefined> {
    let gathered: Uint8Array = new Uint8Array(0);
    for (;;) {
      const chunk = await this.#next();
      if (!chunk && gathered.length === 0) return undefined;
      if (!chunk) throw new StreamError('ended');
      const end = chunk.indexOf(10);
      gathered = concatBytes(gathered, end < 0 ? chunk : chunk.subarray(0, end));
      if (gathered.length > limitBytes) throw new StreamError('tooLong');
      if (end < 0) continue;
      this.#rest = chunk.subarray(end + 1);
      return new TextDecoder().decode(gathered).replace(/\r$/, '');
    }
  }

  /** Everything up to the end of the stream. */
  async toEnd(limitBytes: number): Promise<Uint8Array> {
    const parts: Uint8Array[] = [];
    let total = 0;
    for (let chunk = await this.#next(); chunk; chunk = await this.#next()) {
      total += chunk.length;
      if (total > limitBytes) throw new StreamError('tooLong');
      parts.push(chunk);
    }
    return concatBytes(...parts);
  }

  async #next(): Promise<Uint8Array | undefined> {
    const rest = this.#rest;
    this.#rest = new Uint8Array(0);
    if (rest.length > 0) return rest;
    for (;;) {
      const chunk = await this.#stream.read();
      if (!chunk || chunk.length > 0) return chunk;
    }
  }
}
