import { DEFAULT_FILTER } from '../core/captureFilter';

/** Traffic with any of the addresses; the usual filter when none is known. */
export function hostsFilter(addresses: readonly (string | undefined)[]): string {
  const hosts = addresses.flatMap(address => (address === undefined ? [] : [`host ${address}`]));
  return hosts.join(' or ') || DEFAULT_FILTER;
}

/**
 * What comes to an instance behind a load balancer: it sees the balancer's addresses, not the endpoint's nor those of who asked, so
 * that only the ports tell. All of TCP when they are not known.
 */
export function servedFilter(ports: readonly number[]): string {
  return ports.map(port => `tcp port ${port}`).join(' or ') || 'tcp';
}
