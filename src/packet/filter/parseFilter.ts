import { markBehindTags } from './behindTags';
import { compileFilter, type Program } from './compileFilter';
import { REJECT } from './decisionGraph';
import { FilterError } from './filterError';
import type { FilterLinkType } from './filterSyntax';
import { type FilterPurpose, readFilter } from './readFilter';

export interface Filter {
  readonly program: Program;
  readonly linkType: FilterLinkType;
}

/** Compiles an expression of tcpdump's filter language; an empty one accepts everything. Throws a {@link FilterError} with libpcap's words. */
export function parseFilter(text: string, purpose: FilterPurpose = {}): Filter {
  const program = compileFilter(markBehindTags(readFilter(text, purpose)));
  if (program.start === REJECT) throw new FilterError('expression rejects all packets');
  return { program, linkType: purpose.linkType ?? 'ethernet' };
}
