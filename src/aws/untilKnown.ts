import { type Clock, delay } from '../base/clock';

/** AWS takes some seconds, at times most of a minute, to know everywhere what it has just made. */
const gapsMs = [2_000, 3_000, 5_000, 5_000, 10_000, 15_000, 20_000] as const;

/** Calls again, with growing gaps, while `isTooEarly` recognises the refusal; then lets the last refusal through. */
export async function untilKnown<T>(
  clock: Clock,
  attempt: () => Promise<T>,
  isTooEarly: (error: unknown) => boolean,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (const gapMs of gapsMs) {
    try {
      return await attempt();
    } catch (error) {
      if (!isTooEarly(error)) throw error;
    }
    await delay(clock, gapMs, signal);
  }
  return attempt();
}
