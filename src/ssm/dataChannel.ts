import { type Disposable, DisposableSlot } from '../base/disposable';
import { Emitter } from '../base/event';
import type { ChannelMessage } from '../core/ports/wire';
import { type ChannelCounters, newChannelCounters } from './channelCounters';
import { ChannelLink, type ChannelOpening } from './channelLink';
import type { ChannelPorts } from './channelPorts';
import type { ChannelStatus, SessionEnd } from './channelStatus';
import { ClientFrames } from './clientFrames';
import { ClientHandshake } from './clientHandshake';
import { decodeFrame, type Frame, MessageType, PayloadType } from './frameCodec';
import type { SessionKeySource } from './handshakeAnswers';
import { InputQueue } from './inputQueue';
import { OutputReceiver } from './outputReceiver';
import { readAcknowledgedNumber } from './payloads/acknowledge';
import { readClosingOutput } from './payloads/channelClosed';
import { readExitCode } from './payloads/exitCode';
import { readCustomerMessage } from './payloads/handshake';
import { encodeTerminalSize, type TerminalSize } from './payloads/terminalSize';

export interface SessionOutput {
  readonly bytes: Uint8Array;
  /** `error` only where the document keeps the streams apart. */
  readonly kind: 'output' | 'error';
}

export interface DataChannelOptions {
  readonly ports: ChannelPorts;
  readonly first: ChannelOpening;
  readonly reopen: (signal: AbortSignal) => Promise<ChannelOpening | undefined>;
  readonly keySource: SessionKeySource;
  readonly size: TerminalSize;
  readonly giveUpAfterMs: number;
}

const MAX_INPUT_BYTES = 1_024;
/** Input typed before anybody listens, in frames; fewer than the queue takes at once. */
const MAX_HELD_INPUTS = 256;
/** An agent that performs a handshake speaks first; a silent one is a terminal that waits for keys. */
const HANDSHAKE_WAIT_MS = 3_000;
const TIMED_OUT = /timed out due to inactivity/;

type Phase = 'undecided' | 'handshaking' | 'ready' | 'over';

/**
 * Our end of a data channel. It accepts both shapes, handshake first or output first, without being told which; holds input back
 * until the agent takes it; and outlives every loss of the link.
 */
export class DataChannel implements Disposable {
  readonly counters: ChannelCounters = newChannelCounters();
  readonly #output = new Emitter<SessionOutput>();
  readonly #status = new Emitter<ChannelStatus>();
  readonly #close = new Emitter<SessionEnd>();
  readonly onOutput = this.#output.event;
  readonly onStatus = this.#status.event;
  readonly onClose = this.#close.event;

  readonly #frames: ClientFrames;
  readonly #receiver: OutputReceiver;
  readonly #queue: InputQueue;
  readonly #handshake: ClientHandshake;
  readonly #link: ChannelLink;
  readonly #handshakeWait = new DisposableSlot<Disposable>();
  #phase: Phase = 'undecided';
  #isAgentAway = false;
  #size: TerminalSize;
  #heldInput: Uint8Array[] = [];
  #exitCode: number | undefined;

  constructor(readonly options: DataChannelOptions) {
    const { ports } = options;
    this.#frames = new ClientFrames(ports);
    this.#size = options.size;
    this.#receiver = new OutputReceiver({
      proveLink: () => this.#link.prove(),
      clock: ports.clock,
      counters: this.counters,
      acknowledge: frame => this.#link.send(this.#frames.acknowledge(frame)),
      deliver: frame => this.#deliver(frame),
      reportLoss: frames => this.#tell({ kind: 'outputLost', frames }),
    });
    this.#queue = new InputQueue({
      clock: ports.clock,
      encode: (number, payloadType, payload) => this.#frames.input(number, payloadType, payload),
      transmit: (frame, isAgain) => this.#transmit(frame, isAgain),
    });
    this.#handshake = new ClientHandshake({
      ports,
      keySource: options.keySource,
      send: (payloadType, payload) => this.#queue.add(payloadType, payload),
      isOver: () => this.#phase === 'over',
    });
    this.#link = this.#makeLink();
  }

  /** Begins to talk; call once, when all listeners are in place. */
  open(): void {
    this.#handshakeWait.value = this.options.ports.clock.after(HANDSHAKE_WAIT_MS, () => {
      if (this.#phase === 'undecided') this.#becomeReady();
    });
    this.#link.open(this.options.first);
  }

  /** Keys for the terminal, in frames of at most 1,024 bytes. */
  write(bytes: Uint8Array): void {
    for (let start = 0; start < bytes.length; start += MAX_INPUT_BYTES) {
      const part = bytes.slice(start, start + MAX_INPUT_BYTES);
      if (this.#phase === 'over') return;
      if (!this.#takeInput(part)) {
        this.#tell({ kind: 'inputDropped', bytes: bytes.length - start });
        return;
      }
    }
  }

  resize(size: TerminalSize): void {
    this.#size = size;
    if (this.#phase === 'ready') this.#queue.add(PayloadType.size, encodeTerminalSize(size));
  }

  /** Tells the agent the size it has: the harmless way to keep a quiet session from being ended as idle. */
  touch(): void {
    this.resize(this.#size);
  }

  /** Closes our end. The session itself ends only by TerminateSession. */
  dispose(): void {
    this.#finish({ cause: 'ended', reason: '', exitCode: this.#exitCode });
  }

  #makeLink(): ChannelLink {
    return new ChannelLink({
      ports: this.options.ports,
      reopen: this.options.reopen,
      giveUpAfterMs: this.options.giveUpAfterMs,
      openingFrame: token => this.#frames.opening(token),
      onMessage: message => this.#hear(message),
      onDown: (attempt, delayMs, error) => {
        this.#setReachable(false);
        this.#tell({ kind: 'reconnecting', attempt, delayMs, error });
      },
      onUpAgain: () => {
        this.counters.reconnects++;
        this.#isAgentAway = false;
        this.#setReachable(true);
        this.#tell({ kind: 'reconnected' });
        this.#queue.resendAll();
      },
      onGivenUp: cause => this.#finish({ cause, reason: '', exitCode: this.#exitCode }),
    });
  }

  #hear(message: ChannelMessage): void {
    if (this.#phase === 'over') return;
    const reading = typeof message === 'string' ? undefined : decodeFrame(message, this.options.ports.sha256);
    if (reading?.ok) {
      this.#guard(() => this.#receiveFrame(reading.frame));
      return;
    }
    this.counters.malformed++;
    this.options.ports.log.warn(`Session channel: dropped a frame: ${reading?.fault ?? 'text'}`);
  }

  #receiveFrame(frame: Frame): void {
    switch (frame.messageType) {
      case MessageType.output:
        this.#noticeAgent();
        this.counters.framesReceived++;
        this.counters.payloadBytesReceived += frame.payload.length;
        this.#receiver.receive(frame);
        break;
      case MessageType.acknowledge:
        this.#noticeAgent();
        this.#queue.acknowledge(Number(readAcknowledgedNumber(frame.payload) ?? -1n));
        break;
      case MessageType.channelClosed:
        this.#hearClosing(readClosingOutput(frame.payload));
        break;
      case MessageType.pausePublication:
        this.#noticeAgentAway();
        break;
      case MessageType.startPublication:
        this.#noticeAgent();
        break;
      default:
        this.counters.unknown++;
    }
  }

  #noticeAgentAway(): void {
    if (this.#isAgentAway) return;
    this.#isAgentAway = true;
    this.#setReachable(false);
    this.#tell({ kind: 'agentUnreachable' });
  }

  /** Whatever comes from the agent proves that it is back, as the agent reads our frames. */
  #noticeAgent(): void {
    if (!this.#isAgentAway) return;
    this.#isAgentAway = false;
    this.#setReachable(true);
    this.#tell({ kind: 'agentReachable' });
  }

  #setReachable(isReachable: boolean): void {
    this.#receiver.setLinkUp(isReachable);
    this.#queue.setPaused(!isReachable);
  }

  #hearClosing(reason: string): void {
    this.#receiver.finish();
    const cause = reason === '' ? 'finished' : TIMED_OUT.test(reason) ? 'timedOut' : 'failed';
    this.#finish({ cause, reason, exitCode: this.#exitCode });
  }

  #deliver(frame: Frame): void {
    switch (frame.payloadType) {
      case PayloadType.output:
        this.#decrypt(frame.payload, bytes => this.#giveOut({ bytes, kind: 'output' }));
        break;
      case PayloadType.errorOutput:
        this.#decrypt(frame.payload, bytes => this.#giveOut({ bytes, kind: 'error' }));
        break;
      case PayloadType.exitCode:
        this.#decrypt(frame.payload, bytes => {
          this.#exitCode = readExitCode(bytes);
        });
        break;
      case PayloadType.handshakeRequest:
        this.#hearHandshakeRequest(frame.payload);
        break;
      case PayloadType.encryptionChallengeRequest:
        if (!this.#handshake.hearChallenge(frame.payload)) this.counters.malformed++;
        break;
      case PayloadType.handshakeComplete:
        this.#completeHandshake(readCustomerMessage(frame.payload));
        break;
      default:
        this.counters.unknown++;
    }
  }

  #giveOut(output: SessionOutput): void {
    if (this.#phase === 'undecided') this.#becomeReady();
    this.#guard(() => this.#output.fire(output));
  }

  /** What the other end cannot have encrypted is dropped. */
  #decrypt(payload: Uint8Array, use: (bytes: Uint8Array) => void): void {
    const bytes = this.#handshake.decrypt(payload);
    if (bytes) use(bytes);
    else this.counters.malformed++;
  }

  #hearHandshakeRequest(payload: Uint8Array): void {
    if (this.#handshake.hearRequest(payload)) this.#phase = 'handshaking';
    else this.counters.malformed++;
  }

  #completeHandshake(notice: string): void {
    if (notice) this.#tell({ kind: 'notice', text: notice });
    this.#becomeReady();
  }

  #becomeReady(): void {
    if (this.#phase === 'ready' || this.#phase === 'over') return;
    this.#phase = 'ready';
    this.#handshakeWait.dispose();
    this.touch();
    for (const bytes of this.#heldInput) this.#sendKeys(bytes);
    this.#heldInput = [];
    this.#tell({ kind: 'ready' });
  }

  #takeInput(part: Uint8Array): boolean {
    if (this.#phase === 'ready') return this.#sendKeys(part);
    if (this.#heldInput.length >= MAX_HELD_INPUTS) return false;
    this.#heldInput.push(part);
    return true;
  }

  #sendKeys(bytes: Uint8Array): boolean {
    return this.#queue.add(PayloadType.output, this.#handshake.encrypt(bytes));
  }

  #transmit(frame: Uint8Array, isAgain: boolean): void {
    if (!this.#link.isUp) return;
    if (isAgain) this.counters.framesResent++;
    else this.counters.framesSent++;
    this.#link.send(frame);
  }

  #tell(status: ChannelStatus): void {
    if (this.#phase !== 'over') this.#guard(() => this.#status.fire(status));
  }

  /** Whatever a frame or a listener brings about, the reading of frames goes on. */
  #guard(call: () => void): void {
    try {
      call();
    } catch (error) {
      this.counters.listenerErrors++;
      this.options.ports.log.error(`Session channel: a listener failed: ${String(error)}`);
    }
  }

  #finish(end: SessionEnd): void {
    if (this.#phase === 'over') return;
    this.#phase = 'over';
    this.#handshakeWait.dispose();
    this.#receiver.dispose();
    this.#queue.dispose();
    this.#link.dispose();
    this.#guard(() => this.#close.fire(end));
  }
}
