import { concatBytes } from './headers/bytes';
import {
  PCAP_FILE_HEADER_BYTES,
  PCAP_RECORD_HEADER_BYTES,
  type PcapFormat,
  type PcapRecord,
  pcapFormat,
  pcapRecordHeader,
} from './pcap';

const NOTHING = new Uint8Array(0);
/** libpcap's own limit (MAXIMUM_SNAPLEN); a larger packet is none. */
const MAX_PACKET_BYTES = 262_144;
const DAY_MICROS = 86_400_000_000;

/**
 * A classic pcap file that arrives in pieces. Bytes that are no record, because some before them were lost, are found out by what no record can say:
 * a length past the longest, more captured than there was, another day than the packet before.
 */
export class PcapStream {
  #pending: Uint8Array = NOTHING;
  #format: PcapFormat | undefined;
  #lastMicros: number | undefined;
  #isBroken = false;

  /** The packet's bytes are its own. */
  constructor(private readonly onRecord: (linkType: number, record: PcapRecord) => void) {}

  /** Nothing that comes can be read any more: it was no pcap file, or a part is missing. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  /** What has come ends with a whole packet, or with the file's header. */
  get isWhole(): boolean {
    return !this.#isBroken && this.#format !== undefined && this.#pending.length === 0;
  }

  write(bytes: Uint8Array): void {
    if (this.#isBroken) return;
    const pending = this.#pending.length > 0 ? concatBytes(this.#pending, bytes) : bytes;
    const at = this.#read(pending);
    this.#pending = this.#isBroken ? NOTHING : pending.slice(at);
  }

  /** Whether the stream would be whole if these bytes came now. */
  wouldBeWhole(bytes: Uint8Array): boolean {
    const trial = new PcapStream(() => {});
    trial.#format = this.#format;
    trial.#lastMicros = this.#lastMicros;
    trial.#isBroken = this.#isBroken;
    trial.#pending = this.#pending;
    trial.write(bytes);
    return trial.isWhole;
  }

  /** Where the first record begins that is not whole yet. */
  #read(bytes: Uint8Array): number {
    let at = 0;
    if (!this.#format) {
      if (bytes.length < PCAP_FILE_HEADER_BYTES) return 0;
      this.#format = pcapFormat(bytes);
      this.#isBroken = this.#format === undefined;
      at = PCAP_FILE_HEADER_BYTES;
    }
    while (this.#format && at + PCAP_RECORD_HEADER_BYTES <= bytes.length) {
      const next = this.#record(bytes, at, this.#format);
      if (next === undefined) break;
      at = next;
    }
    return at;
  }

  #record(bytes: Uint8Array, at: number, format: PcapFormat): number | undefined {
    const header = pcapRecordHeader(bytes, at, format);
    const { timeMicros, originalBytes } = header;
    const isOdd =
      header.capturedBytes > MAX_PACKET_BYTES || header.capturedBytes > originalBytes || !header.isTimeValid;
    if (isOdd || Math.abs(timeMicros - (this.#lastMicros ?? timeMicros)) > DAY_MICROS) {
      this.#isBroken = true;
      return undefined;
    }
    const start = at + PCAP_RECORD_HEADER_BYTES;
    const end = start + header.capturedBytes;
    if (end > bytes.length) return undefined;
    this.#lastMicros = timeMicros;
    this.onRecord(format.linkType, { timeMicros, bytes: bytes.slice(start, end), originalBytes });
    return end;
  }
}
