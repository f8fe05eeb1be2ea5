import type { Place } from '../../core/network';
import type { DueTransition } from '../world/agenda';
import type { World } from '../world/world';

/** Tables of values by name; a table that this version does not know is left alone, one that is missing stays empty. */
type Tables = Readonly<Record<string, ReadonlyMap<unknown, unknown> | ReadonlySet<unknown>>>;

/** A world at one moment, as plain data. What it takes to go on from there: the seed it began with, and the same rules of chance. */
export interface SavedWorld {
  readonly format: 1;
  /** Names the rules that made it; a journal is told again only under the same ones. */
  readonly rules: string;
  readonly seed: string;
  readonly atMs: number;
  readonly accounts: Readonly<Record<string, Tables>>;
  readonly places: readonly SavedPlace[];
  /** What belongs to no one place. */
  readonly shared: Tables;
  readonly due: readonly DueTransition[];
}

interface SavedPlace {
  readonly place: Place;
  readonly tables: Tables;
}

/** Copies a world's tables; their values are never changed in place, so the copy stays as it is. */
export function saveWorld(world: World, about: { readonly rules: string; readonly seed: string }): SavedWorld {
  return {
    format: 1,
    ...about,
    atMs: world.timeline.now(),
    accounts: Object.fromEntries(world.accounts.map(account => [account.id, copyTables(account)])),
    places: [...world.regions].map(region => ({ place: region.place, tables: copyTables(region) })),
    shared: copyTables(world),
    due: [...world.dueTransitions],
  };
}

/** Puts a saved world into a fresh one whose time is not later. Throws a RangeError for a place or an account that does not exist. */
export function restoreWorld(world: World, saved: SavedWorld): void {
  for (const account of world.accounts) fillTables(account, saved.accounts[account.id] ?? {});
  for (const { place, tables } of saved.places) fillTables(world.openPlace(place), tables);
  fillTables(world, saved.shared);
  for (const due of saved.due) world.resume(due);
}

function copyTables(owner: object): Tables {
  return Object.fromEntries(
    tablesOf(owner).map(([name, table]) => [name, table instanceof Map ? new Map(table) : new Set(table)]),
  );
}

function fillTables(owner: object, saved: Tables): void {
  for (const [name, table] of tablesOf(owner)) {
    const content = Object.hasOwn(saved, name) ? saved[name] : undefined;
    table.clear();
    if (table instanceof Map && content instanceof Map) for (const [key, value] of content) table.set(key, value);
    if (table instanceof Set && content instanceof Set) for (const value of content) table.add(value);
  }
}

function tablesOf(owner: object): [string, Map<unknown, unknown> | Set<unknown>][] {
  return Object.entries(owner).filter(([, value]) => value instanceof Map || value instanceof Set);
}
