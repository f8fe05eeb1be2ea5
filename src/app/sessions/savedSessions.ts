import * as v from 'valibot';
import type { InstanceId, ScopeId } from '../../core/ids';
import { instanceId, isId, scopeId } from '../../core/ids';

/** A session on an instance that is not known to have ended. Nothing in it opens anything. */
export interface UnendedSession {
  readonly scopeId: ScopeId;
  readonly sessionId: string;
  readonly instanceId: InstanceId;
  readonly startedMs: number;
}

const schemaVersion = 1;

const savedSession = v.object({
  scopeId: v.pipe(
    v.string(),
    v.check(text => isId(scopeId, text)),
  ),
  // What Session Manager makes of a caller's name and a random part; it goes back to the service and nowhere else.
  sessionId: v.pipe(v.string(), v.regex(/^[\w+=,.@-]{1,96}$/)),
  instanceId: v.pipe(
    v.string(),
    v.check(text => isId(instanceId, text)),
  ),
  startedMs: v.pipe(v.number(), v.finite()),
});
const savedSessionsFile = v.object({ version: v.literal(schemaVersion), sessions: v.array(v.unknown()) });

/** Entries that cannot be read are left out. */
export function readSavedSessions(stored: unknown): readonly UnendedSession[] {
  const file = v.safeParse(savedSessionsFile, stored);
  if (!file.success) return [];
  return file.output.sessions.flatMap(entry => {
    const parsed = v.safeParse(savedSession, entry);
    if (!parsed.success) return [];
    const { output } = parsed;
    return [{ ...output, scopeId: scopeId(output.scopeId), instanceId: instanceId(output.instanceId) }];
  });
}

/** As {@link readSavedSessions} reads them; undefined when there is nothing to keep. */
export function writeSavedSessions(sessions: readonly UnendedSession[]): unknown {
  return sessions.length === 0 ? undefined : { version: schemaVersion, sessions };
}
