import { copyText } from '../copyText';
import type { ValueTarget } from '../views/targets';

/** Resolves with what is on the clipboard now; undefined for a node that has nothing to copy. */
export async function copyValue(target: ValueTarget | undefined): Promise<string | undefined> {
  if (!target?.copyText) return undefined;
  await copyText(target.copyText);
  return target.copyText;
}
