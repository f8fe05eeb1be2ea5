import type { CaptureFlow } from '../core/captureFlow';
import type { CaptureEvidence } from '../core/evidence';
import { parseIpv4 } from '../core/ipv4';
import { unpackColumns } from '../packet/packing';
import { PacketFields, ProtocolIndex } from '../packet/reader/packetFields';
import { parsePacketLine } from '../packet/reader/parsePacketLine';
import type { StatusEvent } from '../packet/reader/statusLine';
import { TcpdumpReader } from '../packet/tcpdumpReader';
import { CaptureBuffer, type CaptureBufferLimits } from './captureBuffer';
import { ConversationTable } from './conversationTable';
import { ExactReader } from './exactReader';
import { FramePrinter } from './framePrinter';
import { FrameStore, type StoredFrame } from './frameStore';
import { NamesSeen } from './namesSeen';
import { type Classify, classifyPacket, type PacketSight } from './packetClasses';
import { type HeldText, RawText } from './rawText';
import { type RowCounts, SplitCounts } from './splitCounts';

export interface CapturePipelineOptions {
  /** Where addresses lead; without it, and until it is known, every place is unknown. */
  readonly classify?: Classify;
  /** The capturing interface's address: the other side of a packet is the one whose rows count. */
  readonly ownAddress?: string;
  /** Word that opens the line with the exit status: `<mark>:0` (see captureCommand). */
  readonly mark?: string;
  readonly limits?: Partial<CaptureBufferLimits>;
  readonly rawBytes?: number;
  /** The stream is a pcap file in base64, not text (see captureCommand). */
  readonly isExact?: boolean;
  /** What tcpdump and its helpers say: listening, counts, failures. */
  readonly onStatus?: (event: StatusEvent) => void;
  /** The command has ended, with this exit status. */
  readonly onExit?: (status: number) => void;
}

/** Counts that tcpdump prints at its end; undefined until then. */
export interface CaptureStatistics {
  readonly captured: number | undefined;
  readonly receivedByFilter: number | undefined;
  readonly droppedByKernel: number | undefined;
  readonly droppedByInterface: number | undefined;
}

export interface PacketBatch {
  /** Number of the first row since the capture began, 0-based. */
  readonly first: number;
  readonly count: number;
  /** Packed by `packet/packing`. */
  readonly columns: ArrayBuffer;
}

export interface FlowNews {
  readonly changed: readonly CaptureFlow[];
  /** Of all flows that are kept. */
  readonly count: number;
}

const NO_STATISTICS: CaptureStatistics = {
  captured: undefined,
  receivedByFilter: undefined,
  droppedByKernel: undefined,
  droppedByInterface: undefined,
};

const LINE_FEED = 10;
const DEFAULT_BATCH_ROWS = 20_000;

/** Bytes to lines to packets to classified rows in a bounded buffer, with the counts and evidence that follow from them. */
export class CapturePipeline {
  readonly #options: CapturePipelineOptions;
  readonly #reader: TcpdumpReader | ExactReader;
  readonly #printer = new FramePrinter();
  readonly #frameFields = new PacketFields();
  /** The packets' bytes, where they came as bytes. */
  readonly frames = new FrameStore();
  readonly #buffer: CaptureBuffer;
  readonly #raw: RawText;
  readonly #conversations = new ConversationTable();
  readonly #names = new NamesSeen();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  readonly #classes = { sourceClass: 0, destinationClass: 0, interfaceRow: 0, routeRow: 0, remoteClass: 0 };
  readonly #interfaceCounts = new SplitCounts();
  readonly #routeCounts = new SplitCounts();
  #sight: PacketSight | undefined;
  #sentRows = 0;
  #unparsedLines = 0;
  #statistics = NO_STATISTICS;
  #exitStatus: number | undefined;

  constructor(options: CapturePipelineOptions = {}) {
    this.#options = options;
    this.#buffer = new CaptureBuffer(options.limits);
    this.#raw = new RawText(options.rawBytes);
    if (options.classify)
      this.useSight({ classify: options.classify, ownAddress: parseIpv4(options.ownAddress ?? '') });
    const others = {
      onStatus: (event: StatusEvent) => this.#status(event),
      onText: (bytes: Uint8Array, start: number, end: number) => this.#text(bytes, start, end),
    };
    this.#reader = options.isExact
      ? new ExactReader({ ...others, onFrame: frame => this.addFrame(frame) })
      : new TcpdumpReader({
          ...others,
          onPacket: (fields, bytes, start, end) => this.#packet(fields, bytes, start, end),
        });
  }

  /** Packets so far; as many rows have been numbered. */
  get packets(): number {
    return this.#buffer.endRow;
  }

  /** Rows that have fallen out of the buffer. */
  get droppedRows(): number {
    return this.#buffer.firstRow;
  }

  /** Lines that are no packets, or not understood; empty ones and tcpdump's own are not counted. */
  get unparsedLines(): number {
    return this.#unparsedLines;
  }

  /** Packets of conversations beyond those that are kept. */
  get untrackedPackets(): number {
    return this.#conversations.untrackedPackets;
  }

  get statistics(): CaptureStatistics {
    return this.#statistics;
  }

  /** Of the command, once its mark was seen. */
  get exitStatus(): number | undefined {
    return this.#exitStatus;
  }

  /** Packets whose remote side matched, by row of the interfaces shown. */
  interfaceCounts(rows: number): RowCounts {
    return this.#interfaceCounts.of(rows);
  }

  /** Packets whose remote side matched, by row of the route table shown. */
  routeCounts(rows: number): RowCounts {
    return this.#routeCounts.of(rows);
  }

  /** Reads the source to its end. */
  async run(source: AsyncIterable<Uint8Array>): Promise<void> {
    for await (const chunk of source) this.write(chunk);
    this.end();
  }

  /** Takes bytes, cut anywhere. */
  write(chunk: Uint8Array): void {
    this.#raw.append(chunk);
    this.#reader.write(chunk);
  }

  /** Takes a packet as bytes: its line is printed by us. False, and nothing else happens, for a link that we do not read. */
  addFrame(frame: StoredFrame): boolean {
    const line = this.#printer.line(frame);
    if (!line) return false;
    parsePacketLine(line, 0, line.length, this.#frameFields);
    this.frames.add(frame);
    this.#packet(this.#frameFields, line, 0, line.length);
    return true;
  }

  /** A packet from its link layer on, copied; undefined where it came as text, or is no longer held. */
  packetBytes(row: number): ArrayBuffer | undefined {
    const bytes = this.frames.frame(row)?.bytes;
    return bytes && new Uint8Array(bytes).buffer;
  }

  /** The lines of all packets that are still held, each with its line end. */
  text(): Uint8Array {
    const columns = unpackColumns(this.#buffer.pack(0, this.#buffer.endRow).columns);
    const text = new Uint8Array(columns.text.length + columns.count);
    for (let row = 0, start = 0; row < columns.count; row++) {
      const end = columns.lineEnd[row] as number;
      text.set(columns.text.subarray(start, end), start + row);
      text[end + row] = LINE_FEED;
      start = end;
    }
    return text;
  }

  /** The stream is over. */
  end(): void {
    this.#reader.end();
  }

  /** Judges later packets by a network read anew; what was counted so far is counted as earlier. */
  useSight(sight: PacketSight | undefined): void {
    this.#sight = sight;
    this.#interfaceCounts.split();
    this.#routeCounts.split();
  }

  /** Rows since the last batch, at most `maxRows`; undefined when there are none. Rows that were dropped in between are skipped. */
  takeBatch(maxRows = DEFAULT_BATCH_ROWS): PacketBatch | undefined {
    if (this.#sentRows >= this.#buffer.endRow) return undefined;
    const batch = this.#buffer.pack(Math.max(this.#sentRows, this.#buffer.firstRow), maxRows);
    this.#sentRows = batch.first + batch.count;
    return batch;
  }

  /** The last rows that are still held, at most `maxRows`, for a page that appears; later batches go on behind them. */
  snapshot(maxRows = Number.MAX_SAFE_INTEGER): PacketBatch {
    const first = Math.max(this.#buffer.firstRow, this.#buffer.endRow - maxRows);
    this.#sentRows = this.#buffer.endRow;
    return this.#buffer.pack(first, this.#buffer.endRow - first);
  }

  /** Flows that have changed since they were last taken, at most `limit`; all of them again when `isAnew`. */
  takeFlows(limit: number, isAnew: boolean): FlowNews {
    if (isAnew) this.#conversations.changeAll();
    return { changed: this.#conversations.takeChanged(limit), count: this.#conversations.count };
  }

  /** Text of the stream since the last call. */
  takeRaw(): string {
    return this.#raw.take();
  }

  /** Text of the stream as far as it is still held. */
  rawText(): HeldText {
    return this.#raw.all();
  }

  evidence(): CaptureEvidence {
    return {
      packets: this.packets,
      conversations: this.#conversations.conversations(),
      untrackedPackets: this.#conversations.untrackedPackets,
      names: this.#names.names(),
    };
  }

  /** Forgets packets, text and counts; a stream that runs goes on. */
  clear(): void {
    this.#buffer.clear();
    this.frames.clear();
    this.#raw.clear();
    this.#conversations.clear();
    this.#names.clear();
    this.#interfaceCounts.clear();
    this.#routeCounts.clear();
    this.#sentRows = 0;
    this.#unparsedLines = 0;
  }

  #packet(fields: PacketFields, bytes: Uint8Array, start: number, end: number): void {
    const classes = this.#classes;
    classifyPacket(fields, bytes, this.#sight, classes);
    this.#buffer.append(fields, classes, bytes, start, end);
    this.#interfaceCounts.add(classes.interfaceRow);
    this.#routeCounts.add(classes.routeRow);
    this.#conversations.add(fields, bytes, classes, this.#buffer.endRow);
    if (fields.protocol === ProtocolIndex.dns) this.#names.add(fields, bytes, end);
  }

  #status(event: StatusEvent): void {
    if (event.kind === 'count') this.#statistics = { ...this.#statistics, [event.what]: event.packets };
    this.#options.onStatus?.(event);
  }

  #text(bytes: Uint8Array, start: number, end: number): void {
    if (start === end) return;
    const status = this.#exitMark(bytes, start, end);
    if (status === undefined) {
      this.#unparsedLines++;
      return;
    }
    this.#exitStatus = status;
    this.#options.onExit?.(status);
  }

  /** The status in `<mark>:<status>` at the line's beginning. */
  #exitMark(bytes: Uint8Array, start: number, end: number): number | undefined {
    const { mark } = this.#options;
    if (mark === undefined || end - start > mark.length + 4) return undefined;
    const text = this.#decoder.decode(bytes.subarray(start, end));
    if (!text.startsWith(`${mark}:`)) return undefined;
    const status = text.slice(mark.length + 1);
    return /^\d{1,3}$/.test(status) ? Number(status) : undefined;
  }
}
