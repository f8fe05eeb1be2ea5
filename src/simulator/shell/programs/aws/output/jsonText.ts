import type { PlainValue } from './plainValue';

/** Four spaces a level; characters beyond ASCII stay as they are. */
export function jsonText(value: PlainValue): string {
  return `${JSON.stringify(value, undefined, 4)}\n`;
}
