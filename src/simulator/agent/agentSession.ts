import { delay } from '../../base/clock';
import type { Log } from '../../base/log';
import { type Frame, MessageType, PayloadType, SYN_FLAG } from '../../ssm/frameCodec';
import { readAcknowledgedNumber } from '../../ssm/payloads/acknowledge';
import { readTerminalSize } from '../../ssm/payloads/terminalSize';
import { type FrameStamp, stampAcknowledgement, stampFrame } from '../../ssm/stampedFrames';
import type { GuestTerminal } from '../shell/guest';
import { InputStream } from './inputStream';
import { OutputStream } from './outputStream';
import { TerminalPump } from './terminalPump';

export interface AgentSessionOptions {
  readonly stamp: FrameStamp;
  readonly log: Log;
  /** Starts the shell or the command on a pseudo terminal of its own. */
  readonly openTerminal: () => GuestTerminal;
  /** To the gateway. */
  readonly transmit: (frame: Uint8Array) => void;
  /** The session is over: empty for a normal end, else the reason for `channel_closed`. */
  readonly onEnded: (reason: string) => void;
}

const DRAIN_LIMIT_MS = 2_000;
const DRAIN_POLL_MS = 10;
const FAILURE_BANNER = '\n----------ERROR-------\n';

/** The agent's worker of one pseudo terminal session, as the gateway sees it. */
export class AgentSession {
  readonly #output: OutputStream;
  readonly #input: InputStream;
  readonly #abort = new AbortController();
  #terminal: GuestTerminal | undefined;
  #pump: TerminalPump | undefined;
  #isPaused = false;

  constructor(readonly options: AgentSessionOptions) {
    const { stamp, transmit } = options;
    this.#output = new OutputStream(stamp.clock, transmit);
    this.#input = new InputStream(
      frame => transmit(stampAcknowledgement(frame, stamp)),
      frame => this.#take(frame),
    );
  }

  /** Opens the terminal and runs the session to its end. */
  start(): void {
    let terminal: GuestTerminal;
    try {
      terminal = this.options.openTerminal();
    } catch (error) {
      this.options.log.warn(`Session agent: no terminal: ${String(error)}`);
      this.options.onEnded(`${FAILURE_BANNER}Unable to start command: ${messageOf(error)}\n`);
      return;
    }
    this.#terminal = terminal;
    this.#input.isReady = true;
    this.#pump = new TerminalPump({
      clock: this.options.stamp.clock,
      terminal,
      send: payload => this.#send(payload),
      signal: this.#abort.signal,
    });
    if (this.#isPaused) this.#pump.pause();
    void this.#run(this.#pump);
  }

  /** The gateway's pause_publication (false) and start_publication (true): whether the client is there. */
  setPublication(isOn: boolean): void {
    if (isOn) this.#resume();
    else this.#pause();
  }

  /** A frame from the client. Stream frames and acknowledgements end a pause by themselves. */
  receive(frame: Frame): void {
    if (this.#abort.signal.aborted) return;
    this.#resume();
    if (frame.messageType === MessageType.input) this.#input.receive(frame);
    else this.#output.acknowledge(Number(readAcknowledgedNumber(frame.payload) ?? -1n));
  }

  /** TerminateSession: the terminal goes, and with it what it still held. */
  hangUp(): void {
    this.#stop();
    this.#terminal?.hangUp();
  }

  /** The instance is gone: nothing is sent or heard any more. */
  vanish(): void {
    this.#stop();
  }

  #stop(): void {
    this.#abort.abort();
    this.#pump?.resume();
    this.#output.dispose();
  }

  #pause(): void {
    this.#isPaused = true;
    this.#output.pause();
    this.#pump?.pause();
  }

  #resume(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#output.resume();
    this.#pump?.resume();
  }

  #send(payload: Uint8Array): void {
    this.#output.send(number =>
      stampFrame(
        {
          messageType: MessageType.output,
          sequenceNumber: BigInt(number),
          flags: number === 0 ? SYN_FLAG : 0n,
          payloadType: PayloadType.output,
          payload,
        },
        this.options.stamp,
      ),
    );
  }

  #take(frame: Frame): void {
    if (frame.payloadType === PayloadType.output) this.#terminal?.write(frame.payload);
    if (frame.payloadType !== PayloadType.size) return;
    const size = readTerminalSize(frame.payload);
    if (size) this.#terminal?.resize(size.columns, size.rows);
  }

  async #run(pump: TerminalPump): Promise<void> {
    const { signal } = this.#abort;
    try {
      await pump.run();
      await this.#drain(signal);
    } catch (error) {
      if (!signal.aborted) this.options.log.error(`Session agent: ${String(error)}`);
    }
    if (signal.aborted) return;
    this.#stop();
    this.options.onEnded('');
  }

  /** Whatever is not acknowledged by then is lost. */
  async #drain(signal: AbortSignal): Promise<void> {
    const { clock } = this.options.stamp;
    const endMs = clock.now() + DRAIN_LIMIT_MS;
    while (!this.#output.isDrained && clock.now() < endMs) await delay(clock, DRAIN_POLL_MS, signal);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
