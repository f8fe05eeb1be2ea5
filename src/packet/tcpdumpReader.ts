import { LineSplitter } from './reader/lineSplitter';
import { PacketFields } from './reader/packetFields';
import { parsePacketLine } from './reader/parsePacketLine';
import { type StatusEvent, statusOf } from './reader/statusLine';

/** Bytes and offsets are valid during the call only; `fields` is filled anew for each packet. */
export interface TcpdumpListener {
  onPacket(fields: PacketFields, bytes: Uint8Array, start: number, end: number, lineNumber: number): void;
  /** A line that tcpdump, sudo or timeout says about itself. */
  onStatus(event: StatusEvent, bytes: Uint8Array, start: number, end: number, lineNumber: number): void;
  /** A line that is neither, empty ones included. */
  onText(bytes: Uint8Array, start: number, end: number, lineNumber: number): void;
}

/** Longest line that can be anything but a packet or plain text. */
const MAX_STATUS_BYTES = 1024;

/**
 * Reads tcpdump's text from chunks cut anywhere. What is not understood goes to `onText` as it stands; nothing is guessed. Once a packet
 * with a time was seen, lines without one are no packets: they continue the packet above.
 */
export class TcpdumpReader {
  readonly #listener: TcpdumpListener;
  readonly #splitter: LineSplitter;
  readonly #fields = new PacketFields();
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #hasTimes = false;

  /** Of lines longer than `maxLineBytes` the rest is dropped. */
  constructor(listener: TcpdumpListener, maxLineBytes = 65_535) {
    this.#listener = listener;
    this.#splitter = new LineSplitter(
      (bytes, start, end, number) => this.#line(bytes, start, end, number),
      maxLineBytes,
    );
  }

  write(chunk: Uint8Array): void {
    this.#splitter.write(chunk);
  }

  /** The stream is over: a last line without its end counts. */
  end(): void {
    this.#splitter.end();
  }

  #line(bytes: Uint8Array, start: number, end: number, lineNumber: number): void {
    if (parsePacketLine(bytes, start, end, this.#fields) && (this.#fields.hasTime || !this.#hasTimes)) {
      this.#hasTimes ||= this.#fields.hasTime;
      this.#listener.onPacket(this.#fields, bytes, start, end, lineNumber);
      return;
    }
    const isShort = end > start && end - start <= MAX_STATUS_BYTES;
    const event = isShort ? statusOf(this.#decoder.decode(bytes.subarray(start, end))) : undefined;
    if (event) this.#listener.onStatus(event, bytes, start, end, lineNumber);
    else this.#listener.onText(bytes, start, end, lineNumber);
  }
}
