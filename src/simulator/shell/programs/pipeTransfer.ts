/** A program's end of pipes that are not among its descriptors. */
import { BrokenPipe, type OpenFile } from '../kernel/openFile';
import type { Run } from '../system';

/** Resolves when the pipe took everything; what nobody reads any more is lost. */
export async function writePipe(run: Run, pipe: OpenFile, bytes: Uint8Array): Promise<void> {
  for (let rest = bytes; rest.length > 0; ) {
    try {
      const taken = pipe.tryWrite(rest);
      rest = rest.subarray(taken);
      if (taken === 0) await run.process.waitOn(pipe.changed);
    } catch (error) {
      if (!(error instanceof BrokenPipe)) throw error;
      return;
    }
  }
}

/** The next bytes; undefined when nobody can write any more. */
export async function readPipe(run: Run, pipe: OpenFile, maxBytes: number): Promise<Uint8Array | undefined> {
  for (;;) {
    const bytes = pipe.tryRead(maxBytes);
    if (bytes) return bytes.length > 0 ? bytes : undefined;
    await run.process.waitOn(pipe.changed);
  }
}
