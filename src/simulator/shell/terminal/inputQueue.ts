import { ByteFifo } from '../kernel/byteFifo';

/** More unread keys than this are dropped, as the kernel's N_TTY does at 4,096. */
const inputCapacityBytes = 4_096;

/** What a terminal's reader will get: finished lines one by one, or single bytes when lines are not assembled. */
export class InputQueue {
  readonly #segments: Uint8Array[] = [];
  readonly #raw = new ByteFifo();
  #length = 0;

  get isReady(): boolean {
    return this.#segments.length > 0 || this.#raw.length > 0;
  }

  /** A line with its newline, or what was typed before ^D; empty means end of file for one read. */
  pushSegment(bytes: Uint8Array): void {
    if (this.#length + bytes.length > inputCapacityBytes * 16) return;
    this.#segments.push(bytes);
    this.#length += bytes.length;
  }

  pushRaw(bytes: Uint8Array): void {
    if (this.#raw.length < inputCapacityBytes * 16) this.#raw.push(bytes);
  }

  /** One read's worth: never more than one line. */
  take(maxBytes: number): Uint8Array | undefined {
    const first = this.#segments[0];
    if (!first) return this.#raw.length > 0 ? this.#raw.take(maxBytes) : undefined;
    const part = first.slice(0, maxBytes);
    if (part.length === first.length) this.#segments.shift();
    else this.#segments[0] = first.subarray(part.length);
    this.#length -= part.length;
    return part;
  }

  clear(): void {
    this.#segments.length = 0;
    this.#raw.clear();
    this.#length = 0;
  }
}
