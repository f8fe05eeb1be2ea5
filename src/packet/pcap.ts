/** Classic pcap files ("libpcap File Format", IETF draft-ietf-opsawg-pcap): microsecond stamps, either byte order when reading. */

/** LINKTYPE_ETHERNET. */
export const LINK_TYPE_ETHERNET = 1;

const MAGIC_MICROS = 0xa1b2c3d4;
const MAGIC_NANOS = 0xa1b23c4d;
export const PCAP_FILE_HEADER_BYTES = 24;
export const PCAP_RECORD_HEADER_BYTES = 16;

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
  const size = records.reduce(
    (sum, record) => sum + PCAP_RECORD_HEADER_BYTES + record.bytes.length,
    PCAP_FILE_HEADER_BYTES,
  );
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC_MICROS, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, file.snapLength ?? 262_144, true);
  view.setUint32(20, file.linkType ?? LINK_TYPE_ETHERNET, true);
  let offset = PCAP_FILE_HEADER_BYTES;
  for (const record of records) {
    view.setUint32(offset, Math.floor(record.timeMicros / 1_000_000), true);
    view.setUint32(offset + 4, record.timeMicros % 1_000_000, true);
    view.setUint32(offset + 8, record.bytes.length, true);
    view.setUint32(offset + 12, record.originalBytes ?? record.bytes.length, true);
    bytes.set(record.bytes, offset + PCAP_RECORD_HEADER_BYTES);
    offset += PCAP_RECORD_HEADER_BYTES + record.bytes.length;
  }
  return bytes;
}

/** What a file's header says. */
export interface PcapFormat {
  readonly linkType: number;
  readonly snapLength: number;
  readonly isLittleEndian: boolean;
  /** Units of a record's fraction of a second in a microsecond. */
  readonly unitsPerMicro: number;
}

/** Undefined when the bytes do not begin like a pcap file. */
export function pcapFormat(bytes: Uint8Array): PcapFormat | undefined {
  if (bytes.length < PCAP_FILE_HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittleEndian = [MAGIC_MICROS, MAGIC_NANOS].includes(view.getUint32(0, true));
  const magic = view.getUint32(0, isLittleEndian);
  if (magic !== MAGIC_MICROS && magic !== MAGIC_NANOS) return undefined;
  return {
    linkType: view.getUint32(20, isLittleEndian) & 0xffff,
    snapLength: view.getUint32(16, isLittleEndian),
    isLittleEndian,
    unitsPerMicro: magic === MAGIC_NANOS ? 1000 : 1,
  };
}

/** A record's header at `at`, of which 16 bytes are there. */
export function pcapRecordHeader(bytes: Uint8Array, at: number, { isLittleEndian, unitsPerMicro }: PcapFormat) {
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, PCAP_RECORD_HEADER_BYTES);
  const micros = Math.floor(view.getUint32(4, isLittleEndian) / unitsPerMicro);
  return {
    timeMicros: view.getUint32(0, isLittleEndian) * 1_000_000 + micros,
    isTimeValid: micros < 1_000_000,
    capturedBytes: view.getUint32(8, isLittleEndian),
    originalBytes: view.getUint32(12, isLittleEndian),
  };
}

/** Undefined when the bytes do not begin like a pcap file. */
export function readPcap(bytes: Uint8Array): PcapFile | undefined {
  const format = pcapFormat(bytes);
  if (!format) return undefined;
  const records: PcapRecord[] = [];
  let offset = PCAP_FILE_HEADER_BYTES;
  while (offset + PCAP_RECORD_HEADER_BYTES <= bytes.length) {
    const { timeMicros, capturedBytes, originalBytes } = pcapRecordHeader(bytes, offset, format);
    const start = offset + PCAP_RECORD_HEADER_BYTES;
    const end = start + capturedBytes;
    if (end > bytes.length) break;
    records.push({ timeMicros, bytes: bytes.subarray(start, end), originalBytes });
    offset = end;
  }
  return { linkType: format.linkType, snapLength: format.snapLength, records, isCut: offset !== bytes.length };
}
