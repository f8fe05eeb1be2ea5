import type { Disposable } from './disposable';

/** Time as a port: the wall clock in the editor, a hand-driven one in tests. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Calls once after `delayMs`, unless disposed first. */
  after(delayMs: number, call: () => void): Disposable;
}

/** Resolves after `delayMs`; rejects with the signal's reason when aborted first. */
export function delay(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      timer.dispose();
      reject(signal?.reason);
    };
    const timer = clock.after(delayMs, () => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
