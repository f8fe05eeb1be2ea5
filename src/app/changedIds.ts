interface Comparable<T> {
  idOf(item: T): string;
  fingerprint(item: T): string;
}

/** Ids of the items that look different now; undefined when the list itself changed: other members, or another order. */
export function changedIds<T>(
  kind: Comparable<T>,
  before: readonly T[] | undefined,
  after: readonly T[],
): readonly string[] | undefined {
  if (!before || before.length !== after.length) return undefined;
  const changed: string[] = [];
  for (const [index, item] of after.entries()) {
    const old = before[index] as T;
    const id = kind.idOf(item);
    if (kind.idOf(old) !== id) return undefined;
    if (kind.fingerprint(old) !== kind.fingerprint(item)) changed.push(id);
  }
  return changed;
}
