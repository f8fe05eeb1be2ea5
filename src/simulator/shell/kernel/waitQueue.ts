import { type Disposable, toDisposable } from '../../../base/disposable';

/** Those who wait for something to change. Waking tells everybody to look again; it promises nothing about what they will find. */
export class WaitQueue {
  readonly #waiters = new Set<() => void>();

  /** Calls `onWake` at every wake until disposed. */
  join(onWake: () => void): Disposable {
    const waiter = () => onWake();
    this.#waiters.add(waiter);
    return toDisposable(() => this.#waiters.delete(waiter));
  }

  wake(): void {
    for (const waiter of [...this.#waiters]) waiter();
  }
}

/** Resolves at the queue's next wake, for those who are no process. */
export function nextWake(queue: WaitQueue): Promise<void> {
  return new Promise(resolve => {
    const place = queue.join(() => {
      place.dispose();
      resolve();
    });
  });
}
