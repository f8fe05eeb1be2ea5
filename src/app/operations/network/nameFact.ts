import type { Tags } from '../../../core/network';
import { t } from '../../../words/translation';
import type { ChangeFact } from '../../changes/plannedChange';

/** The Name tag, when there is one. */
export function nameTags(name: string | undefined): Tags {
  return name === undefined ? {} : { Name: name };
}

/** The name as the first line of a summary. */
export function nameFact(name: string | undefined): readonly ChangeFact[] {
  return name === undefined ? [] : [{ icon: 'tag', label: t('Name'), text: name }];
}
