import type { Clock } from '../../base/clock';
import type { Disposable } from '../../base/disposable';
import { RetransmissionTimer } from '../../ssm/retransmissionTimer';

interface StoredFrame {
  readonly bytes: Uint8Array;
  sentMs: number;
}

/** Newer frames are sent but not stored once so many wait. */
const MAX_STORED = 100_000;
const TICK_MS = 100;

/**
 * The agent's sender (aws/amazon-ssm-agent:agent/session/datachannel): every frame is stored until acknowledged; at each tick only the
 * front of the queue is looked at and, when late, sent again. While paused it numbers and stores without sending.
 */
export class OutputStream implements Disposable {
  readonly #timer = new RetransmissionTimer();
  readonly #stored = new Map<number, StoredFrame>();
  #nextNumber = 0;
  #isPaused = false;
  #tick: Disposable | undefined;

  constructor(
    readonly clock: Clock,
    readonly transmit: (bytes: Uint8Array) => void,
  ) {}

  get isDrained(): boolean {
    return this.#stored.size === 0;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Numbers, stores and sends a frame that `encode` makes for its number. */
  send(encode: (sequenceNumber: number) => Uint8Array): void {
    const number = this.#nextNumber++;
    const bytes = encode(number);
    if (this.#stored.size < MAX_STORED) this.#stored.set(number, { bytes, sentMs: this.clock.now() });
    if (!this.#isPaused) this.transmit(bytes);
    this.#scheduleTick();
  }

  /** The sample counts from the last copy: the agent renews the time at every sending. */
  acknowledge(sequenceNumber: number): void {
    const frame = this.#stored.get(sequenceNumber);
    if (!frame) return;
    this.#stored.delete(sequenceNumber);
    this.#timer.observe(this.clock.now() - frame.sentMs);
  }

  pause(): void {
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#scheduleTick();
  }

  dispose(): void {
    this.#tick?.dispose();
    this.#stored.clear();
  }

  #scheduleTick(): void {
    if (this.#tick || this.#isPaused || this.#stored.size === 0) return;
    this.#tick = this.clock.after(TICK_MS, () => {
      this.#tick = undefined;
      if (!this.#isPaused) this.#resendFront();
      this.#scheduleTick();
    });
  }

  #resendFront(): void {
    const front = this.#stored.values().next().value;
    if (!front || this.clock.now() - front.sentMs <= this.#timer.timeoutMs) return;
    front.sentMs = this.clock.now();
    this.transmit(front.bytes);
  }
}
