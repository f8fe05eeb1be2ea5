import type { Scope } from '../app/appModel';

/** PRACTICE, LOCAL or LIVE: a mark that is the same in every language, so that nobody takes one cloud for another. */
export function kindMark({ kind }: Pick<Scope, 'kind'>): string {
  return kind.toUpperCase();
}

/** Where a scope is, after its mark, which must not be cut off where there is little room. */
export function placeText(scope: Pick<Scope, 'kind' | 'region'>): string {
  return `${kindMark(scope)} · ${scope.region}`;
}
