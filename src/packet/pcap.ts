/** Classic pcap files ("libpcap File Format", IETF draft-ietf-opsawg-pcap): microsecond stamps, either byte order when reading. */

/** LINKTYPE_ETHERNET. */
export const LINK_TYPE_ETHERNET = 1;

const MAGIC_MICROS = 0xa1b2c3d4;
const MAGIC_NANOS = 0xa1b23c4d;
const FILE_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 16;

export interface PcapRecord {
  /** Microseconds since 1970. */
  readonly timeMicros: number;
  /** The captured bytes, which may be fewer than the packet had. */
  readonly bytes: Uint8Array;
  /** Length of the packet on the wire. */
  readonly originalBytes: number;
}

export interface PcapFile {
  readonly linkType: number;
  readonly snapLength: number;
  readonly records: readonly PcapRecord[];
  /** The file ends inside a record. */
  readonly isCut: boolean;
}

export function writePcap(
  records: readonly (Omit<PcapRecord, 'originalBytes'> & { readonly originalBytes?: number })[],
  file: { readonly linkType?: number; readonly snapLength?: number } = {},
): Uint8Array {
  const size = records.reduce((sum, record) => sum + RECORD_HEADER_BYTES + record.bytes.length, FILE_HEADER_BYTES);
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC_MICROS, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, file.snapLength ?? 262_144, true);
  view.setUint32(20, file.linkType ?? LINK_TYPE_ETHERNET, true);
  let offset = FILE_HEADER_BYTES;
  for (const record of records) {
    view.setUint32(offset, Math.floor(record.timeMicros / 1_000_000), true);
    view.setUint32(offset + 4, record.timeMicros % 1_000_000, true);
    view.setUint32(offset + 8, record.bytes.length, true);
    view.setUint32(offset + 12, record.originalBytes ?? record.bytes.length, true);
    bytes.set(record.bytes, offset + RECORD_HEADER_BYTES);
    offset += RECORD_HEADER_BYTES + record.bytes.length;
  }
  return bytes;
}

/** Undefined when the bytes do not begin like a pcap file. */
export function readPcap(bytes: Uint8Array): PcapFile | undefined {
  if (bytes.length < FILE_HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittle = [MAGIC_MICROS, MAGIC_NANOS].includes(view.getUint32(0, true));
  const magic = view.getUint32(0, isLittle);
  if (magic !== MAGIC_MICROS && magic !== MAGIC_NANOS) return undefined;
  const unitsPerMicro = magic === MAGIC_NANOS ? 1000 : 1;
  const records: PcapRecord[] = [];
  let offset = FILE_HEADER_BYTES;
  while (offset + RECORD_HEADER_BYTES <= bytes.length) {
    const start = offset + RECORD_HEADER_BYTES;
    const end = start + view.getUint32(offset + 8, isLittle);
    if (end > bytes.length) break;
    const micros = Math.floor(view.getUint32(offset + 4, isLittle) / unitsPerMicro);
    records.push({
      timeMicros: view.getUint32(offset, isLittle) * 1_000_000 + micros,
      bytes: bytes.subarray(start, end),
      originalBytes: view.getUint32(offset + 12, isLittle),
    });
    offset = end;
  }
  const linkType = view.getUint32(20, isLittle) & 0xffff;
  return { linkType, snapLength: view.getUint32(16, isLittle), records, isCut: offset !== bytes.length };
}
