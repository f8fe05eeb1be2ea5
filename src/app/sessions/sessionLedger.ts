import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { Emitter } from '../../base/event';
import type { LabError } from '../../core/errors';
import type { SessionRegister } from '../../ssm/sessionRegister';
import type { Memory, Scope } from '../appModel';
import { asLabError } from '../asLabError';
import { unendedSessionsKey } from '../remembered';
import { readSavedSessions, type UnendedSession, writeSavedSessions } from './savedSessions';

/** A session that should have ended, and the last reason why it could not be; undefined before it was tried. */
export interface LeftSession extends UnendedSession {
  readonly error: LabError | undefined;
}

/**
 * The sessions that this window has started, until each has ended. What the memory still holds when a window begins was left by one
 * that is gone, because no other window works in the same workspace: such sessions, and those whose end was refused, are left.
 */
export class SessionLedger implements Disposable {
  readonly #memory: Memory;
  readonly #clock: Clock;
  readonly #running = new Map<string, UnendedSession>();
  readonly #left = new Map<string, LeftSession>();
  readonly #didChange = new Emitter<void>();
  /** Sessions were left, or those that were have ended. */
  readonly onDidChange = this.#didChange.event;

  constructor(memory: Memory, clock: Clock) {
    this.#memory = memory;
    this.#clock = clock;
    for (const session of readSavedSessions(memory.get(unendedSessionsKey)))
      this.#left.set(session.sessionId, { ...session, error: undefined });
  }

  /** Those of a scope that should have ended and have not, oldest first. */
  leftOf(scope: Scope): readonly LeftSession[] {
    return [...this.#left.values()]
      .filter(session => session.scopeId === scope.id)
      .sort((one, other) => one.startedMs - other.startedMs);
  }

  /** Where a scope's sessions are noted; give it to whoever opens them. */
  registerOf(scope: Scope): SessionRegister {
    return {
      opened: ({ sessionId, target }) => {
        const startedMs = this.#clock.now();
        this.#running.set(sessionId, { scopeId: scope.id, sessionId, instanceId: target, startedMs });
        this.#save();
      },
      closed: sessionId => this.#forget(sessionId),
      leftOpen: (sessionId, error) => this.#leave(sessionId, error),
    };
  }

  /** Ends one that was left. Rejects with a `LabError`; it then stays left. */
  async end(scope: Scope, sessionId: string): Promise<void> {
    try {
      const { sessions } = await scope.gateways();
      await sessions.terminateSession(sessionId);
      this.#forget(sessionId);
    } catch (caught) {
      const error = asLabError(caught);
      this.#leave(sessionId, error);
      throw error;
    }
  }

  /** Tries to end all that a scope has left; what cannot be ended stays, with the reason. Never rejects. */
  async endLeft(scope: Scope): Promise<void> {
    await Promise.allSettled(this.leftOf(scope).map(({ sessionId }) => this.end(scope, sessionId)));
  }

  dispose(): void {
    this.#didChange.dispose();
  }

  #leave(sessionId: string, error: unknown): void {
    const session = this.#running.get(sessionId) ?? this.#left.get(sessionId);
    if (!session) return;
    this.#running.delete(sessionId);
    this.#left.set(sessionId, { ...session, error: asLabError(error) });
    this.#didChange.fire();
  }

  #forget(sessionId: string): void {
    const wasLeft = this.#left.delete(sessionId);
    if (!this.#running.delete(sessionId) && !wasLeft) return;
    this.#save();
    if (wasLeft) this.#didChange.fire();
  }

  #save(): void {
    const sessions = [...this.#running.values(), ...this.#left.values()].map(
      ({ scopeId, sessionId, instanceId, startedMs }) => ({ scopeId, sessionId, instanceId, startedMs }),
    );
    void this.#memory.update(unendedSessionsKey, writeSavedSessions(sessions));
  }
}
