import type { PeeringState } from '../core/peering';
import { t } from './translation';

/** Our own words for the states of a peering connection. */
export function peeringStateWords(state: PeeringState): string {
  switch (state) {
    case 'initiatingRequest':
      return t('being requested');
    case 'pendingAcceptance':
      return t('waiting for acceptance');
    case 'provisioning':
      return t('being set up');
    case 'active':
      return t('active');
    case 'rejected':
      return t('rejected');
    case 'expired':
      return t('expired');
    case 'failed':
      return t('failed');
    case 'deleting':
      return t('being deleted');
    case 'deleted':
      return t('deleted');
  }
}

type LackTold =
  | { readonly kind: 'notAccepted'; readonly accountId: string }
  | { readonly kind: 'noRoute' | 'notAdmitted'; readonly vpcId: string; readonly cidr: string }
  | { readonly kind: 'blackhole'; readonly routeTableId: string; readonly cidr: string };

/** What is missing for traffic to pass, in a line. */
export function peeringLackWords(lack: LackTold): string {
  switch (lack.kind) {
    case 'notAccepted':
      return t('Account {0} has not accepted it yet', lack.accountId);
    case 'noRoute':
      return t('No route table of {0} leads to {1}', lack.vpcId, lack.cidr);
    case 'notAdmitted':
      return t('No security group of {0} admits {1}', lack.vpcId, lack.cidr);
    case 'blackhole':
      return t('{0} sends {1} into a black hole', lack.routeTableId, lack.cidr);
  }
}

/** Which side it is. */
export function sideWords(side: 'requester' | 'accepter'): string {
  return side === 'requester' ? t('requester') : t('accepter');
}

/** Whether host names of a side's VPC lead to private addresses over there. */
export function remoteDnsWords(isAllowed: boolean): string {
  return isAllowed
    ? t('its host names resolve to private addresses over there')
    : t('its host names resolve to public addresses over there');
}
