/** What an id means under its qualifiers: `host 10.0.0.1`, `src port https`, `net 10.0/16`. The rules are those of libpcap's gencode.c. */
import { parseIpv4, prefixMask } from '../../core/ipv4';
import { parseIpv6 } from '../../core/ipv6';
import { servicePort } from '../serviceNames';
import { FilterError, NO_QUALIFIER } from './filterError';
import type { Direction, FilterNode } from './filterSyntax';

/** `none`: qualifiers of a word that takes no id. */
export type IdKind = 'default' | 'host' | 'net' | 'port' | 'portrange' | 'proto' | 'gateway' | 'none';

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
  const isAddressOnly = qualifiers.id === 'port' || qualifiers.id === 'portrange' || qualifiers.id === 'proto';
  if (dotted !== undefined && isAddressOnly) throw new FilterError(`'${qualifiers.id}' modifier applied to ip host`);
  if (dotted !== undefined) dottedNumber(dotted);
  switch (qualifiers.id) {
    case 'default':
    case 'host':
    case 'net':
      return addressTerm(value, dotted, qualifiers);
    case 'port':
    case 'portrange':
      return portTerm(value, undefined, qualifiers);
    case 'proto':
      return protocolTerm(value, qualifiers);
    case 'gateway':
      throw new FilterError("'gateway' requires a name");
    case 'none':
      throw new FilterError(NO_QUALIFIER);
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

/** An IPv6 address; with a prefix length only under `net`. `shown` is its text, for the message. */
export function address6Term(
  address: Uint8Array,
  prefixLength: number,
  shown: string,
  { id, protocol, direction }: Qualifiers,
): FilterNode {
  if (prefixLength > 128) throw new FilterError('mask length must be <= 128');
  if (hasBitsBehind(address, prefixLength)) throw new FilterError(`non-network bits set in "${shown}/${prefixLength}"`);
  if (id !== 'default' && id !== 'host' && id !== 'net')
    throw new FilterError('invalid qualifier against IPv6 address');
  if (id !== 'net' && prefixLength !== 128) throw new FilterError('Mask syntax for networks only');
  const what = id === 'net' ? 'net' : 'host';
  if (protocol === 'ether') throw new FilterError(`link-layer modifier applied to ip6 ${what}`);
  if (protocol !== 'any' && protocol !== 'ip6') throw new FilterError(`'${protocol}' modifier applied to ip6 ${what}`);
  return { kind: 'address6', direction, address, prefixLength };
}

function hasBitsBehind(address: Uint8Array, prefixLength: number): boolean {
  return address.some((byte, index) => byte & (0xff >> Math.max(0, Math.min(8, prefixLength - index * 8))));
}

/** Frames on `any` have lost the hardware addresses that they were sent to. */
export function macTerm(address: Uint8Array, qualifiers: Qualifiers, isCooked: boolean): FilterNode {
  if (qualifiers.protocol !== 'ether' || (qualifiers.id !== 'host' && qualifiers.id !== 'default')) {
    throw new FilterError('ethernet address used in non-ether expression');
  }
  if (isCooked) {
    throw new FilterError(
      'ethernet addresses supported only on ethernet/FDDI/token ring/802.11/ATM LANE/Fibre Channel',
    );
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
    case 'gateway':
      throw new FilterError("'gateway' not supported in this configuration");
    case 'none':
      throw new FilterError(NO_QUALIFIER);
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
    if (protocol === 'ether') throw new FilterError('link-layer modifier applied to net');
    const what = protocol === 'ip6' ? 'ip host' : id === 'net' ? 'net' : 'host';
    throw new FilterError(`'${protocol}' modifier applied to ${what}`);
  }
  return { kind: 'address', network: protocol, direction, address, mask };
}

/** Any of the addresses that the name has in the families that the protocol allows; one that is known to have some, but not which, matches none. */
function namedHostTerm(word: string, qualifiers: Qualifiers, hostAddresses: HostAddresses): FilterNode {
  const { protocol } = qualifiers;
  if (protocol === 'ether') throw new FilterError(`unknown ether host '${word}'`);
  const addresses = hostAddresses(word);
  if (!addresses) throw new FilterError(`unknown host '${word}'`);
  const terms = addresses.flatMap(address => addressTerms(address, qualifiers));
  if (terms.length === 0 && addresses.length > 0) {
    throw new FilterError(`unknown host '${word}'${protocol === 'any' ? '' : ' for specified address family'}`);
  }
  return (
    terms.reduce<FilterNode | undefined>((left, right) => (left ? { kind: 'or', left, right } : right), undefined) ?? {
      kind: 'none',
    }
  );
}

function addressTerms(address: string, qualifiers: Qualifiers): FilterNode[] {
  const number = parseIpv4(address);
  if (number !== undefined) return qualifiers.protocol === 'ip6' ? [] : [networkTerm(number, 0xffff_ffff, qualifiers)];
  const bytes = parseIpv6(address);
  return bytes && qualifiers.protocol !== 'ip' ? [address6Term(bytes, 128, address, qualifiers)] : [];
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
  const only = onlyProtocol(word) ?? (udp !== tcp ? 'tcp' : undefined);
  if (wanted === 'any') return portTerm(port, undefined, { ...qualifiers, protocol: only ?? 'any' });
  if (only !== undefined && wanted !== only) throw new FilterError(`port '${word}' is ${only}`);
  return portTerm(port, undefined, qualifiers);
}

/** `80-90`, `http-https`. */
function portRangeTerm(word: string, qualifiers: Qualifiers): FilterNode {
  const wanted = portProtocol(qualifiers);
  const [, low = '', high = ''] = /^([^-]+)-(.+)$/.exec(word) ?? [];
  const [first, last] = [rangePort(low, qualifiers), rangePort(high, qualifiers)];
  if (first === undefined || last === undefined) throw new FilterError(`unknown port in range '${word}'`);
  const only = [low, high].map(onlyProtocol);
  const isOther = only[0] !== undefined && only[0] === only[1] && only[0] !== qualifiers.protocol;
  if (isOther && wanted !== 'any') throw new FilterError(`port in range '${word}' is ${only[0]}`);
  return portTerm(Math.min(first, last), Math.max(first, last), qualifiers);
}

/** The protocol that alone has a port of the name. */
function onlyProtocol(name: string): 'tcp' | 'udp' | undefined {
  const [tcp, udp] = [servicePort(name, 'tcp', 'exactly'), servicePort(name, 'udp', 'exactly')];
  if (tcp === undefined) return udp === undefined ? undefined : 'udp';
  return udp === undefined ? 'tcp' : undefined;
}

function rangePort(text: string, { protocol }: Qualifiers): number | undefined {
  return /^\d+$/.test(text) ? Number(text) : servicePort(text, protocol === 'udp' ? 'udp' : 'tcp');
}

/** Names in /etc/protocols, with what getprotobyname finds them by. */
const protocolNumbers: ReadonlyMap<string, number> = new Map(
  (
    'ip=0 hopopt=0 icmp=1 igmp=2 ggp=3 ipencap=4 st=5 tcp=6 egp=8 igp=9 pup=12 udp=17 hmp=20 xns-idp=22 rdp=27 iso-tp4=29 ' +
    'dccp=33 xtp=36 ddp=37 idpr-cmtp=38 ipv6=41 ipv6-route=43 ipv6-frag=44 idrp=45 rsvp=46 gre=47 esp=50 ah=51 skip=57 ' +
    'ipv6-icmp=58 ipv6-nonxt=59 ipv6-opts=60 rspf=73 vmtp=81 eigrp=88 ospf=89 ax.25=93 ipip=94 etherip=97 encap=98 pim=103 ' +
    'ipcomp=108 vrrp=112 l2tp=115 isis=124 sctp=132 fc=133 mobility-header=135 udplite=136 mpls-in-ip=137 manet=138 hip=139 ' +
    'shim6=140 wesp=141 rohc=142 ethernet=143'
  )
    .split(' ')
    .map(entry => [entry.split('=')[0] as string, Number(entry.split('=')[1])]),
);

/** Names that libpcap knows itself. */
const etherTypeNumbers: ReadonlyMap<string, number> = new Map([
  ['ip', 0x800],
  ['ip6', 0x86dd],
  ['arp', 0x806],
  ['rarp', 0x8035],
  ['aarp', 0x80f3],
  ['atalk', 0x809b],
  ['decnet', 0x6003],
  ['lat', 0x6004],
  ['loopback', 0x9000],
  ['mopdl', 0x6001],
  ['moprc', 0x6002],
]);

function namedProtocolTerm(word: string, qualifiers: Qualifiers): FilterNode {
  const { protocol } = qualifiers;
  const isIp = protocol === 'any' || protocol === 'ip' || protocol === 'ip6';
  if (!isIp && protocol !== 'ether') throw new FilterError(`unknown protocol: ${word}`);
  const number = (isIp ? protocolNumbers : etherTypeNumbers).get(word);
  if (number === undefined) throw new FilterError(`unknown ${isIp ? 'ip' : 'ether'} proto '${word}'`);
  return protocolTerm(number, qualifiers);
}

function protocolTerm(number: number, { protocol }: Qualifiers): FilterNode {
  if (protocol === 'ether') return { kind: 'etherType', number };
  if (protocol === 'any' || protocol === 'ip' || protocol === 'ip6')
    return { kind: 'ipProtocol', network: protocol, number };
  const isResolution = protocol === 'arp' || protocol === 'rarp';
  throw new FilterError(
    isResolution ? `${protocol} does not encapsulate another protocol` : `'${protocol} proto' is bogus`,
  );
}
