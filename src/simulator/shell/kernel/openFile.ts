import type { TerminalDevice } from './terminalDevice';
import { WaitQueue } from './waitQueue';

/** Writing to a pipe or terminal that nobody can read from any more. */
export class BrokenPipe extends Error {}

/**
 * An open file description, shared by the descriptors that were duplicated from one another. Reading and writing never block here:
 * a process waits on `changed` and tries again, so that nothing is lost when it is interrupted.
 */
export abstract class OpenFile {
  readonly changed: WaitQueue = new WaitQueue();
  readonly terminal: TerminalDevice | undefined = undefined;
  #references = 0;

  /** At most `maxBytes`; empty at the end of the file; undefined when there is nothing yet. */
  abstract tryRead(maxBytes: number): Uint8Array | undefined;
  /** How many bytes were taken, 0 when there is no room now. Throws {@link BrokenPipe}. */
  abstract tryWrite(bytes: Uint8Array): number;

  retain(): this {
    this.#references++;
    return this;
  }

  release(): void {
    if (--this.#references === 0) this.onLastClose();
  }

  protected onLastClose(): void {}
}

/** `/dev/null`. */
export class NullFile extends OpenFile {
  tryRead(): Uint8Array {
    return new Uint8Array(0);
  }

  tryWrite(bytes: Uint8Array): number {
    return bytes.length;
  }
}

/** What was read from a file when it was opened. */
export class ContentFile extends OpenFile {
  #offset = 0;

  constructor(readonly content: Uint8Array) {
    super();
  }

  tryRead(maxBytes: number): Uint8Array {
    const part = this.content.slice(this.#offset, this.#offset + maxBytes);
    this.#offset += part.length;
    return part;
  }

  tryWrite(): number {
    throw new BrokenPipe();
  }
}

/** A file being written: gathers bytes and hands each write on. */
export class SinkFile extends OpenFile {
  constructor(
    private readonly append: (bytes: Uint8Array) => void,
    private readonly onClosed: () => void = () => {},
  ) {
    super();
  }

  tryRead(): Uint8Array {
    return new Uint8Array(0);
  }

  tryWrite(bytes: Uint8Array): number {
    this.append(bytes);
    return bytes.length;
  }

  protected override onLastClose(): void {
    this.onClosed();
  }
}
