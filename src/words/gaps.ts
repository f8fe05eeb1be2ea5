import type { Gap } from '../core/snapshot';
import { t } from './translation';

/** Why something is not known. */
export function gapWords(gap: Gap): string {
  switch (gap.code) {
    case 'accessDenied':
      return t('Not allowed to read it ({0}).', gap.reading);
    case 'notSupported':
      return t('This cloud does not offer {0}.', gap.reading);
    case 'failed':
      return gap.detail ? t('{0} failed ({1}).', gap.reading, gap.detail) : t('{0} failed.', gap.reading);
    case 'notRead':
      return t('Not read yet ({0}).', gap.reading);
    case 'fromFile':
      return t('A file does not say.');
    case 'outOfSight':
      return t('No call shows what lies behind {0}.', gap.reading);
  }
}
