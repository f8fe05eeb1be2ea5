import type { ResourceStore, Scope } from './appModel';
import type { Stores } from './stores';

/** Reads anew whatever was read, or asked for in vain, of a scope. Does not reject: each store keeps its own error. */
export async function refreshScope(stores: Stores, scope: Scope): Promise<void> {
  const all: readonly Partial<ResourceStore<unknown>>[] = Object.values(stores);
  const readings = all.map(store => {
    const { value, error } = store.get?.(scope) ?? {};
    return value || error ? store.refresh?.(scope) : undefined;
  });
  await Promise.allSettled(readings);
}
