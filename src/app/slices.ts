import { type Clock, delay } from '../base/clock';

/** How long one slice of work may hold the event loop. */
const sliceMs = 8;
/** Asking for the time costs more than most steps. */
const stepsBetweenLooks = 32;

/** As `items.map(change)`, but lets others have the event loop every few milliseconds. */
export async function mapInSlices<T, U>(clock: Clock, items: readonly T[], change: (item: T) => U): Promise<U[]> {
  const changed: U[] = [];
  let sliceEndsMs = clock.now() + sliceMs;
  for (const item of items) {
    changed.push(change(item));
    if (changed.length % stepsBetweenLooks !== 0 || clock.now() < sliceEndsMs) continue;
    await delay(clock, 0);
    sliceEndsMs = clock.now() + sliceMs;
  }
  return changed;
}
