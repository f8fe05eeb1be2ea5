/** Addresses that mean the same in every VPC: a VPC does not route them, whatever its tables say. */
import type { AddressClass } from './classification';
import { covers } from './ipv4';
import { containsIpv6, parseIpv6, parseIpv6Range } from './ipv6';
import {
  INSTANCE_METADATA,
  IPV6_INSTANCE_METADATA,
  IPV6_RESOLVER,
  IPV6_TIME_SYNC,
  LINK_LOCAL_RESOLVER,
  TIME_SYNC,
} from './vpcResolver';

const byAddress: ReadonlyMap<string, AddressClass> = new Map<string, AddressClass>([
  [LINK_LOCAL_RESOLVER, 'resolver'],
  [IPV6_RESOLVER, 'resolver'],
  [INSTANCE_METADATA, 'metadata'],
  [IPV6_INSTANCE_METADATA, 'metadata'],
  [TIME_SYNC, 'timeSync'],
  [IPV6_TIME_SYNC, 'timeSync'],
  // A host without an address yet (RFC 1122 §3.2.1.3, RFC 4291 §2.5.2), and a host's way to itself.
  ['0.0.0.0', 'ownAddress'],
  ['::', 'ownAddress'],
  ['::1', 'ownAddress'],
  ['255.255.255.255', 'multicast'],
]);

/** RFC 6890, RFC 4291 §2.4; `fd00:ec2::/32` is AWS's for services on the host ("Amazon EC2 User Guide: IPv6 addresses"). */
const byRange: readonly (readonly [string, AddressClass])[] = [
  ['127.0.0.0/8', 'ownAddress'],
  ['169.254.0.0/16', 'linkLocal'],
  ['224.0.0.0/4', 'multicast'],
  ['240.0.0.0/4', 'unknown'],
  ['fe80::/10', 'linkLocal'],
  ['ff00::/8', 'multicast'],
  ['fd00:ec2::/32', 'linkLocal'],
];

export const specialAddresses: readonly string[] = [...byAddress.keys()];
export const specialRanges: readonly string[] = byRange.map(([range]) => range);

/** What such an address is; undefined for every other. The VPC's own resolver is none of them: its address is the VPC's. */
export function specialClass(address: string): AddressClass | undefined {
  return byAddress.get(address) ?? byRange.find(([range]) => rangeHolds(range, address))?.[1];
}

/** Whether an address lies in a range, both as text of either family. */
export function rangeHolds(cidr: string, address: string): boolean {
  if (!cidr.includes(':')) return covers(cidr, address);
  const range = parseIpv6Range(cidr);
  const bytes = parseIpv6(address);
  return range !== undefined && bytes !== undefined && containsIpv6(range, bytes);
}
