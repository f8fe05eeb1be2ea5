import type { FilterProblemCode } from '../../core/captureFilter';
import { FilterError, type FilterPlace, NO_QUALIFIER, SYNTAX_ERROR } from './filterError';
import { filterRefusal, unpairedParenthesis } from './filterRefusal';
import { readFilter } from './readFilter';

export interface FilterProblem extends FilterPlace {
  readonly code: FilterProblemCode;
  /** What tcpdump would say, in libpcap's words; empty for what it never gets to see. */
  readonly detail: string;
}

/** The first thing that is wrong with an expression as it is written, with its place; undefined for a filter. Does not throw. */
export function findFilterProblem(text: string): FilterProblem | undefined {
  const refused = filterRefusal(text);
  if (refused) return { code: 'refused', detail: '', ...refused };
  try {
    readFilter(text, { hostAddresses: () => [] });
    return undefined;
  } catch (error) {
    if (!(error instanceof FilterError)) throw error;
    const unpaired = unpairedParenthesis(text);
    if (unpaired) return { code: 'unpaired', detail: error.message, ...unpaired };
    const place = error.place ?? { start: 0, end: text.length };
    return { code: codeOf(error, place), detail: error.message, start: place.start, end: place.end };
  }
}

function codeOf({ message, unsupported }: FilterError, { start, end }: FilterPlace): FilterProblemCode {
  if (unsupported) return 'notOurs';
  if (start === end) return 'incomplete';
  return message === SYNTAX_ERROR || message === NO_QUALIFIER ? 'unexpected' : 'value';
}
