import type { ScopeId } from '../core/ids';

/** Beside the errors, not in them: what a port rejects with knows nothing of scopes. */
const scopeIds = new WeakMap<Error, ScopeId>();

/** Remembers through which scope something failed. The first to say so was nearest. */
export function noteErrorScope(error: unknown, scopeId: ScopeId): void {
  if (error instanceof Error && !scopeIds.has(error)) scopeIds.set(error, scopeId);
}

/** Through which scope an error, or what caused it, came about; undefined when no cloud was asked. */
export function scopeIdOfError(error: unknown): ScopeId | undefined {
  if (!(error instanceof Error)) return undefined;
  return scopeIds.get(error) ?? scopeIdOfError(error.cause);
}
