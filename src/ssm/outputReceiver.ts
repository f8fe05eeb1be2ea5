import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposable';
import type { ChannelCounters } from './channelCounters';
import type { Frame } from './frameCodec';
import { ReorderBuffer } from './reorderBuffer';

export interface OutputReceiverOptions {
  readonly clock: Clock;
  readonly counters: ChannelCounters;
  readonly acknowledge: (frame: Frame) => void;
  /** Every frame once, in order. Must not throw. */
  readonly deliver: (frame: Frame) => void;
  /** Resolves when the other end of the link has answered just now; a link that stalls in silence never does. */
  readonly proveLink: () => Promise<void>;
  /** So many frames are missing for good. */
  readonly reportLoss: (frames: number) => void;
}

const REORDER_LIMIT = 10_000;
/** A hole that nobody fills for so long will not be filled. The agent fills one in every 100 ms while it lives. */
const HOLE_PATIENCE_MS = 10_000;

/**
 * The receiver's rules: deliver and acknowledge what is expected; keep and acknowledge what is early; acknowledge again what is old,
 * because the agent repeats a frame until its acknowledgement was heard, and repairs nothing behind it meanwhile.
 */
export class OutputReceiver implements Disposable {
  readonly #buffer = new ReorderBuffer<Frame>(REORDER_LIMIT);
  #holeAlarm: Disposable | undefined;
  #isLinkUp = true;

  constructor(readonly options: OutputReceiverOptions) {}

  receive(frame: Frame): void {
    const number = Number(frame.sequenceNumber);
    const { counters, acknowledge } = this.options;
    if (!Number.isSafeInteger(number) || number < 0) {
      counters.malformed++;
      return;
    }
    const arrival = this.#buffer.accept(number, frame);
    if (arrival === 'full') {
      counters.refused++;
      return;
    }
    acknowledge(frame);
    if (arrival === 'duplicate') counters.duplicates++;
    if (arrival === 'early') this.#noteEarly();
    if (arrival === 'expected') this.#drain();
  }

  /** A hole ages only while link and agent are there to fill it. */
  setLinkUp(isLinkUp: boolean): void {
    if (isLinkUp === this.#isLinkUp) return;
    this.#isLinkUp = isLinkUp;
    this.#restartHoleAlarm();
  }

  /** Delivers what is left when nothing more can come. */
  finish(): void {
    while (this.#buffer.hasHole) this.#skipHole();
    this.dispose();
  }

  dispose(): void {
    this.#holeAlarm?.dispose();
    this.#holeAlarm = undefined;
  }

  #noteEarly(): void {
    this.options.counters.early++;
    if (this.#holeAlarm) return;
    this.options.counters.holes++;
    this.#restartHoleAlarm();
  }

  #drain(): void {
    for (let frame = this.#buffer.takeNext(); frame; frame = this.#buffer.takeNext()) this.options.deliver(frame);
    this.#restartHoleAlarm();
  }

  #restartHoleAlarm(): void {
    this.dispose();
    if (!this.#buffer.hasHole || !this.#isLinkUp) return;
    const alarm = this.options.clock.after(HOLE_PATIENCE_MS, () => void this.#giveUpHole(alarm));
    this.#holeAlarm = alarm;
  }

  /** What would have filled it comes before the answer, if it was sent at all. Without an answer the link is lost, and the hole may wait. */
  async #giveUpHole(alarm: Disposable): Promise<void> {
    try {
      await this.options.proveLink();
    } catch {
      return;
    }
    if (this.#holeAlarm === alarm) this.#skipHole();
  }

  #skipHole(): void {
    const lost = this.#buffer.skipHole();
    this.options.counters.framesLost += lost;
    this.options.reportLoss(lost);
    this.#drain();
  }
}
