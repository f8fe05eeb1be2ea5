import { type Deferred, deferred } from '../../base/async';
import { delay } from '../../base/clock';
import { type Frame, type FrameContent, MessageType, PayloadType, SYN_FLAG } from '../../ssm/frameCodec';
import { readAcknowledgedNumber } from '../../ssm/payloads/acknowledge';
import type { SessionCipher } from '../../ssm/sessionCipher';
import { type FrameStamp, stampAcknowledgement, stampFrame } from '../../ssm/stampedFrames';
import { InputStream } from './inputStream';
import { OutputStream } from './outputStream';

const DRAIN_LIMIT_MS = 2_000;
const DRAIN_POLL_MS = 10;
const ENCRYPTED_OUTPUT: readonly number[] = [PayloadType.output, PayloadType.errorOutput, PayloadType.exitCode];

/** The agent's end of one session's data channel: numbered frames both ways, pauses, and the cipher once there is one. */
export class AgentChannel {
  /** Where input goes, in order; false for what cannot be taken yet. */
  onInput: (frame: FrameContent) => boolean = () => false;
  readonly #output: OutputStream;
  readonly #input: InputStream;
  #cipher: SessionCipher | undefined;
  #resumed: Deferred<void> | undefined;
  #isClosed = false;

  constructor(
    readonly stamp: FrameStamp,
    /** To the gateway. */
    transmit: (frame: Uint8Array) => void,
  ) {
    this.#output = new OutputStream(stamp.clock, transmit);
    this.#input = new InputStream(
      frame => transmit(stampAcknowledgement(frame, stamp)),
      frame => this.#deliver(frame),
    );
  }

  /** False between the gateway's pause_publication and whatever ends the pause. */
  get isActive(): boolean {
    return this.#resumed === undefined;
  }

  /** Resolves when the channel is not paused. */
  async whenActive(): Promise<void> {
    await this.#resumed?.promise;
  }

  /** Sends a payload; an empty one is ignored, as the agent does. */
  send(payloadType: number, payload: Uint8Array): void {
    if (payload.length === 0 || this.#isClosed) return;
    const isEncrypted = ENCRYPTED_OUTPUT.includes(payloadType);
    const wire = this.#cipher && isEncrypted ? this.#cipher.encrypt(payload) : payload;
    this.#output.send(number =>
      stampFrame(
        {
          messageType: MessageType.output,
          sequenceNumber: BigInt(number),
          flags: number === 0 ? SYN_FLAG : 0n,
          payloadType,
          payload: wire,
        },
        this.stamp,
      ),
    );
  }

  /** From now on output is encrypted, and input must be. */
  useCipher(cipher: SessionCipher): void {
    this.#cipher = cipher;
  }

  /** The gateway's pause_publication (false) and start_publication (true): whether the client is there. */
  setPublication(isOn: boolean): void {
    if (isOn) this.#resume();
    else if (!this.#isClosed) this.#pause();
  }

  /** A frame from the client. Stream frames and acknowledgements end a pause by themselves. */
  receive(frame: Frame): void {
    if (this.#isClosed) return;
    this.#resume();
    if (frame.messageType === MessageType.input) this.#input.receive(frame);
    else this.#output.acknowledge(Number(readAcknowledgedNumber(frame.payload) ?? -1n));
  }

  /** Waits until everything is acknowledged, 2 s at most: what is not by then is lost. */
  async drain(signal: AbortSignal): Promise<void> {
    const { clock } = this.stamp;
    const endMs = clock.now() + DRAIN_LIMIT_MS;
    while (!this.#output.isDrained && clock.now() < endMs) await delay(clock, DRAIN_POLL_MS, signal);
  }

  /** Nothing is sent or heard any more. */
  close(): void {
    this.#isClosed = true;
    this.#resume();
    this.#output.dispose();
  }

  #pause(): void {
    this.#resumed ??= deferred<void>();
    this.#output.pause();
  }

  #resume(): void {
    if (!this.#resumed) return;
    this.#resumed.resolve();
    this.#resumed = undefined;
    this.#output.resume();
  }

  #deliver(frame: Frame): boolean {
    if (!this.#cipher || frame.payloadType !== PayloadType.output) return this.onInput(frame);
    const payload = this.#cipher.decrypt(frame.payload);
    return payload !== undefined && this.onInput({ payloadType: frame.payloadType, payload });
  }
}
