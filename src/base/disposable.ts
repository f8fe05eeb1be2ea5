/** Something that holds on to a resource until told to let go. `dispose` may be called more than once. */
export interface Disposable {
  dispose(): void;
}

/** Wraps a function so that it runs at the first `dispose` only. */
export function toDisposable(release: () => void): Disposable {
  let isReleased = false;
  return {
    dispose() {
      if (isReleased) return;
      isReleased = true;
      release();
    },
  };
}

/** Owns disposables and releases them last in, first out. What is added too late is released at once. */
export class DisposableStore implements Disposable {
  #items: Disposable[] | undefined = [];

  get isDisposed(): boolean {
    return this.#items === undefined;
  }

  add<T extends Disposable>(item: T): T {
    if (this.#items) this.#items.push(item);
    else item.dispose();
    return item;
  }

  dispose(): void {
    const items = this.#items ?? [];
    this.#items = undefined;
    for (const item of items.reverse()) item.dispose();
  }
}

/** A slot for one disposable: setting a new value releases the old one. */
export class DisposableSlot<T extends Disposable> implements Disposable {
  #value: T | undefined;
  #isDisposed = false;

  get value(): T | undefined {
    return this.#value;
  }

  set value(next: T | undefined) {
    if (next === this.#value) return;
    this.#value?.dispose();
    this.#value = next;
    if (this.#isDisposed) this.dispose();
  }

  dispose(): void {
    this.#isDisposed = true;
    this.#value?.dispose();
    this.#value = undefined;
  }
}
