/** Frames of the links that a capture of IP comes from, as the printer takes them. */
import { concatBytes } from './headers/bytes';
import { LINK_TYPE_LINUX_SLL2, SLL2_HEADER_BYTES, uncookedFrame } from './headers/cookedFrame';
import { ETHERNET_HEADER_BYTES, EtherType } from './headers/ethernet';
import { LINK_TYPE_ETHERNET, type PcapRecord } from './pcap';
import type { PrintableFrame } from './tcpdumpPrinter';

/** Further link types (tcpdump.org, "Link-layer header types"): Linux cooked v1, which `-i any` gave before v2; and bare IP. */
export const LINK_TYPE_LINUX_SLL = 113;
const SLL_HEADER_BYTES = 16;
const LINK_TYPE_RAW = 101;
const LINK_TYPE_IPV4 = 228;
const LINK_TYPE_IPV6 = 229;

const makers = new Map<number, (record: PcapRecord) => PrintableFrame>([
  [LINK_TYPE_ETHERNET, record => record],
  [LINK_TYPE_LINUX_SLL2, fromCooked],
  [LINK_TYPE_LINUX_SLL, fromCookedBefore],
  [LINK_TYPE_RAW, fromBare],
  [LINK_TYPE_IPV4, fromBare],
  [LINK_TYPE_IPV6, fromBare],
]);

export const isPrintableLinkType = (linkType: number): boolean => makers.has(linkType);

/** The frame as Ethernet would have carried it; undefined for links of another kind. A frame whose link header is cut has no bytes. */
export function printableFrame(linkType: number, record: PcapRecord): PrintableFrame | undefined {
  return makers.get(linkType)?.(record);
}

/** What of the interfaces' names a file does not say is a question mark, as tcpdump prints it. */
function fromCooked(record: PcapRecord): PrintableFrame {
  const frame = uncookedFrame(record.bytes);
  if (!frame) return cut(record);
  return { ...record, interfaceName: '?', ...frame, originalBytes: resized(record, SLL2_HEADER_BYTES) };
}

/** `packet type, ARPHRD, address length, address (8), protocol`. */
function fromCookedBefore(record: PcapRecord): PrintableFrame {
  const { bytes } = record;
  if (bytes.length < SLL_HEADER_BYTES) return cut(record);
  const header = concatBytes(new Uint8Array(6), bytes.subarray(6, 12), bytes.subarray(14, 16));
  return reheaded(record, header, SLL_HEADER_BYTES);
}

function fromBare(record: PcapRecord): PrintableFrame {
  const version = (record.bytes[0] ?? 0) >> 4;
  const type = version === 6 ? EtherType.ipv6 : EtherType.ipv4;
  return reheaded(record, concatBytes(new Uint8Array(12), Uint8Array.of(type >> 8, type & 0xff)), 0);
}

function reheaded(record: PcapRecord, header: Uint8Array, headerBytes: number): PrintableFrame {
  const bytes = concatBytes(header, record.bytes.subarray(headerBytes));
  return { timeMicros: record.timeMicros, bytes, originalBytes: resized(record, headerBytes) };
}

const resized = (record: PcapRecord, headerBytes: number) => record.originalBytes - headerBytes + ETHERNET_HEADER_BYTES;

const cut = ({ timeMicros, originalBytes }: PcapRecord): PrintableFrame => ({
  timeMicros,
  bytes: new Uint8Array(0),
  originalBytes,
});
