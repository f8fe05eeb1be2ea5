import { type Clock, delay } from '../base/clock';
import type { CaptureTarget } from './appModel';
import type { CaptureRun } from './captureRun';
import { explainUnconnected } from './explainUnconnected';

const ASK_EVERY_MS = 5_000;

/**
 * Asks for the instance's state for as long as Session Manager waits for its agent to come back, and ends the run when it does not run any
 * more: such an agent does not come back to this session. Never rejects.
 */
export async function watchLostInstance(run: CaptureRun, { scope, instanceId }: CaptureTarget, clock: Clock) {
  const { signal } = run.abort;
  while (run.link?.kind === 'agentUnreachable' && !signal.aborted) {
    const error = await scope
      .gateways()
      .then(gateways => explainUnconnected(gateways, instanceId, clock.now(), { signal, cause: undefined }))
      .catch(() => undefined);
    if (error?.parameters.reach === 'notRunning') return run.outcome.reject(error);
    await delay(clock, ASK_EVERY_MS, signal).catch(() => undefined);
  }
}
