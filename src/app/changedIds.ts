import type { Clock } from '../base/clock';
import { mapInSlices } from './slices';

interface Comparable<T> {
  idOf(item: T): string;
  fingerprint(item: T): string;
}

/** Ids of the items that look different now; undefined when the list itself changed: other members, or another order. */
export async function changedIds<T>(
  kind: Comparable<T>,
  before: readonly T[] | undefined,
  after: readonly T[],
  clock: Clock,
): Promise<readonly string[] | undefined> {
  if (!before || before.length !== after.length) return undefined;
  const pairs = after.map((item, index) => [before[index] as T, item] as const);
  if (pairs.some(([old, item]) => kind.idOf(old) !== kind.idOf(item))) return undefined;
  const ids = await mapInSlices(clock, pairs, ([old, item]) =>
    kind.fingerprint(old) === kind.fingerprint(item) ? [] : [kind.idOf(item)],
  );
  return ids.flat();
}
