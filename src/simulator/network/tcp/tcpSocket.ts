import { type Deferred, deferred } from '../../../base/async';
import { type Disposable, DisposableSlot } from '../../../base/disposable';
import type { TcpSegment } from '../../../packet/headers/tcp';
import { TcpFlag } from '../../../packet/packetColumns';
import { ConnectError, type ConnectFailure, type TcpConnection } from '../hostNetwork';
import { sequenceAfter, sequenceDistance } from './sequence';
import { type ConnectionName, type FrameHost, TcpFrame } from './tcpFrame';
import { TcpReceiver } from './tcpReceiver';
import { TcpSender } from './tcpSender';

/** What a connection is given by the host it lives on. */
export interface SocketHost extends FrameHost {
  readonly initialSequence: number;
  readonly openingWaitsMs: readonly number[];
  /** A connection that came in has been opened. */
  opened(): void;
  /** Nothing will come of it any more. */
  forget(): void;
}

type Phase = 'synSent' | 'synReceived' | 'open' | 'timeWait' | 'closed';

const phaseNames = { synSent: 'SYN-SENT', synReceived: 'SYN-RECV', timeWait: 'TIME-WAIT', closed: 'UNCONN' } as const;
/** Linux TCP_TIMEWAIT_LEN. */
const lingerMs = 60_000;
/** For how long a half-closed connection waits for the other end's next word: beyond every retransmission of a living one. */
const halfClosedMs = 600_000;
/** A program that writes faster than its peer reads is cut off, so that a simulation stays small. */
const unsentLimitBytes = 16 * 1024 * 1024;
const nothing = new Uint8Array(0);

/** One end of a TCP connection (RFC 9293), from handshake to the last FIN. */
export class TcpSocket implements TcpConnection {
  readonly #name: ConnectionName;
  readonly #host: SocketHost;
  readonly #frame: TcpFrame;
  readonly #timer = new DisposableSlot<Disposable>();
  readonly #opening: Deferred<void> = deferred();
  readonly #firstSequence: number;
  readonly #openingWindow: number;
  #phase: Phase;
  #sender: TcpSender | undefined;
  #receiver: TcpReceiver | undefined;
  #closedFirst = false;

  constructor(name: ConnectionName, host: SocketHost, firstSegment?: TcpSegment) {
    this.#name = name;
    this.#host = host;
    this.#firstSequence = host.initialSequence;
    this.#frame = new TcpFrame(name, host);
    this.#opening.promise.catch(() => {});
    this.#phase = firstSegment ? 'synReceived' : 'synSent';
    if (firstSegment) this.#frame.learn(firstSegment);
    this.#openingWindow = wholeSegments(host.segmentBytes - this.#frame.optionBytes);
    if (firstSegment) this.#prepareToReceive(firstSegment);
  }

  /** Sends the first SYN or SYN-ACK. */
  start(): void {
    this.#sendOpening(0);
  }

  get localAddress(): string {
    return this.#name.localAddress;
  }
  get localPort(): number {
    return this.#name.localPort;
  }
  get remoteAddress(): string {
    return this.#name.remoteAddress;
  }
  get remotePort(): number {
    return this.#name.remotePort;
  }

  get isOpening(): boolean {
    return this.#phase === 'synSent' || this.#phase === 'synReceived';
  }

  /** Its state as ss(8) names it. */
  get stateName(): string {
    if (this.#phase !== 'open') return phaseNames[this.#phase];
    const hasPeerEnded = this.#receiver?.hasEnded;
    if (this.#sender?.isFinishing)
      return hasPeerEnded ? 'LAST-ACK' : this.#sender.isFinished ? 'FIN-WAIT-2' : 'FIN-WAIT-1';
    return hasPeerEnded ? 'CLOSE-WAIT' : 'ESTAB';
  }

  /** Settles with the handshake; rejects with a ConnectError. */
  get opened(): Promise<void> {
    return this.#opening.promise;
  }

  write(bytes: Uint8Array): void {
    if (this.#phase !== 'open' || !this.#sender) return;
    if (this.#sender.isFinishing) return;
    if (this.#sender.unsentBytes + bytes.length > unsentLimitBytes) {
      this.reset();
      return;
    }
    this.#sender.write(bytes.slice());
  }

  read(): Promise<Uint8Array | undefined> {
    return this.#receiver?.read() ?? Promise.reject(new ConnectError('reset'));
  }

  close(): void {
    if (this.#phase !== 'open' || !this.#sender) {
      this.abandon();
      return;
    }
    this.#closedFirst ||= !this.#receiver?.hasEnded;
    this.#sender.finish();
  }

  reset(): void {
    // Once a program has finished its side it cannot take that back; the rest is the kernel's to bring to an end.
    if (this.#phase === 'open' && this.#sender?.isFinishing) return;
    if (this.#phase === 'open') this.#transmit(this.#nextSequence, nothing, TcpFlag.rst | TcpFlag.ack);
    this.#end('reset');
  }

  /** Gives up an opening without a word, as a process does that is interrupted. */
  abandon(): void {
    this.failOpening('timedOut');
  }

  /** Gives up an opening for a reason that the program hears. */
  failOpening(failure: ConnectFailure): void {
    if (this.isOpening) this.#end(failure);
  }

  /** The host is gone; nothing is sent. */
  lose(): void {
    this.#end('reset');
  }

  receive(segment: TcpSegment): void {
    switch (this.#phase) {
      case 'synSent':
        this.#receiveInSynSent(segment);
        return;
      case 'synReceived':
        this.#receiveInSynReceived(segment);
        return;
      case 'open':
        this.#receiveInOpen(segment);
        return;
      case 'timeWait':
        if (segment.flags & TcpFlag.fin || segment.payload.length > 0) this.#acknowledge();
        return;
      case 'closed':
        return;
    }
  }

  #receiveInSynSent(segment: TcpSegment): void {
    const answersUs = segment.flags & TcpFlag.ack && segment.acknowledgment === sequenceAfter(this.#firstSequence, 1);
    if (!answersUs) return;
    if (segment.flags & TcpFlag.rst) {
      this.#end('refused');
      return;
    }
    if (!(segment.flags & TcpFlag.syn)) return;
    this.#frame.learn(segment);
    this.#prepareToReceive(segment);
    this.#open(segment);
    this.#acknowledge();
    this.#opening.resolve();
  }

  #receiveInSynReceived(segment: TcpSegment): void {
    if (segment.flags & TcpFlag.rst) {
      this.#end('reset');
      return;
    }
    if (segment.flags & TcpFlag.syn) {
      this.#transmitOpening();
      return;
    }
    if (segment.acknowledgment !== sequenceAfter(this.#firstSequence, 1)) return;
    this.#open(segment);
    this.#opening.resolve();
    this.#host.opened();
    this.#receiveInOpen(segment);
  }

  #receiveInOpen(segment: TcpSegment): void {
    const receiver = this.#receiver as TcpReceiver;
    const sender = this.#sender as TcpSender;
    if (segment.flags & TcpFlag.rst) {
      if (segment.sequence === receiver.nextSequence) this.#end('reset');
      return;
    }
    // A SYN out of place is answered with where we are (RFC 5961 §4).
    if (segment.flags & TcpFlag.syn || !(segment.flags & TcpFlag.ack)) {
      this.#acknowledge();
      return;
    }
    const roundTripMs = this.#frame.noteTimestamps(segment);
    const isPure = segment.payload.length === 0 && !(segment.flags & TcpFlag.fin);
    const window = this.#frame.windowOf(segment);
    if (!sender.acknowledge(segment.acknowledgment, window, { roundTripMs, isPure })) {
      this.#acknowledge();
      return;
    }
    if (segment.payload.length > 0) {
      receiver.accept(segment.sequence, segment.payload, (segment.flags & (TcpFlag.psh | TcpFlag.fin)) !== 0);
    } else if (isPure && sequenceDistance(segment.sequence, receiver.nextSequence) < 0) this.#acknowledge();
    if (segment.flags & TcpFlag.fin) this.#receiveFin(sequenceAfter(segment.sequence, segment.payload.length));
    this.#settleEnd();
  }

  #receiveFin(sequence: number): void {
    this.#receiver?.end(sequence);
    this.#acknowledge();
  }

  /** Where the connection stands once segments or FINs have been acknowledged. */
  #settleEnd(): void {
    if (this.#phase !== 'open' || !this.#sender?.isFinished) return;
    if (!this.#receiver?.hasEnded) {
      // FIN-WAIT-2: the other end may still talk, but not be silent for ever.
      this.#timer.value = this.#host.clock.after(halfClosedMs, () => this.#end('timedOut'));
    } else if (this.#closedFirst) {
      this.#phase = 'timeWait';
      this.#sender.dispose();
      this.#timer.value = this.#host.clock.after(lingerMs, () => this.#end('reset'));
    } else this.#end('reset');
  }

  #prepareToReceive(segment: TcpSegment): void {
    this.#receiver = new TcpReceiver(
      { clock: this.#host.clock, acknowledge: () => this.#acknowledge() },
      {
        nextSequence: sequenceAfter(segment.sequence, 1),
        segmentBytes: this.#host.segmentBytes - this.#frame.optionBytes,
        window: this.#openingWindow,
      },
    );
  }

  #open(segment: TcpSegment): void {
    this.#timer.value = undefined;
    this.#phase = 'open';
    const roundTripMs = this.#frame.noteTimestamps(segment);
    this.#sender = new TcpSender(
      {
        clock: this.#host.clock,
        transmit: (sequence, payload, flags) => this.#transmit(sequence, payload, flags),
        giveUp: () => this.#end('timedOut'),
      },
      {
        firstSequence: sequenceAfter(this.#firstSequence, 1),
        segmentBytes: this.#frame.outgoingSegmentBytes,
        peerWindow: this.#frame.windowOf(segment),
        roundTripMs,
      },
    );
  }

  /** SYN or SYN-ACK, again and again until an answer comes. */
  #sendOpening(attempt: number): void {
    const waitMs = this.#host.openingWaitsMs[attempt];
    if (waitMs === undefined) {
      this.#end('timedOut');
      return;
    }
    this.#transmitOpening();
    this.#timer.value = this.#host.clock.after(waitMs, () => this.#sendOpening(attempt + 1));
  }

  #transmitOpening(): void {
    const isAnswer = this.#phase === 'synReceived';
    this.#frame.sendOpening({
      sequence: this.#firstSequence,
      acknowledgment: isAnswer ? (this.#receiver?.nextSequence ?? 0) : undefined,
      window: this.#openingWindow,
    });
  }

  #acknowledge(): void {
    this.#transmit(this.#nextSequence, nothing, TcpFlag.ack);
  }

  #transmit(sequence: number, payload: Uint8Array, flags: number): void {
    const window = this.#receiver?.window ?? 0;
    this.#receiver?.acknowledged();
    this.#frame.send({ sequence, acknowledgment: this.#receiver?.nextSequence ?? 0, flags, window, payload });
  }

  #end(failure: ConnectFailure): void {
    if (this.#phase === 'closed') return;
    this.#phase = 'closed';
    this.#timer.dispose();
    this.#sender?.dispose();
    this.#opening.reject(new ConnectError(failure));
    this.#receiver?.fail(new ConnectError(failure));
    this.#host.forget();
  }

  get #nextSequence(): number {
    return this.#sender?.nextSequence ?? sequenceAfter(this.#firstSequence, 1);
  }
}

/** Linux offers as many whole segments as fit into 64 KiB; the end that answers counts them without the timestamps. */
function wholeSegments(segmentBytes: number): number {
  return Math.floor(0xffff / segmentBytes) * segmentBytes;
}
