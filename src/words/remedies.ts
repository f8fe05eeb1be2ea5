import { t } from './translation';

/** What a button offers, told apart as `app` does. */
type Offered =
  | {
      readonly kind:
        | 'signIn'
        | 'repeat'
        | 'refresh'
        | 'changeDnsAttributes'
        | 'createGatewayEndpoint'
        | 'allowChanges'
        | 'openAwsConfig'
        | 'openProxySettings'
        | 'manageTrust'
        | 'startPractice'
        | 'showLog';
    }
  | { readonly kind: 'reveal'; readonly view: 'endpoints' | 'services' | 'peering' | 'instances' }
  | { readonly kind: 'copy'; readonly what: 'iamPolicy' | 'command' }
  | { readonly kind: 'openPage'; readonly page: 'quotas' | 'awsCliInstall' };

/** The words on the button. */
export function remedyWords(remedy: Offered): string {
  switch (remedy.kind) {
    case 'signIn':
      return t('Sign In Again');
    case 'repeat':
      return t('Try Again');
    case 'refresh':
      return t('Refresh');
    case 'reveal':
      return revealWords(remedy.view);
    case 'copy':
      return remedy.what === 'iamPolicy' ? t('Copy IAM Policy') : t('Copy Command');
    case 'openPage':
      return remedy.page === 'quotas' ? t('Show Quotas') : t('How to Install');
    case 'changeDnsAttributes':
      return t('Switch On DNS Attributes');
    case 'createGatewayEndpoint':
      return t('Create Gateway Endpoint');
    case 'allowChanges':
      return t('Allow Changes');
    case 'openAwsConfig':
      return t('Open AWS Configuration');
    case 'openProxySettings':
      return t('Open Proxy Settings');
    case 'manageTrust':
      return t('Manage Workspace Trust');
    case 'startPractice':
      return t('Start Practice Cloud');
    case 'showLog':
      return t('Show Log');
  }
}

function revealWords(view: 'endpoints' | 'services' | 'peering' | 'instances'): string {
  switch (view) {
    case 'endpoints':
      return t('Show Endpoint');
    case 'services':
      return t('Show Service');
    case 'peering':
      return t('Show Peering');
    case 'instances':
      return t('Show Instance');
  }
}
