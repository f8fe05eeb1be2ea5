/**
 * Frames of smux, version 1: several streams in one (xtaci/smux:frame.go). Version, command, length and stream number, little-endian, in
 * eight bytes; then the data.
 */
export const SmuxCommand = {
  /** Opens a stream. */
  open: 0,
  /** Ends a stream. */
  finish: 1,
  data: 2,
  /** Keeps the link alive. */
  nothing: 3,
} as const;

export interface SmuxFrame {
  readonly command: number;
  readonly streamId: number;
  readonly data: Uint8Array;
}

const VERSION = 1;
const HEADER_BYTES = 8;
/** What the default configuration puts into one frame at most. */
export const LARGEST_SMUX_DATA = 32_768;

/** `data` may have 65,535 bytes at most. */
export function encodeSmuxFrame({ command, streamId, data }: SmuxFrame): Uint8Array {
  const bytes = new Uint8Array(HEADER_BYTES + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, command);
  view.setUint16(2, data.length, true);
  view.setUint32(4, streamId, true);
  bytes.set(data, HEADER_BYTES);
  return bytes;
}

/** Bytes that are no smux frame of version 1. */
export class SmuxFault extends Error {}

/** Takes frames out of a stream of bytes, however it was cut. */
export class SmuxReader {
  #rest: Uint8Array = new Uint8Array(0);

  /** The frames that are complete now. Throws a {@link SmuxFault} for another version or an unknown command. */
  read(bytes: Uint8Array): readonly SmuxFrame[] {
    const joined = new Uint8Array(this.#rest.length + bytes.length);
    joined.set(this.#rest);
    joined.set(bytes, this.#rest.length);
    const frames: SmuxFrame[] = [];
    let start = 0;
    for (let end = frameEnd(joined, start); end !== undefined; end = frameEnd(joined, start)) {
      frames.push(frameAt(joined, start, end));
      start = end;
    }
    this.#rest = joined.slice(start);
    return frames;
  }
}

/** Where the frame at `start` ends; undefined while it is not complete. */
function frameEnd(bytes: Uint8Array, start: number): number | undefined {
  if (bytes.length - start < HEADER_BYTES) return undefined;
  const view = new DataView(bytes.buffer, start);
  if (view.getUint8(0) !== VERSION || view.getUint8(1) > SmuxCommand.nothing)
    throw new SmuxFault(`version ${view.getUint8(0)}, command ${view.getUint8(1)}`);
  const end = start + HEADER_BYTES + view.getUint16(2, true);
  return end <= bytes.length ? end : undefined;
}

function frameAt(bytes: Uint8Array, start: number, end: number): SmuxFrame {
  const view = new DataView(bytes.buffer, start);
  return {
    command: view.getUint8(1),
    streamId: view.getUint32(4, true),
    data: bytes.slice(start + HEADER_BYTES, end),
  };
}
