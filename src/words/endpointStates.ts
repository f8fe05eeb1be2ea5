import type { EndpointState } from '../core/network';
import { t } from './translation';

/** Our own words: the wire's spelling of states differs between services ("AWS PrivateLink Guide: Endpoint states"). */
export function endpointStateWords(state: EndpointState): string {
  switch (state) {
    case 'pendingAcceptance':
      return t('waiting for acceptance');
    case 'pending':
      return t('being created');
    case 'available':
      return t('available');
    case 'deleting':
      return t('being deleted');
    case 'deleted':
      return t('deleted');
    case 'rejected':
      return t('rejected');
    case 'failed':
      return t('failed');
    case 'expired':
      return t('expired');
    case 'partial':
      return t('partly available');
  }
}
