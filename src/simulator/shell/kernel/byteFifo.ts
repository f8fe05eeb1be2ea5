/** Bytes in order of arrival, with their number known. */
export class ByteFifo {
  readonly #chunks: Uint8Array[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#length += bytes.length;
  }

  /** At most `maxBytes`, copied. */
  take(maxBytes: number): Uint8Array {
    const result = new Uint8Array(Math.min(maxBytes, this.#length));
    let filled = 0;
    while (filled < result.length) {
      const chunk = this.#chunks[0] as Uint8Array;
      const part = chunk.subarray(0, result.length - filled);
      result.set(part, filled);
      filled += part.length;
      if (part.length === chunk.length) this.#chunks.shift();
      else this.#chunks[0] = chunk.subarray(part.length);
    }
    this.#length -= result.length;
    return result;
  }

  clear(): void {
    this.#chunks.length = 0;
    this.#length = 0;
  }
}
