/** IPv4 addresses as unsigned 32-bit numbers and ranges as first address plus prefix length. */
import ipaddr from 'ipaddr.js';

/** A range in canonical form: no bit set behind the prefix. */
export interface Cidr {
  /** First address, unsigned. */
  readonly first: number;
  /** Last address, unsigned. */
  readonly last: number;
  /** 0 to 32. */
  readonly prefixLength: number;
}

/** Dotted decimal to its number; undefined for anything else, such as `10.1`, `010.0.0.1` or a name. */
export function parseIpv4(text: string): number | undefined {
  let value = 0;
  let part = -1;
  let parts = 1;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 46) {
      if (part < 0 || ++parts > 4) return undefined;
      value = value * 256 + part;
      part = -1;
    } else if (code >= 48 && code <= 57 && part !== 0) {
      part = part < 0 ? code - 48 : part * 10 + code - 48;
      if (part > 255) return undefined;
    } else return undefined;
  }
  return parts === 4 && part >= 0 ? value * 256 + part : undefined;
}

/** Dotted decimal of an unsigned number. */
export function formatIpv4(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** As {@link parseIpv4}; throws a RangeError instead. For text that the cloud gave us. */
export function ipv4(text: string): number {
  const address = parseIpv4(text);
  if (address === undefined) throw new RangeError(`${JSON.stringify(text)} is not an IPv4 address`);
  return address;
}

/** The netmask of a prefix, unsigned: 0 to 32 ones from the top. */
export function prefixMask(prefixLength: number): number {
  return prefixLength === 0 ? 0 : (0xffff_ffff << (32 - prefixLength)) >>> 0;
}

/** The range of `prefixLength` that an address lies in. */
export function cidrAround(address: number, prefixLength: number): Cidr {
  const size = 2 ** (32 - prefixLength);
  const first = address - (address % size);
  return { first, last: first + size - 1, prefixLength };
}

const parsedRanges = new Map<string, Cidr | undefined>();
const parsedRangesLimit = 10_000;

/**
 * `a.b.c.d/n` to its range, bits behind the prefix cleared as EC2 does; undefined for IPv6 and for text of another form.
 * Remembered, because the same few ranges are asked for at every packet.
 */
export function parseCidr(text: string): Cidr | undefined {
  if (parsedRanges.has(text)) return parsedRanges.get(text);
  if (parsedRanges.size >= parsedRangesLimit) parsedRanges.clear();
  const range = readCidr(text);
  parsedRanges.set(text, range);
  return range;
}

function readCidr(text: string): Cidr | undefined {
  if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) return undefined;
  const [address, prefixLength] = ipaddr.IPv4.parseCIDR(text);
  return cidrAround(ipv4(address.toString()), prefixLength);
}

/** `172.31.0.0/16`. */
export function formatCidr(range: Cidr): string {
  return `${formatIpv4(range.first)}/${range.prefixLength}`;
}

/** `address` is unsigned. */
export function contains(range: Cidr, address: number): boolean {
  return address >= range.first && address <= range.last;
}

/** Whether an address lies in a range, both as text; false when either is no IPv4. */
export function covers(cidr: string, address: string): boolean {
  const range = parseCidr(cidr);
  const number = parseIpv4(address);
  return range !== undefined && number !== undefined && contains(range, number);
}

/** Whether two ranges share an address. */
export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.first <= b.last && b.first <= a.last;
}
