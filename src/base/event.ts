import { type Disposable, toDisposable } from './disposable';

/** Subscribes a listener; the result unsubscribes it. Assignable to `vscode.Event`. */
export type Event<T> = (listener: (value: T) => unknown) => Disposable;

/** The firing side of an {@link Event}. One throwing listener does not keep the others from hearing. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<{ call: (value: T) => unknown }>();

  readonly event: Event<T> = listener => {
    const entry = { call: listener };
    this.#listeners.add(entry);
    return toDisposable(() => this.#listeners.delete(entry));
  };

  get hasListeners(): boolean {
    return this.#listeners.size > 0;
  }

  fire(value: T): void {
    let failure: { error: unknown } | undefined;
    for (const entry of [...this.#listeners]) {
      try {
        entry.call(value);
      } catch (error) {
        failure ??= { error };
      }
    }
    if (failure) throw failure.error;
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
