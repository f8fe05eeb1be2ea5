import { type Clock, delay } from '../base/clock';
import { LabError } from '../core/errors';

/** Gaps between readings; the last one repeats. */
const gapsMs = [1_000, 1_000, 2_000, 3_000, 5_000, 10_000] as const;
const limitMs = 15 * 60_000;

/** Reads again, with growing gaps, until `isSettled`. After a quarter of an hour it rejects with `notSettled`. */
export async function untilSettled<T>(
  clock: Clock,
  what: { readonly id: string; read(): Promise<T>; isSettled(value: T): boolean },
  signal: AbortSignal | undefined,
): Promise<T> {
  const startedMs = clock.now();
  for (let reading = 0; clock.now() - startedMs < limitMs; reading++) {
    const value = await what.read();
    if (what.isSettled(value)) return value;
    await delay(clock, gapsMs[Math.min(reading, gapsMs.length - 1)] as number, signal);
  }
  throw new LabError('notSettled', { id: what.id });
}
