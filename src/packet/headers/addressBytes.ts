import { ipv4 } from '../../core/ipv4';
import { parseIpv6 } from '../../core/ipv6';
import { parseMac } from './addressText';
import { writeUint32 } from './bytes';

/** Four or sixteen bytes for the text of an IPv4 or IPv6 address. Throws a RangeError for other text. */
export function addressBytes(text: string): Uint8Array {
  if (text.includes(':')) return ipv6Bytes(text);
  const bytes = new Uint8Array(4);
  writeUint32(bytes, 0, ipv4(text));
  return bytes;
}

/** Sixteen bytes for the text of an IPv6 address. Throws a RangeError for other text. */
export function ipv6Bytes(text: string): Uint8Array {
  const bytes = parseIpv6(text);
  if (!bytes) throw new RangeError(`${JSON.stringify(text)} is not an IPv6 address`);
  return bytes;
}

/** Six bytes for `02:0a:…`. Throws a RangeError for other text. */
export function macBytes(text: string): Uint8Array {
  const bytes = parseMac(text);
  if (!bytes) throw new RangeError(`${JSON.stringify(text)} is not a hardware address`);
  return bytes;
}
