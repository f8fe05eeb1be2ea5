import { type Clock, delay } from '../base/clock';
import type { ErrorCode, LabError } from '../core/errors';
import type { CaptureTarget } from './appModel';
import type { Conclusion } from './captureRun';
import { explainUnconnected } from './explainUnconnected';

/** The reason is worth so much waiting. */
const EXPLAIN_LIMIT_MS = 5_000;

/** Errors that an instance may be behind that has stopped. */
const lossCodes: readonly ErrorCode[] = ['sessionEnded', 'sessionTimedOut', 'channelFailed'];

/** How a capture ended, with the state of its instance for a reason where that is one. Never rejects. */
export async function explainConclusion(
  conclusion: Conclusion,
  target: CaptureTarget,
  clock: Clock,
  signal: AbortSignal,
): Promise<Conclusion> {
  const code = 'error' in conclusion ? conclusion.error.code : undefined;
  const isRefused = code === 'targetNotConnected';
  const isLost = 'end' in conclusion ? conclusion.end === 'sessionEnded' : lossCodes.includes(conclusion.error.code);
  if (!isRefused && !isLost) return conclusion;
  const patience = new AbortController();
  const explaining = explain(target, clock.now(), {
    signal,
    cause: 'error' in conclusion ? conclusion.error : undefined,
  });
  const tooLate = delay(clock, EXPLAIN_LIMIT_MS, patience.signal);
  const error = await Promise.race([explaining, tooLate])
    .catch(() => undefined)
    .finally(() => patience.abort());
  tooLate.catch(() => undefined);
  if (!error || (isLost && error.parameters.reach !== 'notRunning')) return conclusion;
  return { error };
}

async function explain(
  { scope, instanceId }: CaptureTarget,
  nowMs: number,
  options: { readonly signal: AbortSignal; readonly cause: LabError | undefined },
): Promise<LabError | undefined> {
  return explainUnconnected(await scope.gateways(), instanceId, nowMs, options);
}
