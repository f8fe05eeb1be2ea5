import type { Telling } from '../core/prose';
import { orGap } from '../core/reading';
import type { Gap } from '../core/snapshot';

/** What became of a question to the world. `subjects` are the ids and addresses that the answer rests on. */
export type Check =
  | { readonly state: 'holds'; readonly telling: Telling; readonly subjects: readonly string[] }
  | { readonly state: 'fails'; readonly telling: Telling }
  | { readonly state: 'unknown'; readonly gap: Gap };

export const holds = (telling: Telling, ...subjects: string[]): Check => ({ state: 'holds', telling, subjects });
export const fails = (telling: Telling): Check => ({ state: 'fails', telling });

/** Asks; what hangs on an unread part is unknown, neither green nor red. */
export function check(question: () => Check): Check {
  const answer = orGap(question);
  return answer.known ? answer.value : { state: 'unknown', gap: answer.gap };
}
