import type { Clock } from '../../../base/clock';

interface Entry<V> {
  readonly value: V;
  expiresAtMs: number;
}

/** Values by key, each forgotten when nobody has asked for it for its idle time, and the least recently used when there are too many. */
export class IdleTable<V> {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #onForget: ((value: V) => void) | undefined;
  /** Least recently used first. */
  readonly #entries = new Map<string, Entry<V>>();

  constructor(clock: Clock, limit: number, onForget?: (value: V) => void) {
    this.#clock = clock;
    this.#limit = limit;
    this.#onForget = onForget;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** What is known under a key, which lives on for another `idleMs`. */
  renew(key: string, idleMs: number): V | undefined {
    const entry = this.#entries.get(key);
    if (!entry) return undefined;
    this.#entries.delete(key);
    if (entry.expiresAtMs < this.#clock.now()) {
      this.#onForget?.(entry.value);
      return undefined;
    }
    entry.expiresAtMs = this.#clock.now() + idleMs;
    this.#entries.set(key, entry);
    return entry.value;
  }

  /** Replaces what was known under the key. */
  add(key: string, value: V, idleMs: number): void {
    this.delete(key);
    this.#entries.set(key, { value, expiresAtMs: this.#clock.now() + idleMs });
    if (this.#entries.size <= this.#limit) return;
    for (const oldest of this.#entries.keys()) {
      this.delete(oldest);
      break;
    }
  }

  delete(key: string): void {
    const entry = this.#entries.get(key);
    if (!entry) return;
    this.#entries.delete(key);
    this.#onForget?.(entry.value);
  }
}
