/** More unread keys than this are dropped. The kernel's N_TTY drops at 4,096; a paste into a page may be larger. */
const capacityBytes = 65_536;

interface Entry {
  bytes: Uint8Array;
  /** A finished line: a read gives no more than one. */
  readonly isLine: boolean;
}

/** What a terminal's reader will get, in order: finished lines one by one, single bytes where lines were not assembled. */
export class InputQueue {
  readonly #entries: Entry[] = [];
  #lengthBytes = 0;

  /** A line with its newline, or what was typed before ^D; empty means end of file for one read. */
  pushLine(bytes: Uint8Array): void {
    this.#push({ bytes, isLine: true });
  }

  pushRaw(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#push({ bytes, isLine: false });
  }

  #push(entry: Entry): void {
    if (this.#lengthBytes + entry.bytes.length > capacityBytes) return;
    this.#entries.push(entry);
    this.#lengthBytes += entry.bytes.length;
  }

  /** One read's worth; undefined when there is nothing yet. */
  take(maxBytes: number): Uint8Array | undefined {
    const first = this.#entries[0];
    if (!first) return undefined;
    const part = [...this.#takeFromFirst(first, maxBytes)];
    while (!first.isLine && part.length < maxBytes && this.#entries[0]?.isLine === false) {
      part.push(...this.#takeFromFirst(this.#entries[0], maxBytes - part.length));
    }
    return Uint8Array.from(part);
  }

  #takeFromFirst(entry: Entry, maxBytes: number): Uint8Array {
    const part = entry.bytes.slice(0, maxBytes);
    if (part.length === entry.bytes.length) this.#entries.shift();
    else entry.bytes = entry.bytes.subarray(part.length);
    this.#lengthBytes -= part.length;
    return part;
  }

  /** Takes back what was not assembled into lines. */
  withdrawRaw(): Uint8Array {
    const bytes = this.#entries.filter(entry => !entry.isLine).flatMap(entry => [...entry.bytes]);
    const lines = this.#entries.filter(entry => entry.isLine);
    this.#entries.splice(0, this.#entries.length, ...lines);
    this.#lengthBytes -= bytes.length;
    return Uint8Array.from(bytes);
  }

  clear(): void {
    this.#entries.length = 0;
    this.#lengthBytes = 0;
  }
}
