const LF = 10;

/** The stream's text as it came, bounded: the oldest lines make room, fetched or not. */
export class RawText {
  readonly #maxBytes: number;
  readonly #chunks: Uint8Array[] = [];
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #bytes = 0;
  /** Bytes at the end that were not taken yet. */
  #newBytes = 0;

  constructor(maxBytes = 4 * 1024 * 1024) {
    this.#maxBytes = maxBytes;
  }

  /** Keeps a copy. */
  append(chunk: Uint8Array): void {
    this.#chunks.push(chunk.slice(Math.max(0, chunk.length - this.#maxBytes)));
    this.#bytes += chunk.length;
    this.#newBytes += chunk.length;
    let first = this.#chunks[0];
    while (first && this.#bytes - first.length >= this.#maxBytes) {
      this.#bytes -= first.length;
      this.#chunks.shift();
      first = this.#chunks[0];
    }
  }

  /** Text since the last call, as far as it is still held. A character that is not complete yet comes with the next. */
  take(): string {
    const news = this.#tail(Math.min(this.#newBytes, this.#bytes));
    this.#newBytes = 0;
    return this.#decoder.decode(news, { stream: true });
  }

  /** Everything that is still held, from the beginning of a line on. */
  all(): string {
    const bytes = this.#tail(this.#bytes);
    const isWhole = this.#bytes < this.#maxBytes;
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(
      isWhole ? bytes : bytes.subarray(bytes.indexOf(LF) + 1),
    );
  }

  clear(): void {
    this.#chunks.length = 0;
    this.#bytes = 0;
    this.#newBytes = 0;
  }

  #tail(length: number): Uint8Array {
    const joined = new Uint8Array(length);
    let end = length;
    for (let index = this.#chunks.length - 1; index >= 0 && end > 0; index--) {
      const chunk = this.#chunks[index] as Uint8Array;
      const part = chunk.length > end ? chunk.subarray(chunk.length - end) : chunk;
      end -= part.length;
      joined.set(part, end);
    }
    return joined;
  }
}
