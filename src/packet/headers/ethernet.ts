import { formatMac, parseMac } from './addressText';
import { concatBytes, readUint16, writeUint16 } from './bytes';

/** IEEE 802 EtherType numbers that we read. */
export const EtherType = { ipv4: 0x0800, arp: 0x0806, vlan: 0x8100, ipv6: 0x86dd } as const;

export const ETHERNET_HEADER_BYTES = 14;

export interface EthernetHeader {
  /** Hardware addresses as `02:0a:…`. */
  readonly destination: string;
  readonly source: string;
  readonly etherType: number;
}

/** One Ethernet II frame, without padding and frame check. Throws a RangeError for hardware addresses of another form. */
export function encodeEthernet(header: EthernetHeader, payload: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(ETHERNET_HEADER_BYTES);
  bytes.set(macBytes(header.destination), 0);
  bytes.set(macBytes(header.source), 6);
  writeUint16(bytes, 12, header.etherType);
  return concatBytes(bytes, payload);
}

/** Undefined when the header is cut. */
export function decodeEthernet(bytes: Uint8Array): (EthernetHeader & { readonly payload: Uint8Array }) | undefined {
  if (bytes.length < ETHERNET_HEADER_BYTES) return undefined;
  return {
    destination: formatMac(bytes, 0),
    source: formatMac(bytes, 6),
    etherType: readUint16(bytes, 12),
    payload: bytes.subarray(ETHERNET_HEADER_BYTES),
  };
}

function macBytes(text: string): Uint8Array {
  const bytes = parseMac(text);
  if (!bytes) throw new RangeError(`${JSON.stringify(text)} is not a hardware address`);
  return bytes;
}
