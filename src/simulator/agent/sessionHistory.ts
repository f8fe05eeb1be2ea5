import type { Clock } from '../../base/clock';
import type { InstanceId } from '../../core/ids';
import type { Place } from '../../core/network';
import type { SessionStatus } from './practiceSession';

/** What DescribeSessions tells about one session. */
export interface SessionSummary {
  readonly sessionId: string;
  readonly place: Place;
  readonly target: InstanceId;
  readonly status: SessionStatus;
  readonly startMs: number;
  readonly endMs: number | undefined;
  readonly documentName: string;
  /** ARN of who started it. */
  readonly owner: string;
  readonly reason: string;
  readonly durationLimitMs: number | undefined;
}

/** "View session history in the console" (AWS Systems Manager user guide): for 30 days. */
const KEPT_MS = 30 * 24 * 60 * 60_000;

/** Sessions that are over. */
export class SessionHistory {
  readonly #sessions = new Map<string, SessionSummary>();

  constructor(readonly clock: Clock) {}

  /** In the order in which they ended. */
  get all(): readonly SessionSummary[] {
    return [...this.#sessions.values()];
  }

  find(sessionId: string): SessionSummary | undefined {
    return this.#sessions.get(sessionId);
  }

  add(session: SessionSummary): void {
    this.#sessions.set(session.sessionId, session);
    const oldestMs = this.clock.now() - KEPT_MS;
    for (const { sessionId, endMs } of this.all) if ((endMs ?? 0) < oldestMs) this.#sessions.delete(sessionId);
  }
}
