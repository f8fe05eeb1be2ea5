/** Addresses that every VPC answers at, outside of what security groups and ACLs see (`Amazon VPC User Guide: DNS attributes`). */
import { formatIpv4, parseCidr } from './ipv4';
import type { DhcpOptions, Vpc } from './network';

/** The resolver's second address, the same in every VPC. */
export const LINK_LOCAL_RESOLVER = '169.254.169.253';
export const INSTANCE_METADATA = '169.254.169.254';
/** "Amazon EC2 User Guide: Set the time reference on your EC2 instance to use the local Amazon Time Sync Service". */
export const TIME_SYNC = '169.254.169.123';
/** The same three services on instances of the Nitro System with IPv6. */
export const IPV6_RESOLVER = 'fd00:ec2::253';
export const IPV6_INSTANCE_METADATA = 'fd00:ec2::254';
export const IPV6_TIME_SYNC = 'fd00:ec2::123';
export const AMAZON_PROVIDED_DNS = 'AmazonProvidedDNS';

/** Base of the primary range plus two; undefined for a VPC without an IPv4 range. */
export function resolverAddress(vpc: Pick<Vpc, 'cidrBlocks'>): string | undefined {
  const range = parseCidr(vpc.cidrBlocks[0] ?? '');
  return range && formatIpv4(range.first + 2);
}

/** Whether instances ask the VPC's own resolver first. No set of options, or one without servers, means they do. */
export function usesVpcResolver(vpc: Pick<Vpc, 'cidrBlocks'>, options: DhcpOptions | undefined): boolean {
  const first = options?.domainNameServers[0];
  return first === undefined || [AMAZON_PROVIDED_DNS, LINK_LOCAL_RESOLVER, resolverAddress(vpc)].includes(first);
}
