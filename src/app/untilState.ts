import { type Clock, delay } from '../base/clock';
import { LabError } from '../core/errors';

const gapsMs = [2_000, 3_000, 5_000, 8_000, 10_000] as const;

/**
 * Reads again, with growing gaps, until there is an answer. Rejects with a `LabError` when the time is over, or with the signal's reason.
 */
export async function untilState<T>(
  clock: Clock,
  read: () => Promise<T | undefined>,
  { limitMs, waitingFor }: { readonly limitMs: number; readonly waitingFor: string },
  signal: AbortSignal,
): Promise<T> {
  const startedMs = clock.now();
  for (let round = 0; ; round++) {
    const answer = await read();
    if (answer !== undefined) return answer;
    if (clock.now() - startedMs >= limitMs) throw new LabError('waitedInVain', { waitingFor });
    await delay(clock, gapsMs[Math.min(round, gapsMs.length - 1)] as number, signal);
  }
}
