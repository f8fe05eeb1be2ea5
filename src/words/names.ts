import type { NameReason } from '../core/rules/resolveName';
import { causeWords } from './causes';
import { t } from './translation';

/** Whether a name's answer is private, and why not. `endpoint`: its Name tag or id. */
export function nameReasonWords(reason: NameReason, endpoint?: string): string {
  switch (reason) {
    case 'privateDnsOfEndpoint':
    case 'endpointName':
      return endpoint ? t('private: {0} answers for it', endpoint) : t('private: an endpoint answers for it');
    case 'vpcHostName':
      return t('private: a host name of the VPC');
    case 'publicDns':
      return t('public: no endpoint in this VPC answers for it');
    case 'noSuchName':
      return t('no such name');
    case 'dnsSupportOff':
      return t('no answer: {0}', causeWords(reason, { subject: undefined, endpoint }));
    case 'privateDnsOff':
    case 'endpointNotAvailable':
    case 'dnsAttributesOff':
    case 'foreignNameServer':
      return t('public, because {0}', causeWords(reason, { subject: undefined, endpoint }));
  }
}
