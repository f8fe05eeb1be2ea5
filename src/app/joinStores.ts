import { Emitter } from '../base/event';
import type { Loadable, ResourceStore, Scope } from './appModel';

/** Two stores as one list, the first one's items before the other's. It lives as long as they do. */
export function joinStores<A, B>(
  one: ResourceStore<A>,
  other: ResourceStore<B>,
  idOf: (item: A | B) => string,
): ResourceStore<A | B> {
  const both = [one, other] as readonly ResourceStore<A | B>[];
  const didChange = new Emitter<{ readonly scope: Scope; readonly id?: string }>();
  for (const store of both) store.onDidChange(change => didChange.fire(change));
  const joined = (states: readonly (readonly (A | B)[])[]) => states.flat();
  return {
    idOf,
    get: scope => joinStates(both.map(store => store.get(scope))),
    load: scope => Promise.all(both.map(store => store.load(scope))).then(joined),
    firstRows: async scope => {
      await Promise.any(both.map(store => someRows(store, scope))).catch(() => undefined);
      return joinStates(both.map(store => store.get(scope)));
    },
    refresh: scope => Promise.all(both.map(store => store.refresh(scope))).then(joined),
    noteChange: async (scope, id) => {
      await Promise.all(both.map(store => store.noteChange(scope, id)));
    },
    find: (scope, id) => one.find(scope, id) ?? other.find(scope, id),
    onDidChange: didChange.event,
    watch: scope => {
      const watches = both.map(store => store.watch(scope));
      return {
        dispose: () => {
          for (const watch of watches) watch.dispose();
        },
      };
    },
    keepOnly: scopes => {
      for (const store of both) store.keepOnly(scopes);
    },
  };
}

/** Rejects when there are none, so that whoever has some is drawn first. */
async function someRows<T>(store: ResourceStore<T>, scope: Scope): Promise<void> {
  const { value = [] } = await store.firstRows(scope);
  if (value.length === 0) throw new Error('no rows');
}

function joinStates<T>(states: readonly Loadable<readonly T[]>[]): Loadable<readonly T[]> {
  const isRead = states.some(({ value }) => value !== undefined);
  return {
    value: isRead ? states.flatMap(({ value }) => value ?? []) : undefined,
    isLoading: states.some(({ isLoading }) => isLoading),
    error: states.find(({ error }) => error)?.error,
    isPartial: isRead && states.some(({ value, isPartial }) => isPartial || value === undefined),
  };
}
