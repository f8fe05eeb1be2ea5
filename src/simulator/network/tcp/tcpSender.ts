import type { Clock } from '../../../base/clock';
import { type Disposable, DisposableSlot } from '../../../base/disposable';
import { TcpFlag } from '../../../packet/packetColumns';
import { ByteQueue } from './byteQueue';
import { sequenceAfter, sequenceDistance } from './sequence';
import { RetransmissionTimeout } from './tcpTiming';

export interface SenderPort {
  readonly clock: Clock;
  transmit(sequence: number, payload: Uint8Array, flags: number): void;
  /** The other end has been silent for too long. */
  giveUp(): void;
}

/** Linux tcp_retries2. */
const retransmissionLimit = 15;
/** RFC 6928. */
const initialWindowSegments = 10;
const congestionWindowLimit = 4 * 1024 * 1024;
/** RFC 5681 §3.2. */
const duplicatesBeforeRetransmission = 3;

/**
 * The sending half of a connection after its handshake: what to send when, and what to send again. After a loss it goes back to the first
 * unacknowledged byte; slow start as in RFC 5681, without its later phases, because nothing here queues in the way.
 */
export class TcpSender {
  readonly #port: SenderPort;
  readonly #segmentBytes: number;
  readonly #queue = new ByteQueue();
  readonly #timeout = new RetransmissionTimeout();
  readonly #timer = new DisposableSlot<Disposable>();
  #unacknowledged: number;
  #next: number;
  #highest: number;
  #peerWindow: number;
  #congestionWindow: number;
  /** Number of the FIN, once there is one. */
  #finSequence: number | undefined;
  #retransmissions = 0;
  #duplicates = 0;

  constructor(
    port: SenderPort,
    start: {
      readonly firstSequence: number;
      readonly segmentBytes: number;
      readonly peerWindow: number;
      /** Of the handshake, if it could be measured. */
      readonly roundTripMs: number | undefined;
    },
  ) {
    this.#port = port;
    this.#segmentBytes = start.segmentBytes;
    this.#unacknowledged = start.firstSequence;
    this.#next = start.firstSequence;
    this.#highest = start.firstSequence;
    this.#peerWindow = start.peerWindow;
    this.#congestionWindow = initialWindowSegments * start.segmentBytes;
    if (start.roundTripMs !== undefined) this.#timeout.sample(start.roundTripMs);
  }

  /** Sequence number for a segment without data. */
  get nextSequence(): number {
    return this.#highest;
  }

  get unsentBytes(): number {
    return this.#queue.length - sequenceDistance(this.#next, this.#unacknowledged);
  }

  /** Nothing more will be written. */
  get isFinishing(): boolean {
    return this.#finSequence !== undefined;
  }

  /** The other end has everything, FIN included. */
  get isFinished(): boolean {
    return this.#finSequence !== undefined && sequenceDistance(this.#unacknowledged, this.#finSequence) > 0;
  }

  /** Not after {@link finish}. */
  write(bytes: Uint8Array): void {
    this.#queue.push(bytes);
    this.#pump();
  }

  /** FIN follows the last byte. */
  finish(): void {
    this.#finSequence ??= sequenceAfter(this.#unacknowledged, this.#queue.length);
    this.#pump();
  }

  /** What an acknowledgement says. False when it speaks of bytes that were never sent. */
  acknowledge(
    sequence: number,
    window: number,
    segment: { roundTripMs: number | undefined; isPure: boolean },
  ): boolean {
    if (sequenceDistance(sequence, this.#highest) > 0) return false;
    const gained = sequenceDistance(sequence, this.#unacknowledged);
    if (gained > 0) this.#advance(sequence, gained, segment.roundTripMs);
    else if (gained === 0 && segment.isPure && window === this.#peerWindow) this.#noteDuplicate();
    if (gained >= 0) this.#peerWindow = window;
    // A full receiver that answers is alive: it may keep us waiting for ever.
    if (window === 0) this.#retransmissions = 0;
    this.#pump();
    return true;
  }

  dispose(): void {
    this.#timer.dispose();
    this.#queue.clear();
  }

  #advance(sequence: number, gained: number, roundTripMs: number | undefined): void {
    const data = Math.min(gained, this.#queue.length);
    this.#queue.drop(data);
    this.#unacknowledged = sequence;
    if (sequenceDistance(this.#next, sequence) < 0) this.#next = sequence;
    this.#congestionWindow = Math.min(this.#congestionWindow + data, congestionWindowLimit);
    this.#duplicates = 0;
    this.#retransmissions = 0;
    if (roundTripMs !== undefined) this.#timeout.sample(roundTripMs);
    this.#timeout.progress();
    this.#timer.value = undefined;
  }

  #noteDuplicate(): void {
    if (this.#next === this.#unacknowledged || ++this.#duplicates !== duplicatesBeforeRetransmission) return;
    this.#congestionWindow = Math.max(this.#congestionWindow / 2, 2 * this.#segmentBytes);
    this.#next = this.#unacknowledged;
  }

  #pump(): void {
    let isSending = true;
    while (isSending) isSending = this.#sendOne();
    if (this.#isWaiting) this.#timer.value ??= this.#port.clock.after(this.#timeout.ms, () => this.#onTimeout());
  }

  get #isWaiting(): boolean {
    return this.#queue.length > 0 || (this.#finSequence !== undefined && !this.isFinished);
  }

  #sendOne(): boolean {
    const sent = sequenceDistance(this.#next, this.#unacknowledged);
    const available = this.#queue.length - sent;
    if (available <= 0) return this.#sendBareFin();
    const room = Math.min(this.#peerWindow, this.#congestionWindow) - sent;
    const size = Math.min(this.#segmentBytes, available, room);
    // RFC 9293 §3.8.6.2.1: no small segment while a full one may follow soon.
    const isSilly = size < this.#segmentBytes && size < available && sent > 0;
    if (size <= 0 || isSilly) return false;
    const isLast = size === available;
    const fin = isLast && this.#finSequence !== undefined ? TcpFlag.fin : 0;
    this.#transmit(this.#queue.copy(sent, size), TcpFlag.ack | (isLast ? TcpFlag.psh : 0) | fin);
    return true;
  }

  #sendBareFin(): boolean {
    if (this.#next !== this.#finSequence) return false;
    this.#transmit(new Uint8Array(0), TcpFlag.fin | TcpFlag.ack);
    return true;
  }

  #transmit(payload: Uint8Array, flags: number): void {
    const sequence = this.#next;
    this.#next = sequenceAfter(sequence, payload.length + (flags & TcpFlag.fin));
    if (sequenceDistance(this.#next, this.#highest) > 0) this.#highest = this.#next;
    this.#port.transmit(sequence, payload, flags);
  }

  #onTimeout(): void {
    this.#timer.value = undefined;
    if (++this.#retransmissions > retransmissionLimit) {
      this.#port.giveUp();
      return;
    }
    this.#timeout.backOff();
    if (this.#peerWindow === 0 && this.#queue.length > 0) {
      this.#probe();
      return;
    }
    this.#next = this.#unacknowledged;
    this.#congestionWindow = this.#segmentBytes;
    this.#pump();
  }

  /** An old byte number makes the other end repeat its window (RFC 9293 §3.8.6.1). */
  #probe(): void {
    this.#port.transmit(sequenceAfter(this.#unacknowledged, -1), new Uint8Array(0), TcpFlag.ack);
    this.#timer.value = this.#port.clock.after(this.#timeout.ms, () => this.#onTimeout());
  }
}
