import type { EndpointAddressType } from './network';

/**
 * The address types that an endpoint can have for a service with these families, the usual one first: IPv6, alone or beside IPv4, only where the
 * service has it ("AWS PrivateLink Guide: Create an interface endpoint: IP address type").
 */
export function endpointAddressTypes(offered: readonly ('ipv4' | 'ipv6')[]): readonly EndpointAddressType[] {
  return offered.includes('ipv6') ? ['ipv4', 'dualstack', 'ipv6'] : ['ipv4'];
}
