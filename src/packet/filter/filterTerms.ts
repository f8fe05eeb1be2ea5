/** What an id means under its qualifiers: `host 10.0.0.1`, `src port https`, `net 10.0/16`. The rules are those of libpcap's gencode.c. */
import { parseIpv4 } from '../../core/ipv4';
import { servicePort } from '../serviceNames';
import { FilterError, SYNTAX_ERROR } from './filterError';
import type { Direction, FilterNode } from './filterSyntax';

/** `none`: qualifiers of a word that takes no id. */
export type IdKind = 'default' | 'host' | 'net' | 'port' | 'portrange' | 'proto' | 'none';

export interface Qualifiers {
  /** `any`, or the protocol's word as written. */
  readonly protocol: string;
  readonly direction: Direction;
  readonly id: IdKind;
}

/** Finds addresses for a name; undefined when it has none. */
export type HostAddresses = (name: string) => readonly string[] | undefined;

/** A number or dotted number; `dotted` is its text when it had dots. */
export function numberTerm(value: number, dotted: string | undefined, qualifiers: Qualifiers): FilterNode {
  switch (qualifiers.id) {
    case 'default':
    case 'host':
    case 'net':
      return addressTerm(value, dotted, qualifiers);
    case 'port':
    case 'portrange':
      return portTerm(dotted === undefined ? value : dottedNumber(dotted).value, undefined, qualifiers);
    case 'proto':
      return protocolTerm(dotted === undefined ? value : dottedNumber(dotted).value, qualifiers);
    case 'none':
      throw new FilterError(SYNTAX_ERROR);
  }
}

/** `10.0.0.0/8` or `10.0.0.0 mask 255.0.0.0`. `shown` is the text of both, for the message. */
export function maskedTerm(
  dotted: string,
  mask: { readonly bits: number } | { readonly dotted: string },
  qualifiers: Qualifiers,
): FilterNode {
  const { value, bits } = dottedNumber(dotted);
  const address = (value << (32 - bits)) >>> 0;
  const isPrefix = 'bits' in mask;
  if (isPrefix && mask.bits > 32) throw new FilterError('mask length must be <= 32');
  const maskValue = isPrefix ? prefixMask(mask.bits) : maskOf(mask.dotted);
  if ((address & ~maskValue) >>> 0 !== 0) {
    throw new FilterError(`non-network bits set in "${dotted}${isPrefix ? `/${mask.bits}` : ` mask ${mask.dotted}`}"`);
  }
  if (qualifiers.id !== 'net') throw new FilterError('Mask syntax for networks only');
  return networkTerm(address, maskValue, qualifiers);
}

/** An IPv6 address; with a prefix length only under `net`. */
export function address6Term(
  address: Uint8Array,
  prefixLength: number,
  hasMask: boolean,
  qualifiers: Qualifiers,
): FilterNode {
  if (prefixLength > 128) throw new FilterError('mask length must be <= 128');
  if (hasMask && qualifiers.id !== 'net') throw new FilterError('Mask syntax for networks only');
  if (!['default', 'host', 'net'].includes(qualifiers.id))
    throw new FilterError('invalid qualifier against IPv6 address');
  if (qualifiers.protocol !== 'any' && qualifiers.protocol !== 'ip6') {
    throw new FilterError(`'${qualifiers.protocol}' modifier applied to ip6 host`);
  }
  return { kind: 'address6', direction: qualifiers.direction, address, prefixLength };
}

export function macTerm(address: Uint8Array, qualifiers: Qualifiers): FilterNode {
  if (qualifiers.protocol !== 'ether' || (qualifiers.id !== 'host' && qualifiers.id !== 'default')) {
    throw new FilterError('ethernet address used in non-ether expression');
  }
  return { kind: 'ethernetHost', direction: qualifiers.direction, address };
}

/** A name of a host, port, range of ports or protocol. */
export function wordTerm(word: string, qualifiers: Qualifiers, hostAddresses: HostAddresses): FilterNode {
  switch (qualifiers.id) {
    case 'default':
    case 'host':
      return namedHostTerm(word, qualifiers, hostAddresses);
    case 'net':
      throw new FilterError(`unknown network '${word}'`);
    case 'port':
      return namedPortTerm(word, qualifiers);
    case 'portrange':
      return portRangeTerm(word, qualifiers);
    case 'proto':
      return namedProtocolTerm(word, qualifiers);
    case 'none':
      throw new FilterError(SYNTAX_ERROR);
  }
}

/** Parts from the left, eight bits each; a short one has fewer bits (`10.1` has 16). */
function dottedNumber(text: string): { readonly value: number; readonly bits: number } {
  const parts = text.split('.').map(Number);
  if (parts.some(part => part > 255)) throw new FilterError(`invalid IPv4 address '${text}'`);
  return { value: parts.reduce((value, part) => value * 256 + part, 0), bits: parts.length * 8 };
}

function maskOf(text: string): number {
  const { value, bits } = dottedNumber(text);
  return (value << (32 - bits)) >>> 0;
}

const prefixMask = (bits: number) => (bits === 0 ? 0 : (0xffff_ffff << (32 - bits)) >>> 0);

/** Short numbers are filled with zeros from the right: `net 10` is 10.0.0.0/8, `host 10.1` any host of 10.1.0.0/16. */
function addressTerm(value: number, dotted: string | undefined, qualifiers: Qualifiers): FilterNode {
  if (qualifiers.protocol === 'ether') throw new FilterError('illegal link layer address');
  if (dotted !== undefined) {
    const { value: parts, bits } = dottedNumber(dotted);
    return networkTerm((parts << (32 - bits)) >>> 0, prefixMask(bits), qualifiers);
  }
  let address = value;
  let mask = 0xffff_ffff;
  while (qualifiers.id === 'net' && address !== 0 && address >>> 24 === 0) {
    address = (address << 8) >>> 0;
    mask = (mask << 8) >>> 0;
  }
  return networkTerm(address, mask, qualifiers);
}

function networkTerm(address: number, mask: number, { protocol, direction, id }: Qualifiers): FilterNode {
  if (protocol !== 'any' && protocol !== 'ip' && protocol !== 'arp' && protocol !== 'rarp') {
    throw new FilterError(`'${protocol}' modifier applied to ${id === 'net' ? 'net' : 'host'}`);
  }
  return { kind: 'address', network: protocol, direction, address, mask };
}

function namedHostTerm(word: string, qualifiers: Qualifiers, hostAddresses: HostAddresses): FilterNode {
  const addresses = hostAddresses(word);
  if (!addresses) throw new FilterError(`unknown host '${word}'`);
  const numbers = addresses.map(parseIpv4).filter(address => address !== undefined);
  return numbers
    .map(address => networkTerm(address, 0xffff_ffff, qualifiers))
    .reduce<FilterNode>((left, right) => (left.kind === 'none' ? right : { kind: 'or', left, right }), {
      kind: 'none',
    });
}

function portProtocol({ protocol, id }: Qualifiers): 'any' | 'tcp' | 'udp' | 'sctp' {
  if (protocol === 'any' || protocol === 'tcp' || protocol === 'udp' || protocol === 'sctp') return protocol;
  throw new FilterError(`illegal qualifier of '${id}'`);
}

function portTerm(first: number, last: number | undefined, qualifiers: Qualifiers): FilterNode {
  const protocol = portProtocol(qualifiers);
  for (const port of [first, last ?? first]) {
    if (port > 65535) throw new FilterError(`illegal port number ${port} > 65535`);
  }
  return { kind: 'ports', protocol, direction: qualifiers.direction, first, last: last ?? first };
}

/** A name that only TCP or only UDP has narrows `port` to that protocol. */
function namedPortTerm(word: string, qualifiers: Qualifiers): FilterNode {
  const tcp = servicePort(word, 'tcp', 'exactly');
  const udp = servicePort(word, 'udp', 'exactly');
  const port = qualifiers.protocol === 'udp' ? (udp ?? tcp) : (tcp ?? udp);
  const wanted = portProtocol(qualifiers);
  if (port === undefined) throw new FilterError(`unknown port '${word}'`);
  const only = tcp === undefined ? 'udp' : udp === undefined || udp !== tcp ? 'tcp' : undefined;
  if (wanted === 'any') return portTerm(port, undefined, { ...qualifiers, protocol: only ?? 'any' });
  if (only !== undefined && wanted !== 'sctp' && wanted !== only) throw new FilterError(`port '${word}' is ${only}`);
  return portTerm(port, undefined, qualifiers);
}

function portRangeTerm(word: string, qualifiers: Qualifiers): FilterNode {
  const [, first, last] = /^(\d+)-(\d+)$/.exec(word) ?? [];
  if (first === undefined || last === undefined) throw new FilterError(`unknown port in range '${word}'`);
  const [low, high] = [Number(first), Number(last)];
  return portTerm(Math.min(low, high), Math.max(low, high), qualifiers);
}

const protocolNumbers: Readonly<Record<string, number>> = {
  icmp: 1,
  igmp: 2,
  tcp: 6,
  udp: 17,
  gre: 47,
  esp: 50,
  ah: 51,
  icmp6: 58,
  'ipv6-icmp': 58,
  pim: 103,
  vrrp: 112,
  sctp: 132,
};

const etherTypeNumbers: Readonly<Record<string, number>> = { ip: 0x800, arp: 0x806, rarp: 0x8035, ip6: 0x86dd };

function namedProtocolTerm(word: string, qualifiers: Qualifiers): FilterNode {
  const isEther = qualifiers.protocol === 'ether';
  const numbers = isEther ? etherTypeNumbers : protocolNumbers;
  const number = Object.hasOwn(numbers, word) ? numbers[word] : undefined;
  if (number === undefined) {
    throw new FilterError(isEther ? `unknown ether proto '${word}'` : `unknown ip proto '${word}'`);
  }
  return protocolTerm(number, qualifiers);
}

function protocolTerm(number: number, { protocol }: Qualifiers): FilterNode {
  if (protocol === 'ether') return { kind: 'etherType', number };
  if (protocol === 'any' || protocol === 'ip' || protocol === 'ip6')
    return { kind: 'ipProtocol', network: protocol, number };
  throw new FilterError(`'${protocol} proto' is bogus`);
}
