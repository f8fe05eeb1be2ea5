import { plainBytes } from './bytesText';

const LF = 10;
const CR = 13;

/** Told of one line: bytes `start` to `end`, without its line end; valid during the call only. */
export type LineListener = (bytes: Uint8Array, start: number, end: number, lineNumber: number) => void;

/**
 * Cuts a stream of chunks into lines, at LF or CR LF, wherever the chunks end. Lines that lie whole in a chunk are not copied. Of a line
 * longer than the limit the beginning is kept and the rest dropped; the next line is whole again.
 */
export class LineSplitter {
  readonly #onLine: LineListener;
  readonly #maxLineBytes: number;
  #carry = new Uint8Array(1024);
  #carryBytes = 0;
  #lines = 0;

  constructor(onLine: LineListener, maxLineBytes = 65_535) {
    this.#onLine = onLine;
    this.#maxLineBytes = maxLineBytes;
  }

  /** Lines told so far. */
  get lineCount(): number {
    return this.#lines;
  }

  write(chunk: Uint8Array): void {
    // A Buffer finds a byte several times faster than a plain array does.
    const bytes = plainBytes(chunk);
    let start = 0;
    if (this.#carryBytes > 0) {
      const end = chunk.indexOf(LF);
      this.#keep(bytes, 0, end < 0 ? bytes.length : end);
      if (end < 0) return;
      this.#flush();
      start = end + 1;
    }
    for (let end = chunk.indexOf(LF, start); end >= 0; end = chunk.indexOf(LF, start)) {
      this.#tell(bytes, start, end);
      start = end + 1;
    }
    if (start < bytes.length) this.#keep(bytes, start, bytes.length);
  }

  /** Tells what is left as a last line without its end. */
  end(): void {
    if (this.#carryBytes > 0) this.#flush();
  }

  #flush(): void {
    const bytes = this.#carryBytes;
    this.#carryBytes = 0;
    this.#tell(this.#carry, 0, bytes);
  }

  #tell(bytes: Uint8Array, start: number, end: number): void {
    const last = end > start && bytes[end - 1] === CR ? end - 1 : end;
    this.#lines++;
    this.#onLine(bytes, start, Math.min(last, start + this.#maxLineBytes), this.#lines);
  }

  /** One byte more than the limit is kept, for a CR before the LF. */
  #keep(chunk: Uint8Array, start: number, end: number): void {
    const length = Math.min(end - start, this.#maxLineBytes + 1 - this.#carryBytes);
    if (length <= 0) return;
    if (this.#carryBytes + length > this.#carry.length) {
      const larger = new Uint8Array(Math.max(this.#carry.length * 2, this.#carryBytes + length));
      larger.set(this.#carry.subarray(0, this.#carryBytes));
      this.#carry = larger;
    }
    this.#carry.set(chunk.subarray(start, start + length), this.#carryBytes);
    this.#carryBytes += length;
  }
}
