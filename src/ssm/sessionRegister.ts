import type { InstanceId } from '../core/ids';

/** A session that runs at the service. */
export interface RegisteredSession {
  readonly sessionId: string;
  readonly target: InstanceId;
}

/** Hears of the sessions that run at the service, so that one whose end was never confirmed can still be ended. */
export interface SessionRegister {
  /** The service has started it. */
  opened(session: RegisteredSession): void;
  /** It is over, and the service knows. */
  closed(sessionId: string): void;
  /** It was to be ended, and the service could not be told. */
  leftOpen(sessionId: string, error: unknown): void;
}
