import { AsyncQueue } from '../../../base/async';
import type { Clock } from '../../../base/clock';
import { type Disposable, DisposableSlot } from '../../../base/disposable';
import { sequenceAfter, sequenceDistance } from './sequence';

export interface ReceiverPort {
  readonly clock: Clock;
  /** Sends an acknowledgement without data. */
  acknowledge(): void;
}

/** Linux tcp_enter_quickack_mode: a fresh connection acknowledges at once. */
const quickAcknowledgements = 16;
/** Linux TCP_ATO_MIN. */
const delayMs = 40;
/** What the network card may hold back to merge the segments of one burst. */
const mergeMs = 0.02;
/** Half of the default tcp_rmem[2]. */
const windowLimit = 3 * 1024 * 1024;

/** The receiving half of a connection: bytes in order for the reader, the window, and when to acknowledge. */
export class TcpReceiver {
  readonly #port: ReceiverPort;
  readonly #segmentBytes: number;
  readonly #read = new AsyncQueue<Uint8Array>();
  readonly #timer = new DisposableSlot<Disposable>();
  #next: number;
  #capacity: number;
  #unreadBytes = 0;
  #unacknowledgedBytes = 0;
  #quickLeft = quickAcknowledgements;
  #advertised: number;
  #hasEnded = false;

  constructor(port: ReceiverPort, start: { nextSequence: number; segmentBytes: number; window: number }) {
    this.#port = port;
    this.#segmentBytes = start.segmentBytes;
    this.#next = start.nextSequence;
    this.#capacity = start.window;
    this.#advertised = start.window;
  }

  get nextSequence(): number {
    return this.#next;
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  get window(): number {
    return Math.max(0, this.#capacity - this.#unreadBytes);
  }

  /** Takes what is new and in order; anything else is acknowledged at once, so that the sender learns where we are. */
  accept(sequence: number, payload: Uint8Array, isPushed: boolean): void {
    const known = sequenceDistance(this.#next, sequence);
    const fresh = payload.subarray(Math.max(0, known));
    const isTaken = known >= 0 && fresh.length > 0 && fresh.length <= this.window && !this.#hasEnded;
    if (!isTaken) {
      this.#port.acknowledge();
      return;
    }
    this.#next = sequenceAfter(this.#next, fresh.length);
    this.#unreadBytes += fresh.length;
    this.#capacity = Math.min(this.#capacity + 2 * fresh.length, windowLimit);
    this.#unacknowledgedBytes += fresh.length;
    this.#read.push(fresh.slice());
    this.#scheduleAcknowledgement(isPushed);
  }

  /** FIN, if everything before it is here. */
  end(sequence: number): void {
    if (this.#hasEnded || sequence !== this.#next) return;
    this.#hasEnded = true;
    this.#next = sequenceAfter(this.#next, 1);
    this.#read.end();
  }

  fail(error: unknown): void {
    this.#read.fail(error);
    this.#timer.dispose();
  }

  async read(): Promise<Uint8Array | undefined> {
    const { value, done } = await this.#read.next();
    if (done) return undefined;
    this.#unreadBytes -= value.length;
    this.#reopenWindow();
    return value;
  }

  /** A segment just left that acknowledges everything so far. */
  acknowledged(): void {
    this.#unacknowledgedBytes = 0;
    this.#advertised = this.window;
    this.#timer.value = undefined;
  }

  #scheduleAcknowledgement(isPushed: boolean): void {
    const isQuick = this.#quickLeft > 0 || this.#unacknowledgedBytes >= 2 * this.#segmentBytes;
    if (this.#quickLeft > 0) this.#quickLeft--;
    if (isQuick && isPushed) this.#port.acknowledge();
    else if (isQuick) this.#timer.value = this.#port.clock.after(mergeMs, () => this.#port.acknowledge());
    else this.#timer.value ??= this.#port.clock.after(delayMs, () => this.#port.acknowledge());
  }

  /** A sender that was told of a full buffer hears that there is room again (RFC 9293 §3.8.6.2.2). */
  #reopenWindow(): void {
    const gained = this.window - this.#advertised;
    const isWorthIt = gained >= Math.min(this.#capacity / 2, 2 * this.#segmentBytes);
    if (this.#advertised < 2 * this.#segmentBytes && isWorthIt && !this.#hasEnded) this.#port.acknowledge();
  }
}
