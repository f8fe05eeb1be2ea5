import { decodeBase64 } from '../base/base64';
import { PcapStream } from '../packet/pcapStream';
import { asciiText } from '../packet/reader/bytesText';
import { LineSplitter } from '../packet/reader/lineSplitter';
import { type StatusEvent, statusOf } from '../packet/reader/statusLine';
import type { StoredFrame } from './frameStore';

export interface ExactListener {
  onFrame(frame: StoredFrame): void;
  onStatus(event: StatusEvent): void;
  /** A line that is neither, empty ones included; the bytes are valid during the call only. */
  onText(bytes: Uint8Array, start: number, end: number): void;
}

/** What base64(1) writes on each line but the last (GNU coreutils). */
const LINE_CHARACTERS = 76;
/** How the first octets of a pcap file read in base64: microseconds or nanoseconds, little-endian or big. */
const FILE_START = /^(?:1MOyo|TTyyo|obLD1|obI8T)/;
/** Longer lines are nobody's words about themselves. */
const MAX_STATUS_BYTES = 1024;

/**
 * Reads what `tcpdump -U -w - | base64` sends over a terminal, with what its programs say in between, from chunks cut anywhere. The last line of
 * base64 is shorter than the others, as many words are: which one it was is seen at the end, by its completing the last packet.
 */
export class ExactReader {
  readonly #listener: ExactListener;
  readonly #splitter: LineSplitter;
  readonly #stream: PcapStream;
  /** Short lines of base64's letters since the last full one. */
  #doubtful: string[] = [];
  #hasBegun = false;

  constructor(listener: ExactListener) {
    this.#listener = listener;
    this.#splitter = new LineSplitter((bytes, start, end) => this.#line(bytes, start, end));
    this.#stream = new PcapStream((linkType, record) => listener.onFrame({ linkType, ...record }));
  }

  /** Packets may be missing at the end, or a part in the middle was lost and nothing behind it could be read. */
  get isCut(): boolean {
    return this.#hasBegun && !this.#stream.isWhole;
  }

  write(chunk: Uint8Array): void {
    this.#splitter.write(chunk);
  }

  /** The stream is over, or nothing that comes now belongs to the capture: tells what was in doubt. */
  end(): void {
    this.#splitter.end();
    this.#settle();
  }

  #line(bytes: Uint8Array, start: number, end: number): void {
    const text = end - start <= MAX_STATUS_BYTES ? asciiText(bytes, start, end) : '';
    const event = text === '' ? undefined : statusOf(text);
    if (event) this.#listener.onStatus(event);
    else if (this.#isData(text)) this.#data(text);
    else this.#listener.onText(bytes, start, end);
  }

  #isData(text: string): boolean {
    if (!this.#hasBegun && !FILE_START.test(text)) return false;
    return (
      text.length <= LINE_CHARACTERS && text.length > 0 && decodeBase64(text) !== undefined && !this.#stream.isBroken
    );
  }

  #data(text: string): void {
    this.#hasBegun = true;
    if (text.length < LINE_CHARACTERS) {
      this.#doubtful.push(text);
      return;
    }
    for (const word of this.#doubtful) this.#tellText(word);
    this.#doubtful = [];
    this.#stream.write(decodeBase64(text) as Uint8Array);
  }

  #settle(): void {
    const isLast = (text: string) => this.#stream.wouldBeWhole(decodeBase64(text) as Uint8Array);
    // Words that fit by chance are short.
    const last = this.#doubtful.filter(isLast).reduce((long, text) => (text.length > long.length ? text : long), '');
    const lastIndex = this.#doubtful.indexOf(last);
    for (const [index, text] of this.#doubtful.entries()) {
      if (index === lastIndex) this.#stream.write(decodeBase64(text) as Uint8Array);
      else this.#tellText(text);
    }
    this.#doubtful = [];
  }

  #tellText(text: string): void {
    const bytes = Uint8Array.from(text, character => character.charCodeAt(0));
    this.#listener.onText(bytes, 0, bytes.length);
  }
}
