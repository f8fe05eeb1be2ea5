import type { RangeProblem } from '../core/subnetRanges';
import { t } from './translation';

/** Why a range cannot be. */
export function rangeProblemWords(problem: RangeProblem): string {
  switch (problem) {
    case 'notARange':
      return t('A range reads like 10.1.0.0/16, with no bit set behind the prefix.');
    case 'size':
      return t('AWS takes prefixes from /16 to /28.');
    case 'outside':
      return t('It does not lie inside the VPC.');
    case 'taken':
      return t('It overlaps a subnet of the VPC.');
  }
}
