import { ByteFifo } from './byteFifo';
import { BrokenPipe, OpenFile } from './openFile';

/** Linux's default capacity, pipe(7). */
const pipeCapacityBytes = 65_536;

class Pipe {
  readonly fifo = new ByteFifo();
  hasReader = true;
  hasWriter = true;
}

class ReadEnd extends OpenFile {
  other: WriteEnd | undefined;

  constructor(private readonly pipe: Pipe) {
    super();
  }

  tryRead(maxBytes: number): Uint8Array | undefined {
    if (this.pipe.fifo.length === 0) return this.pipe.hasWriter ? undefined : new Uint8Array(0);
    const bytes = this.pipe.fifo.take(maxBytes);
    this.other?.changed.wake();
    return bytes;
  }

  tryWrite(): number {
    throw new BrokenPipe();
  }

  protected override onLastClose(): void {
    this.pipe.hasReader = false;
    this.other?.changed.wake();
  }
}

class WriteEnd extends OpenFile {
  other: ReadEnd | undefined;

  constructor(private readonly pipe: Pipe) {
    super();
  }

  tryRead(): Uint8Array {
    return new Uint8Array(0);
  }

  tryWrite(bytes: Uint8Array): number {
    if (!this.pipe.hasReader) throw new BrokenPipe();
    const part = bytes.slice(0, pipeCapacityBytes - this.pipe.fifo.length);
    this.pipe.fifo.push(part);
    if (part.length > 0) this.other?.changed.wake();
    return part.length;
  }

  protected override onLastClose(): void {
    this.pipe.hasWriter = false;
    this.other?.changed.wake();
  }
}

/** The two ends of a pipe; the writer finds no room when 64 KiB wait, and gets {@link BrokenPipe} when the reader is gone. */
export function openPipe(): { readonly readEnd: OpenFile; readonly writeEnd: OpenFile } {
  const pipe = new Pipe();
  const readEnd = new ReadEnd(pipe);
  const writeEnd = new WriteEnd(pipe);
  readEnd.other = writeEnd;
  writeEnd.other = readEnd;
  return { readEnd, writeEnd };
}
