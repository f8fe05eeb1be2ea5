import { t } from './translation';

type InstanceDeed = 'start' | 'attachProfile' | 'installTcpdump' | 'openShell';

/** What a button offers, told apart as `app` does. */
type Offered =
  | {
      readonly kind:
        | 'signIn'
        | 'repeat'
        | 'repeatOnAny'
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
  | { readonly kind: 'onInstance'; readonly deed: InstanceDeed }
  | { readonly kind: 'copy'; readonly what: 'iamPolicy' | 'command' }
  | { readonly kind: 'openPage'; readonly page: 'quotas' | 'awsCliInstall' };

/** The words on the button. */
export function remedyWords(remedy: Offered): string {
  switch (remedy.kind) {
    case 'signIn':
      return t('Sign In Again');
    case 'repeat':
      return t('Try Again');
    case 'repeatOnAny':
      return t('Capture on All Interfaces');
    case 'onInstance':
      return deedWords(remedy.deed);
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

function deedWords(deed: InstanceDeed): string {
  switch (deed) {
    case 'start':
      return t('Start Instance');
    case 'attachProfile':
      return t('Attach Instance Profile');
    case 'installTcpdump':
      return t('Install tcpdump');
    case 'openShell':
      return t('Open Shell');
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
