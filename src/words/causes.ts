import type { PathCause } from '../core/verdict';
import { t } from './translation';

/** What a cause speaks of. Each may be missing; the words then do without it. */
export interface CauseSubject {
  /** As in the verdict or the outcome: a group, a table, an attribute, an API call. */
  readonly subject: string | undefined;
  /** How people call the endpoint: its Name tag, else its id. */
  readonly endpoint: string | undefined;
}

/** A cause as the end of a sentence, after "because": no capital, no full stop. */
export function causeWords(cause: PathCause, { subject, endpoint }: CauseSubject): string {
  const of = subject ?? '';
  const which = endpoint ?? t('the endpoint');
  switch (cause) {
    case 'privateDnsOff':
      return t('private DNS of {0} is off', which);
    case 'endpointNotAvailable':
      return t('{0} is not available', which);
    case 'dnsAttributesOff':
      return subject?.startsWith('enable')
        ? t('the DNS attribute {0} of the VPC is off', of)
        : t('a DNS attribute of the VPC is off');
    case 'dnsSupportOff':
      return t('the VPC answers no DNS questions (enableDnsSupport is off)');
    case 'foreignNameServer':
      return subject
        ? t('the VPC’s DHCP options name the DNS server {0}, which does not know private names', of)
        : t('the VPC’s DHCP options name a DNS server of their own, which does not know private names');
    case 'staleName':
      return t('{0} answers for the name by now; the program still used an older answer', which);
    case 'noEndpoint':
      return t('no endpoint in this VPC offers the service');
    case 'endpointInOtherVpc':
      return t('{0} is in another VPC', which);
    case 'noSuchName':
      return t('the name does not exist');
    case 'publicDns':
      return t('the name leads to a public address');
    case 'privateDnsOfEndpoint':
    case 'endpointName':
      return t('the name leads to {0}', which);
    case 'vpcHostName':
      return t('the name is a host name of the VPC');
    case 'securityGroupLacksPort':
      return subject ? t('security group {0} does not admit the port', of) : t('no security group admits the port');
    case 'securityGroupBlocksEgress':
      return subject
        ? t('security group {0} of the instance lets nothing out there', of)
        : t('no security group of the instance lets it out');
    case 'networkAclDenies':
      return subject ? t('network ACL {0} denies it', of) : t('a network ACL denies it');
    case 'noRoute':
      return subject ? t('route table {0} has no route there', of) : t('there is no route');
    case 'blackhole':
      return subject ? t('the route in {0} is a blackhole', of) : t('the route is a blackhole');
    case 'noPublicAddress':
      return t('the route leads to an internet gateway, and the instance has no public address');
    case 'nobodyAtAddress':
      return t('nobody in the VPC has that address');
    case 'refused':
      return t('nothing listens on that port');
    case 'causeUnread':
      return subject ? t('the reason is not known: {0} could not be read', of) : t('the reason could not be read');
    case 'unexplained':
      return t('no rule that was read explains it');
  }
}
