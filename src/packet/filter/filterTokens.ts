import { parseIpv6 } from '../../core/ipv6';
import { parseMac } from '../headers/addressText';
import { FilterError, type FilterPlace, SYNTAX_ERROR } from './filterError';

/** A word, number, address or sign. `word` covers names of hosts and ports; `keyword` the language's own words and signs. */
export type FilterToken = FilterPlace & TokenContent;

type TokenContent =
  | { readonly kind: 'keyword'; readonly text: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'dotted'; readonly text: string }
  | { readonly kind: 'ipv6'; readonly address: Uint8Array; readonly text: string }
  | { readonly kind: 'mac'; readonly address: Uint8Array }
  | { readonly kind: 'word'; readonly text: string };

const keywords = new Set(
  (
    'and or not host net mask port portrange proto protochain src dst less greater len broadcast multicast ether ip ip6 arp rarp tcp udp ' +
    'sctp icmp icmp6 igmp esp ah pim vrrp gateway inbound outbound vlan mpls pppoed pppoes geneve ifname ifindex rnr ' +
    'reason ruleset srnr action dir type subtype addr1 addr2 addr3 addr4 ra ta decnet iso stp ipx netbeui ' +
    'lat moprc mopdl atalk aarp carp radio clnp esis isis igrp byte'
  ).split(' '),
);

const synonyms: Readonly<Record<string, string>> = {
  '&&': 'and',
  '||': 'or',
  '!': 'not',
  '==': '=',
  length: 'len',
  link: 'ether',
  fddi: 'ether',
  tr: 'ether',
  wlan: 'ether',
  on: 'ifname',
  rulenum: 'rnr',
  rset: 'ruleset',
  subrulenum: 'srnr',
};

/** Names of offsets and values (pcap-filter(7)). */
const constants: Readonly<Record<string, number>> = {
  tcpflags: 13,
  'tcp-fin': 0x01,
  'tcp-syn': 0x02,
  'tcp-rst': 0x04,
  'tcp-push': 0x08,
  'tcp-ack': 0x10,
  'tcp-urg': 0x20,
  'tcp-ece': 0x40,
  'tcp-cwr': 0x80,
  icmptype: 0,
  icmpcode: 1,
  'icmp-echoreply': 0,
  'icmp-unreach': 3,
  'icmp-sourcequench': 4,
  'icmp-redirect': 5,
  'icmp-echo': 8,
  'icmp-routeradvert': 9,
  'icmp-routersolicit': 10,
  'icmp-timxceed': 11,
  'icmp-paramprob': 12,
  'icmp-tstamp': 13,
  'icmp-tstampreply': 14,
  'icmp-ireq': 15,
  'icmp-ireqreply': 16,
  'icmp-maskreq': 17,
  'icmp-maskreply': 18,
  icmp6type: 0,
  icmp6code: 1,
  'icmp6-destinationunreach': 1,
  'icmp6-packettoobig': 2,
  'icmp6-timeexceeded': 3,
  'icmp6-parameterproblem': 4,
  'icmp6-echo': 128,
  'icmp6-echoreply': 129,
  'icmp6-multicastlistenerquery': 130,
  'icmp6-multicastlistenerreportv1': 131,
  'icmp6-multicastlistenerdone': 132,
  'icmp6-routersolicit': 133,
  'icmp6-routeradvert': 134,
  'icmp6-neighborsolicit': 135,
  'icmp6-neighboradvert': 136,
  'icmp6-redirect': 137,
  'icmp6-routerrenum': 138,
  'icmp6-nodeinformationquery': 139,
  'icmp6-nodeinformationresponse': 140,
  'icmp6-ineighbordiscoverysolicit': 141,
  'icmp6-ineighbordiscoveryadvert': 142,
  'icmp6-multicastlistenerreportv2': 143,
  'icmp6-homeagentdiscoveryrequest': 144,
  'icmp6-homeagentdiscoveryreply': 145,
  'icmp6-mobileprefixsolicit': 146,
  'icmp6-mobileprefixadvert': 147,
  'icmp6-certpathsolicit': 148,
  'icmp6-certpathadvert': 149,
  'icmp6-multicastrouteradvert': 151,
  'icmp6-multicastroutersolicit': 152,
  'icmp6-multicastroutertermination': 153,
};

const BLANKS = /[ \t\r\n]+/y;
const SIGNS = /&&|\|\||!=|==|>=|<=|<<|>>|[-+*/%^:[\]!<>()&|=]/y;
const MAC = /[0-9A-Fa-f]{1,2}(?::[0-9A-Fa-f]{1,2}){5}(?![0-9A-Za-z:.])/y;
const IPV6 = /(?:[0-9A-Fa-f]{0,4}:){2,7}(?:\d+\.\d+\.\d+\.\d+|[0-9A-Fa-f]{0,4})/y;
const ESCAPED = /\\[^ !()\t\n]+/y;
const NAME = /[A-Za-z0-9](?:[-_.A-Za-z0-9]*[.A-Za-z0-9])?/y;

/** Throws a {@link FilterError} with its place for characters that have no place in the language. */
export function filterTokens(text: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found || undefined;
  };
  while (at < text.length) {
    if (take(BLANKS)) continue;
    const start = at;
    try {
      const content =
        mac(take(MAC)) ?? ipv6(take(IPV6)) ?? escaped(take(ESCAPED)) ?? named(take(NAME)) ?? sign(take(SIGNS));
      if (!content) throw new FilterError(SYNTAX_ERROR);
      tokens.push({ ...content, start, end: at });
    } catch (error) {
      if (error instanceof FilterError) error.place = { start, end: Math.max(at, start + 1) };
      throw error;
    }
  }
  return tokens;
}

function mac(text: string | undefined): TokenContent | undefined {
  const address = text === undefined ? undefined : parseMac(text);
  return address && { kind: 'mac', address };
}

function ipv6(text: string | undefined): TokenContent | undefined {
  if (text === undefined) return undefined;
  const address = parseIpv6(text);
  if (!address) throw new FilterError(`bogus IPv6 address ${text}`);
  return { kind: 'ipv6', address, text };
}

function escaped(text: string | undefined): TokenContent | undefined {
  return text === undefined ? undefined : { kind: 'word', text: text.slice(1) };
}

function sign(text: string | undefined): TokenContent | undefined {
  return text === undefined ? undefined : { kind: 'keyword', text: synonyms[text] ?? text };
}

function named(text: string | undefined): TokenContent | undefined {
  if (text === undefined) return undefined;
  const word = synonyms[text] ?? text;
  if (keywords.has(word)) return { kind: 'keyword', text: word };
  const constant = Object.hasOwn(constants, text) ? constants[text] : undefined;
  if (constant !== undefined) return { kind: 'number', value: constant };
  if (/^\d+(?:\.\d+){1,3}$/.test(text)) return { kind: 'dotted', text };
  if (/^(?:\d+|0[xX][0-9a-fA-F]+)$/.test(text)) return { kind: 'number', value: numberOf(text) };
  return { kind: 'word', text };
}

/** As in C: `0x` for hexadecimal, a leading zero for octal. */
function numberOf(text: string): number {
  if (/^0[xX]/.test(text)) return inRange(text, Number.parseInt(text, 16));
  if (!/^0\d/.test(text)) return inRange(text, Number(text));
  if (/[89]/.test(text)) throw new FilterError(`number ${text} contains non-octal digit`);
  return inRange(text, Number.parseInt(text, 8));
}

function inRange(text: string, value: number): number {
  if (value > 0xffff_ffff) throw new FilterError(`number ${text} overflows 32 bits`);
  return value;
}
