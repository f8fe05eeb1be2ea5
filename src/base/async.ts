/** A promise with its two ends in hand. */
export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** A promise that somebody else settles. */
export function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (error: unknown) => void;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}

/**
 * Joins a producer that pushes to a consumer that pulls. Values wait in order; `end` lets the consumer drain what is there and
 * then finishes it, `fail` makes it throw after draining.
 */
export class AsyncQueue<T> implements AsyncIterable<T> {
  readonly #values: T[] = [];
  #waiting: Deferred<IteratorResult<T>> | undefined;
  #ending: { error?: unknown } | undefined;

  get length(): number {
    return this.#values.length;
  }

  push(value: T): void {
    if (this.#ending) return;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) waiting.resolve({ value, done: false });
    else this.#values.push(value);
  }

  end(): void {
    this.#finish({});
  }

  fail(error: unknown): void {
    this.#finish({ error });
  }

  next(): Promise<IteratorResult<T>> {
    if (this.#values.length > 0) return Promise.resolve({ value: this.#values.shift() as T, done: false });
    if (this.#ending) return this.#ended(this.#ending);
    this.#waiting ??= deferred<IteratorResult<T>>();
    return this.#waiting.promise;
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return { next: () => this.next() };
  }

  #finish(ending: { error?: unknown }): void {
    if (this.#ending) return;
    this.#ending = ending;
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting) this.#ended(ending).then(waiting.resolve, waiting.reject);
  }

  #ended(ending: { error?: unknown }): Promise<IteratorResult<T>> {
    return 'error' in ending ? Promise.reject(ending.error) : Promise.resolve({ value: undefined, done: true });
  }
}

/** Maps with at most `size` at work at once, keeping the order. Rejects with the first failure. */
export async function inBatches<T, Result>(
  items: readonly T[],
  size: number,
  work: (item: T) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += size)
    results.push(...(await Promise.all(items.slice(start, start + size).map(work))));
  return results;
}
