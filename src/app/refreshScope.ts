import type { Scope } from './appModel';
import { everyStore, type Stores } from './stores';

/** Reads anew whatever was read, or asked for in vain, of a scope. Does not reject: each store keeps its own error. */
export async function refreshScope(stores: Stores, scope: Scope): Promise<void> {
  const readings = everyStore(stores).map(store => {
    const { value, error } = store.get(scope);
    return value || error ? store.refresh(scope) : undefined;
  });
  await Promise.allSettled(readings);
}
