/** Bytes waiting in order; cheap to add to, to look into and to take from the front. */
export class ByteQueue {
  #chunks: Uint8Array[] = [];
  /** Bytes of the first chunk that are gone already. */
  #gone = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#chunks.push(bytes);
    this.#length += bytes.length;
  }

  /** A copy of up to `lengthBytes` from `offset` on. */
  copy(offset: number, lengthBytes: number): Uint8Array {
    const copied = new Uint8Array(Math.max(0, Math.min(lengthBytes, this.#length - offset)));
    let skip = this.#gone + offset;
    let filled = 0;
    for (const chunk of this.#chunks) {
      if (filled === copied.length) break;
      if (skip < chunk.length) {
        const part = chunk.subarray(skip, skip + copied.length - filled);
        copied.set(part, filled);
        filled += part.length;
      }
      skip = Math.max(0, skip - chunk.length);
    }
    return copied;
  }

  drop(lengthBytes: number): void {
    const dropped = Math.min(lengthBytes, this.#length);
    this.#length -= dropped;
    this.#gone += dropped;
    let passed = 0;
    while (passed < this.#chunks.length && this.#gone >= (this.#chunks[passed] as Uint8Array).length) {
      this.#gone -= (this.#chunks[passed] as Uint8Array).length;
      passed++;
    }
    this.#chunks.splice(0, passed);
  }

  clear(): void {
    this.drop(this.#length);
  }
}
