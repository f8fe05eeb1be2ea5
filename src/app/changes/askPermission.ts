import type { CallOptions } from '../../core/ports/calls';
import type { Scope } from '../appModel';
import { asLabError } from '../asLabError';

/** What AWS says of a change before it happens. `unknown`: it cannot be asked. */
export type Permission =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'denied'; readonly error: Error }
  | { readonly kind: 'unknown' };

/**
 * Asks with `DryRun`. A backend behind an `endpoint_url` is not asked: one that ignores the parameter would do it. Never rejects but with
 * the signal's reason.
 */
export async function askPermission(
  scope: Scope,
  rehearse: ((options: CallOptions) => Promise<unknown>) | undefined,
  signal?: AbortSignal,
): Promise<Permission> {
  if (!rehearse || scope.kind === 'local' || scope.saved?.endpointUrl) return { kind: 'unknown' };
  try {
    await rehearse({ signal, isRehearsal: true });
    return { kind: 'unknown' };
  } catch (caught) {
    signal?.throwIfAborted();
    const error = asLabError(caught);
    if (error.code === 'rehearsalPassed') return { kind: 'allowed' };
    return error.cloudCode ? { kind: 'denied', error } : { kind: 'unknown' };
  }
}
