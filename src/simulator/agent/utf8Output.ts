import { splitUtf8 } from './utf8Tail';

/** Output on its way to the channel: an incomplete character at the end of one chunk waits for the next. */
export class Utf8Output {
  #held = new Uint8Array(0);

  constructor(readonly send: (payload: Uint8Array) => void) {}

  write(chunk: Uint8Array): void {
    const { ready, held } = splitUtf8(this.#afterHeld(chunk));
    this.#held = held.slice();
    if (ready.length > 0) this.send(ready);
  }

  #afterHeld(chunk: Uint8Array): Uint8Array {
    if (this.#held.length === 0) return chunk;
    const joined = new Uint8Array(this.#held.length + chunk.length);
    joined.set(this.#held);
    joined.set(chunk, this.#held.length);
    return joined;
  }
}
