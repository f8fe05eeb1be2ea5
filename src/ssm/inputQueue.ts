import type { Clock } from '../base/clock';
import type { Disposable } from '../base/disposable';
import { RetransmissionTimer } from './retransmissionTimer';

export interface InputQueueOptions {
  readonly clock: Clock;
  /** Makes the frame of one number; the same bytes are sent again when need be. */
  readonly encode: (sequenceNumber: number, payloadType: number, payload: Uint8Array) => Uint8Array;
  readonly transmit: (frame: Uint8Array, isAgain: boolean) => void;
}

interface Unacknowledged {
  readonly frame: Uint8Array;
  sentMs: number;
  copies: number;
}

/** Keyboard input is tiny: more than this means that nobody acknowledges. */
const MAX_UNACKNOWLEDGED = 512;
const CHECK_EVERY_MS = 100;
const LONGEST_BACK_OFF_MS = 5_000;

/** Numbers our frames, keeps each until it is acknowledged and sends it again with growing gaps. */
export class InputQueue implements Disposable {
  readonly #timer = new RetransmissionTimer();
  readonly #waiting = new Map<number, Unacknowledged>();
  #nextNumber = 0;
  #check: Disposable | undefined;
  #isPaused = false;

  constructor(readonly options: InputQueueOptions) {}

  get length(): number {
    return this.#waiting.size;
  }

  /** Sends a frame; false when the queue is full and the frame was not taken. */
  add(payloadType: number, payload: Uint8Array): boolean {
    if (this.#waiting.size >= MAX_UNACKNOWLEDGED) return false;
    const number = this.#nextNumber++;
    const frame = this.options.encode(number, payloadType, payload);
    this.#waiting.set(number, { frame, sentMs: this.options.clock.now(), copies: 1 });
    this.options.transmit(frame, false);
    this.#scheduleCheck();
    return true;
  }

  /** A frame that went out more than once gives no sample: nobody knows which copy was acknowledged (RFC 6298 §3). */
  acknowledge(sequenceNumber: number): void {
    const entry = this.#waiting.get(sequenceNumber);
    if (!entry) return;
    this.#waiting.delete(sequenceNumber);
    if (entry.copies === 1) this.#timer.observe(this.options.clock.now() - entry.sentMs);
  }

  /** After a reconnect: everything unacknowledged, in order. */
  resendAll(): void {
    for (const entry of this.#waiting.values()) {
      entry.copies = 1;
      this.#resend(entry);
    }
    this.#scheduleCheck();
  }

  /** Stops and restarts the resend clock, while nobody is there to acknowledge. */
  setPaused(isPaused: boolean): void {
    this.#isPaused = isPaused;
    if (isPaused) this.#stopChecking();
    else this.#scheduleCheck();
  }

  dispose(): void {
    this.setPaused(true);
    this.#waiting.clear();
  }

  #stopChecking(): void {
    this.#check?.dispose();
    this.#check = undefined;
  }

  #scheduleCheck(): void {
    if (this.#check || this.#isPaused || this.#waiting.size === 0) return;
    this.#check = this.options.clock.after(CHECK_EVERY_MS, () => {
      this.#check = undefined;
      const nowMs = this.options.clock.now();
      for (const entry of this.#waiting.values())
        if (nowMs - entry.sentMs > this.#patienceMs(entry)) this.#resend(entry);
      this.#scheduleCheck();
    });
  }

  #patienceMs(entry: Unacknowledged): number {
    return Math.min(LONGEST_BACK_OFF_MS, this.#timer.timeoutMs * 2 ** (entry.copies - 1));
  }

  #resend(entry: Unacknowledged): void {
    entry.sentMs = this.options.clock.now();
    entry.copies++;
    this.options.transmit(entry.frame, true);
  }
}
