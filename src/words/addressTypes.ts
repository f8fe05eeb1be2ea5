import { t } from './translation';

/** Which addresses an endpoint's interfaces have. */
export function addressTypeWords(type: 'ipv4' | 'ipv6' | 'dualstack'): string {
  switch (type) {
    case 'ipv4':
      return 'IPv4';
    case 'ipv6':
      return 'IPv6';
    case 'dualstack':
      return t('Dualstack');
  }
}

/** What it asks of the subnets. */
export function addressTypeNeeds(type: 'ipv4' | 'ipv6' | 'dualstack'): string {
  switch (type) {
    case 'ipv4':
      return t('an IPv4 address in each subnet');
    case 'ipv6':
      return t('the subnets need an IPv6 range alone');
    case 'dualstack':
      return t('IPv4 and IPv6; the subnets need both ranges');
  }
}
