import { AsyncQueue } from '../../base/async';
import { LARGEST_SMUX_DATA, SmuxCommand, type SmuxFrame } from './smuxFrames';

/** One stream of a smux session, as the server's end sees it. It cannot be half closed. */
export class SmuxStream {
  readonly #arriving = new AsyncQueue<Uint8Array>();
  #isClosed = false;

  constructor(
    readonly id: number,
    /** Resolves when there is room for more. */
    readonly write: (frame: SmuxFrame) => Promise<void>,
    readonly onClosed: () => void,
  ) {}

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Next data; undefined when either end has finished. */
  async read(): Promise<Uint8Array | undefined> {
    const next = await this.#arriving.next();
    return next.done || this.#isClosed ? undefined : next.value;
  }

  async send(bytes: Uint8Array): Promise<void> {
    for (let start = 0; start < bytes.length && !this.#isClosed; start += LARGEST_SMUX_DATA) {
      const data = bytes.slice(start, start + LARGEST_SMUX_DATA);
      await this.write({ command: SmuxCommand.data, streamId: this.id, data });
    }
  }

  /** The other end sent data. */
  push(data: Uint8Array): void {
    this.#arriving.push(data);
  }

  /** The other end will send no more. */
  finish(): void {
    this.#arriving.end();
  }

  /** Says so once; nothing is read or sent afterwards. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#arriving.end();
    void this.write({ command: SmuxCommand.finish, streamId: this.id, data: new Uint8Array(0) });
    this.onClosed();
  }
}
