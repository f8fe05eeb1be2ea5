import { macBytes } from './addressBytes';
import { formatMac } from './addressText';
import { concatBytes, readUint16, writeUint16 } from './bytes';

/** IEEE 802 EtherType numbers that we read; `providerVlan` is 802.1ad's outer tag. */
export const EtherType = {
  ipv4: 0x0800,
  arp: 0x0806,
  reverseArp: 0x8035,
  vlan: 0x8100,
  ipv6: 0x86dd,
  providerVlan: 0x88a8,
} as const;

export const ETHERNET_HEADER_BYTES = 14;

/** Bytes that one tag adds to the header. */
export const VLAN_TAG_BYTES = 4;

/** More tags than any network puts on a frame; a decoder reads no further. */
const MAX_VLAN_TAGS = 8;

/** IEEE 802.1Q §9.6: the tag control information. */
export interface VlanTag {
  /** 0 to 4095. */
  readonly id: number;
  /** 0 to 7. */
  readonly priority: number;
  readonly dropEligible: boolean;
  /** `EtherType.vlan` when absent. */
  readonly tagType?: number;
}

export interface EthernetHeader {
  /** Hardware addresses as `02:0a:…`. */
  readonly destination: string;
  readonly source: string;
  /** Of what stands behind the tags. */
  readonly etherType: number;
  /** Outermost first; absent for none. */
  readonly vlanTags?: readonly VlanTag[];
}

/** One Ethernet II frame, without padding and frame check. Throws a RangeError for hardware addresses of another form. */
export function encodeEthernet(header: EthernetHeader, payload: Uint8Array): Uint8Array {
  const addresses = concatBytes(macBytes(header.destination), macBytes(header.source));
  const type = new Uint8Array(2);
  writeUint16(type, 0, header.etherType);
  return concatBytes(addresses, ...(header.vlanTags ?? []).map(encodeTag), type, payload);
}

/** Undefined when the header or a tag is cut. */
export function decodeEthernet(bytes: Uint8Array): (EthernetHeader & { readonly payload: Uint8Array }) | undefined {
  const vlanTags: VlanTag[] = [];
  let typeAt = ETHERNET_HEADER_BYTES - 2;
  while (isTagType(readUint16(bytes, typeAt)) && vlanTags.length < MAX_VLAN_TAGS) {
    vlanTags.push(decodeTag(bytes, typeAt));
    typeAt += VLAN_TAG_BYTES;
  }
  if (bytes.length < typeAt + 2) return undefined;
  return {
    destination: formatMac(bytes, 0),
    source: formatMac(bytes, 6),
    etherType: readUint16(bytes, typeAt),
    ...(vlanTags.length > 0 && { vlanTags }),
    payload: bytes.subarray(typeAt + 2),
  };
}

const isTagType = (type: number) => type === EtherType.vlan || type === EtherType.providerVlan;

function encodeTag({ id, priority, dropEligible, tagType }: VlanTag): Uint8Array {
  const bytes = new Uint8Array(VLAN_TAG_BYTES);
  writeUint16(bytes, 0, tagType ?? EtherType.vlan);
  writeUint16(bytes, 2, (priority << 13) | (dropEligible ? 0x1000 : 0) | id);
  return bytes;
}

function decodeTag(bytes: Uint8Array, at: number): VlanTag {
  const tagType = readUint16(bytes, at);
  const control = readUint16(bytes, at + 2);
  return {
    id: control & 0x0fff,
    priority: control >> 13,
    dropEligible: (control & 0x1000) !== 0,
    ...(tagType !== EtherType.vlan && { tagType }),
  };
}
