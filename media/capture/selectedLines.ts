import { lineAt } from '../../src/packet/packing';
import type { RowSelection } from './rowSelection';
import type { RowStore } from './rowStore';
import type { ShownRows } from './shownRows';

/** What goes to the clipboard at once; whoever wants more saves the capture. */
export const MOST_LINES = 20_000;

/** How many of the rows shown are selected. */
export function selectedCount(selection: RowSelection, shown: ShownRows): number {
  if (selection.active === undefined) return 0;
  return shown.positionOf(selection.last + 1) - shown.positionOf(selection.first);
}

/** The selected packets' lines as tcpdump printed them, one below the other. */
export function selectedLines(selection: RowSelection, shown: ShownRows, store: RowStore): string {
  const first = shown.positionOf(selection.first);
  const lines = Array.from({ length: selectedCount(selection, shown) }, (_, index) => {
    const place = store.at(shown.rowAt(first + index) ?? -1);
    return place ? lineAt(place.columns, place.index) : '';
  });
  return lines.join('\n');
}
