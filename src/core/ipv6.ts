/** IPv6 addresses and ranges as sixteen bytes, for the few questions that are asked of them. */
import ipaddr from 'ipaddr.js';
import { parseIpv4 } from './ipv4';

export interface Ipv6Range {
  /** Sixteen bytes; those behind the prefix do not count. */
  readonly first: Uint8Array;
  /** 0 to 128. */
  readonly prefixLength: number;
}

/** Sixteen bytes for IPv6 text, which may end in a dotted IPv4 address; undefined for other text, such as one with a zone. */
export function parseIpv6(text: string): Uint8Array | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const before = ipv6Groups(halves[0] as string, halves.length === 1);
  const after = halves.length === 2 ? ipv6Groups(halves[1] as string, true) : [];
  if (!before || !after) return undefined;
  const missing = 8 - before.length - after.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const bytes = new Uint8Array(16);
  [...before, ...Array<number>(missing).fill(0), ...after].forEach((group, index) => {
    bytes[index * 2] = group >> 8;
    bytes[index * 2 + 1] = group & 255;
  });
  return bytes;
}

function ipv6Groups(text: string, isEnd: boolean): number[] | undefined {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const dotted = isEnd && index === parts.length - 1 ? parseIpv4(part) : undefined;
    if (dotted !== undefined) groups.push(dotted >>> 16, dotted & 0xffff);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

/** `2600:1f18::/56` to its range; undefined for IPv4 and for text of another form. */
export function parseIpv6Range(text: string): Ipv6Range | undefined {
  const [address = '', length = '', ...rest] = text.split('/');
  const first = parseIpv6(address);
  const prefixLength = /^\d{1,3}$/.test(length) ? Number(length) : 129;
  return first && prefixLength <= 128 && rest.length === 0 ? { first, prefixLength } : undefined;
}

/** `address` is sixteen bytes. */
export function containsIpv6({ first, prefixLength }: Ipv6Range, address: Uint8Array): boolean {
  const whole = prefixLength >> 3;
  for (let index = 0; index < whole; index++) if (first[index] !== address[index]) return false;
  const bits = prefixLength & 7;
  return bits === 0 || ((first[whole] as number) ^ (address[whole] as number)) >> (8 - bits) === 0;
}

/** The one form of RFC 5952 §4, which tcpdump prints; text that is no IPv6 address stays as it is. */
export function canonicalIpv6(text: string): string {
  const bytes = parseIpv6(text);
  return bytes ? new ipaddr.IPv6([...bytes]).toRFC5952String() : text;
}
