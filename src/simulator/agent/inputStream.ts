import type { Frame } from '../../ssm/frameCodec';
import { ReorderBuffer } from '../../ssm/reorderBuffer';

const REORDER_LIMIT = 100_000;

/**
 * The agent's receiver (aws/amazon-ssm-agent:agent/session/datachannel): hands on what comes next and acknowledges it afterwards; keeps and
 * acknowledges what is early; acknowledges old frames again, since agent 3.2.1041. What `deliver` does not take yet (false) is not
 * acknowledged: the client sends it again.
 */
export class InputStream {
  readonly #buffer = new ReorderBuffer<Frame>(REORDER_LIMIT);

  constructor(
    readonly acknowledge: (frame: Frame) => void,
    readonly deliver: (frame: Frame) => boolean,
  ) {}

  receive(frame: Frame): void {
    const number = Number(frame.sequenceNumber);
    if (!Number.isSafeInteger(number) || number < 0) return;
    if (number === this.#buffer.expected && !this.deliver(frame)) return;
    const arrival = this.#buffer.accept(number, frame);
    if (arrival === 'full') return;
    this.acknowledge(frame);
    if (arrival !== 'expected') return;
    this.#buffer.takeNext();
    for (let next = this.#buffer.takeNext(); next; next = this.#buffer.takeNext()) this.deliver(next);
  }
}
