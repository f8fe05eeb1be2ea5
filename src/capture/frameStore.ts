import type { PcapRecord } from '../packet/pcap';

/** A frame as a file has it. */
export interface StoredFrame extends PcapRecord {
  readonly linkType: number;
}

const CHUNK_BYTES = 1024 * 1024;
const DEFAULT_MAX_BYTES = 256 * 1024 * 1024;

interface Chunk {
  /** The frames' bytes, one behind the other. */
  readonly bytes: Uint8Array;
  readonly frames: {
    readonly timeMicros: number;
    readonly end: number;
    readonly originalBytes: number;
    readonly linkType: number;
  }[];
}

/**
 * The frames of a capture, bounded in bytes; the oldest make room. They are numbered like the packets, from 0 since the capture began. Whole
 * chunks are dropped.
 */
export class FrameStore {
  readonly #maxBytes: number;
  #chunks: Chunk[] = [];
  #bytes = 0;
  #firstFrame = 0;
  #endFrame = 0;

  constructor(maxBytes = DEFAULT_MAX_BYTES) {
    this.#maxBytes = maxBytes;
  }

  /** Number of the first frame that is still there; as many have been dropped. */
  get firstFrame(): number {
    return this.#firstFrame;
  }

  /** One past the last frame. */
  get endFrame(): number {
    return this.#endFrame;
  }

  /** Keeps a copy. */
  add({ linkType, timeMicros, bytes, originalBytes }: StoredFrame): void {
    const chunk = this.#chunkFor(bytes.length);
    const start = chunk.frames.at(-1)?.end ?? 0;
    chunk.bytes.set(bytes, start);
    chunk.frames.push({ timeMicros, end: start + bytes.length, originalBytes, linkType });
    this.#endFrame++;
  }

  /** The frames from `first` on, as far as they are there; their bytes are views. */
  *frames(first = 0): Generator<StoredFrame> {
    let number = this.#firstFrame;
    for (const { bytes, frames } of this.#chunks) {
      let start = 0;
      for (const { end, ...frame } of frames) {
        if (number >= first) yield { ...frame, bytes: bytes.subarray(start, end) };
        start = end;
        number++;
      }
    }
  }

  /** One frame by its number, as far as it is still there; its bytes are a view. */
  frame(number: number): StoredFrame | undefined {
    let first = this.#firstFrame;
    for (const { bytes, frames } of this.#chunks) {
      const found = frames[number - first];
      if (found) {
        const { end, ...frame } = found;
        return { ...frame, bytes: bytes.subarray(frames[number - first - 1]?.end ?? 0, end) };
      }
      first += frames.length;
    }
    return undefined;
  }

  clear(): void {
    this.#chunks = [];
    this.#bytes = 0;
    this.#firstFrame = 0;
    this.#endFrame = 0;
  }

  #chunkFor(length: number): Chunk {
    const last = this.#chunks.at(-1);
    if (last && (last.frames.at(-1)?.end ?? 0) + length <= last.bytes.length) return last;
    const chunk = { bytes: new Uint8Array(Math.max(CHUNK_BYTES, length)), frames: [] };
    this.#chunks.push(chunk);
    this.#bytes += chunk.bytes.length;
    while (this.#chunks.length > 1 && this.#bytes > this.#maxBytes) {
      const dropped = this.#chunks.shift() as Chunk;
      this.#bytes -= dropped.bytes.length;
      this.#firstFrame += dropped.frames.length;
    }
    return chunk;
  }
}
