import type { Prose, Telling } from '../core/prose';
import { t } from './translation';

/** Says what another room wrote down as prose. */
export function say(text: Prose): string {
  return t(text);
}

/** As {@link say}, with its parameters filled in. */
export function tell({ text, parameters }: Telling): string {
  return t(text, ...parameters);
}
