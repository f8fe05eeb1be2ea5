import ipaddr from 'ipaddr.js';
import { formatCidr, parseCidr } from '../ipv4';
import type { SecurityGroupPeer, SecurityGroupRule } from '../network';
import { ICMP, TCP, UDP } from './flow';

/** A range as EC2 keeps it: bits behind the prefix cleared, an address alone as its /32 or /128; undefined for what is neither. */
export function canonicalRange(text: string): string | undefined {
  const trimmed = text.trim();
  const isIpv6 = trimmed.includes(':');
  const withPrefix = trimmed.includes('/') ? trimmed : `${trimmed}/${isIpv6 ? 128 : 32}`;
  if (!isIpv6) {
    const range = parseCidr(withPrefix);
    return range && formatCidr(range);
  }
  // A zone, as in fe80::%eth0, is for a host's own use.
  if (withPrefix.includes('%') || !ipaddr.IPv6.isValidCIDR(withPrefix)) return undefined;
  const network = ipaddr.IPv6.networkAddressFromCIDR(withPrefix);
  return `${network.toString()}/${withPrefix.split('/')[1]}`;
}

type Rule = Omit<SecurityGroupRule, 'id' | 'description'>;

/** Whether two rules are the same to EC2, which refuses the second: descriptions do not count. */
export function isSameRule(one: Rule, other: Rule): boolean {
  return ruleKey(one) === ruleKey(other);
}

function ruleKey({ direction, protocol, fromPort, toPort, peer }: Rule): string {
  return JSON.stringify([direction, protocol, ...ports(protocol, fromPort, toPort), peerKey(peer)]);
}

function ports(protocol: number, from: number | undefined, to: number | undefined): readonly (number | undefined)[] {
  if (protocol === TCP || protocol === UDP) return [from ?? 0, to ?? from ?? 65_535];
  return protocol === ICMP ? [from ?? -1, to ?? -1] : [];
}

function peerKey(peer: SecurityGroupPeer): string {
  switch (peer.kind) {
    case 'cidr':
      return canonicalRange(peer.cidr) ?? peer.cidr;
    case 'group':
      return peer.groupId;
    case 'prefixList':
      return peer.prefixListId;
  }
}

/** `443`, `8000-8100`, or empty for all; undefined for what is no range of ports. */
export function parsePorts(text: string): { readonly fromPort: number; readonly toPort: number } | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return { fromPort: 0, toPort: 65_535 };
  const [, first, last = first] = /^(\d{1,5})(?:\s*[-–]\s*(\d{1,5}))?$/.exec(trimmed) ?? [];
  const [fromPort, toPort] = [Number(first), Number(last)];
  return first !== undefined && fromPort <= toPort && toPort <= 65_535 ? { fromPort, toPort } : undefined;
}
