import type { Frame } from '../../ssm/frameCodec';
import { ReorderBuffer } from '../../ssm/reorderBuffer';

const REORDER_LIMIT = 100_000;

/**
 * The agent's receiver: keeps input in order, acknowledges what it takes and, since agent 3.2.1041, old frames again. While `isReady`
 * is false it refuses silently; the client's resend delivers the frame later.
 */
export class InputStream {
  readonly #buffer = new ReorderBuffer<Frame>(REORDER_LIMIT);
  isReady = false;

  constructor(
    readonly acknowledge: (frame: Frame) => void,
    readonly deliver: (frame: Frame) => void,
  ) {}

  receive(frame: Frame): void {
    const number = Number(frame.sequenceNumber);
    if (!this.isReady || !Number.isSafeInteger(number) || number < 0) return;
    if (this.#buffer.accept(number, frame) === 'full') return;
    this.acknowledge(frame);
    for (let next = this.#buffer.takeNext(); next; next = this.#buffer.takeNext()) this.deliver(next);
  }
}
