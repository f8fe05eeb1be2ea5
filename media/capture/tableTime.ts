import type { RowPlace, RowStore } from './rowStore';
import { seconds, type TimeForm, timeOfDay } from './rowTime';
import type { ShownRows } from './shownRows';

/** What the time column says of a packet. The one before is the one that is shown before. */
export function tableTime(
  form: TimeForm,
  { columns, index }: RowPlace,
  position: number,
  store: RowStore,
  shown: ShownRows,
): string {
  const time = columns.timeMicros[index] as number;
  switch (form) {
    case 'timeOfDay':
      return timeOfDay(time);
    case 'timeSinceFirst':
      return seconds(time - (store.firstTimeMicros ?? time));
    case 'timeSincePrevious':
      return seconds(time - (timeAt(shown.rowAt(position - 1), store) ?? time));
  }
}

/** Undefined for a row that is not held. */
export function timeAt(row: number | undefined, store: RowStore): number | undefined {
  const place = row === undefined ? undefined : store.at(row);
  return place?.columns.timeMicros[place.index];
}
