const LF = 10;
const FIRST_BYTES = 64 * 1024;

/** What is held of a stream's text, and how many bytes of it are not. */
export interface HeldText {
  readonly text: string;
  readonly missingBytes: number;
}

/** The stream's text as it came, bounded: the oldest lines make room, fetched or not. */
export class RawText {
  readonly #maxBytes: number;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  /** A ring once it has its full size; until then it is doubled when it is full. */
  #ring: Uint8Array;
  /** Bytes that ever came, since the last `clear`. */
  #end = 0;
  #takenEnd = 0;

  constructor(maxBytes = 4 * 1024 * 1024) {
    this.#maxBytes = maxBytes;
    this.#ring = new Uint8Array(Math.min(maxBytes, FIRST_BYTES));
  }

  /** Keeps a copy. */
  append(chunk: Uint8Array): void {
    this.#makeRoom(chunk.length);
    const size = this.#ring.length;
    const kept = chunk.length > size ? chunk.subarray(chunk.length - size) : chunk;
    const place = (this.#end + chunk.length - kept.length) % size;
    const beforeWrap = Math.min(kept.length, size - place);
    this.#ring.set(kept.subarray(0, beforeWrap), place);
    if (beforeWrap < kept.length) this.#ring.set(kept.subarray(beforeWrap), 0);
    this.#end += chunk.length;
  }

  /** Text since the last call, as far as it is still held. A character that is not complete yet comes with the next. */
  take(): string {
    const news = this.#tail(this.#end - this.#takenEnd);
    this.#takenEnd = this.#end;
    return this.#decoder.decode(news, { stream: true });
  }

  /** Everything that is still held, from the beginning of a line on. */
  all(): HeldText {
    const held = this.#tail(this.#end);
    const lines = held.length === this.#end ? held : held.subarray(held.indexOf(LF) + 1);
    const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(lines);
    return { text, missingBytes: this.#end - lines.length };
  }

  clear(): void {
    this.#end = 0;
    this.#takenEnd = 0;
  }

  /** While the ring has not been written around yet, its bytes stand in order. */
  #makeRoom(length: number): void {
    const wanted = Math.min(this.#maxBytes, this.#end + length);
    if (wanted <= this.#ring.length) return;
    const ring = new Uint8Array(Math.min(this.#maxBytes, Math.max(wanted, this.#ring.length * 2)));
    ring.set(this.#ring.subarray(0, this.#end));
    this.#ring = ring;
  }

  /** The newest bytes, in order, as many of `length` as are held. */
  #tail(length: number): Uint8Array {
    const size = this.#ring.length;
    const joined = new Uint8Array(Math.min(length, size, this.#end));
    const place = (this.#end - joined.length) % size;
    const beforeWrap = this.#ring.subarray(place, place + joined.length);
    joined.set(beforeWrap);
    joined.set(this.#ring.subarray(0, joined.length - beforeWrap.length), beforeWrap.length);
    return joined;
  }
}
