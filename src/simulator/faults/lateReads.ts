import type { PlaceState } from '../world/placeState';

interface Moment {
  readonly atMs: number;
  /** The place as it was until then. */
  readonly before: PlaceState;
}

/** Remembers how places were, for as long as reads lag behind. Values are never changed in place, so a copy of the tables is enough. */
export class LateReads {
  readonly #moments = new Map<PlaceState, Moment[]>();

  /** To be called before a place changes. */
  willChange(place: PlaceState, nowMs: number): void {
    const moments = this.#moments.get(place) ?? [];
    moments.push({ atMs: nowMs, before: copyOf(place) });
    this.#moments.set(place, moments);
  }

  /** The place as a read sees it that lags behind. */
  seen(place: PlaceState, nowMs: number, lagMs: number): PlaceState {
    const moments = this.#moments.get(place) ?? [];
    const recent = moments.filter(({ atMs }) => atMs > nowMs - lagMs);
    this.#moments.set(place, recent);
    return recent[0]?.before ?? place;
  }
}

function copyOf(place: PlaceState): PlaceState {
  const tables = Object.entries(place).map(([name, value]) => {
    if (value instanceof Map) return [name, new Map(value)];
    return [name, value instanceof Set ? new Set(value) : value];
  });
  return Object.fromEntries(tables);
}
