import { t } from './translation';

type TagProblemTold =
  | { readonly kind: 'empty' | 'reserved' | 'tooMany' }
  | { readonly kind: 'keyTooLong' | 'valueTooLong'; readonly most: number };

/** Why AWS would refuse a tag. */
export function tagProblemWords(problem: TagProblemTold): string {
  switch (problem.kind) {
    case 'empty':
      return t('A tag needs a key.');
    case 'reserved':
      return t('Keys that begin with aws: are AWS’s own.');
    case 'tooMany':
      return t('A resource has at most 50 tags.');
    case 'keyTooLong':
      return t('A key has at most {0} characters.', problem.most);
    case 'valueTooLong':
      return t('A value has at most {0} characters.', problem.most);
  }
}
