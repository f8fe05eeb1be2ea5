import { concatBytes } from './headers/bytes';
import { ascii, SPACE, spells } from './reader/bytesText';
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

/** What the second line of a packet begins with. */
const INDENT = ascii('    ');
const SPACE_BYTE = Uint8Array.of(SPACE);

/**
 * Reads tcpdump's text from chunks cut anywhere. What is not understood goes to `onText` as it stands; nothing is guessed. Once a packet
 * with a time was seen, lines without one are no packets: they continue the packet above. The two lines that `-v` prints of an IPv4 packet
 * are told as one, with the number of the first.
 */
export class TcpdumpReader {
  readonly #listener: TcpdumpListener;
  readonly #splitter: LineSplitter;
  readonly #fields = new PacketFields();
  readonly #maxLineBytes: number;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #hasTimes = false;
  /** The first line of a packet of two, and its number. */
  #firstLine: Uint8Array | undefined;
  #firstNumber = 0;

  /** Of lines longer than `maxLineBytes` the rest is dropped. */
  constructor(listener: TcpdumpListener, maxLineBytes = 65_535) {
    this.#listener = listener;
    this.#splitter = new LineSplitter(
      (bytes, start, end, number) => this.#line(bytes, start, end, number),
      maxLineBytes,
    );
    this.#maxLineBytes = maxLineBytes;
  }

  write(chunk: Uint8Array): void {
    this.#splitter.write(chunk);
  }

  /** The stream is over: a last line without its end counts. */
  end(): void {
    this.#splitter.end();
    if (this.#firstLine) this.#tellFirst(this.#firstLine);
  }

  #line(bytes: Uint8Array, start: number, end: number, lineNumber: number): void {
    const first = this.#firstLine;
    if (first) {
      const isSecond = spells(bytes, start, end, INDENT);
      this.#tellFirst(isSecond ? this.#joined(first, bytes.subarray(start + INDENT.length, end)) : first);
      if (isSecond) return;
    }
    if (parsePacketLine(bytes, start, end, this.#fields) && (this.#fields.hasTime || !this.#hasTimes)) {
      this.#hasTimes ||= this.#fields.hasTime;
      if (this.#fields.continues) {
        this.#firstLine = bytes.slice(start, end);
        this.#firstNumber = lineNumber;
        return;
      }
      this.#listener.onPacket(this.#fields, bytes, start, end, lineNumber);
      return;
    }
    const isShort = end > start && end - start <= MAX_STATUS_BYTES;
    const event = isShort ? statusOf(this.#decoder.decode(bytes.subarray(start, end))) : undefined;
    if (event) this.#listener.onStatus(event, bytes, start, end, lineNumber);
    else this.#listener.onText(bytes, start, end, lineNumber);
  }

  /** Tells of a packet of two lines, or of its first line when there was no second. */
  #tellFirst(line: Uint8Array): void {
    this.#firstLine = undefined;
    parsePacketLine(line, 0, line.length, this.#fields);
    this.#listener.onPacket(this.#fields, line, 0, line.length, this.#firstNumber);
  }

  #joined(first: Uint8Array, second: Uint8Array): Uint8Array {
    return concatBytes(first, SPACE_BYTE, second).subarray(0, this.#maxLineBytes);
  }
}
