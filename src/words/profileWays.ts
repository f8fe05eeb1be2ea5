import { t } from './translation';

/** How a profile signs in, as its keys in the AWS configuration say. */
export type ProfileWay = 'keys' | 'role' | 'sso' | 'login' | 'process' | 'webIdentity' | 'none';

export function wayWords(way: ProfileWay): string {
  switch (way) {
    case 'keys':
      return t('access key');
    case 'role':
      return t('role');
    case 'sso':
      return t('IAM Identity Center');
    case 'login':
      return t('AWS sign-in');
    case 'process':
      return t('credential process');
    case 'webIdentity':
      return t('web identity');
    case 'none':
      return t('no credentials');
  }
}
