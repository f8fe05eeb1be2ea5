import { formatIpv4 } from '../../../../core/ipv4';

/** IPv4 addresses that a frame's line will show. */
export function addressesIn(bytes: Uint8Array): readonly string[] {
  if (bytes.length < 34) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const etherType = view.getUint16(12);
  if (etherType === 0x0800) return [formatIpv4(view.getUint32(26)), formatIpv4(view.getUint32(30))];
  if (etherType !== 0x0806 || bytes.length < 42) return [];
  return [formatIpv4(view.getUint32(28)), formatIpv4(view.getUint32(38))];
}
