import { DisposableStore } from '../../base/disposable';
import type { Log } from '../../base/log';
import type { ChannelMessage, ChannelTransport } from '../../core/ports/wire';
import { MessageType, type ReceivedFrame, readFrame } from '../../ssm/frameCodec';
import type { FrameStamp } from '../../ssm/stampedFrames';
import { type ChannelPair, createChannelPair } from './channelPair';
import { channelClosedFrame } from './gatewayFrames';
import { readOpeningFrame } from './openingFrame';

export interface ClientChannelOptions {
  readonly stamp: FrameStamp;
  readonly log: Log;
  readonly sessionId: string;
  readonly isTokenValid: (token: string) => boolean;
  readonly onOpened: () => void;
  /** An input or acknowledge frame. */
  readonly onFrame: (frame: ReceivedFrame) => void;
  readonly onClosed: () => void;
}

/** "Within some seconds": our choice, the gateway is closed source. */
const TOKEN_DEADLINE_MS = 10_000;
/** The gateway hangs up about once an hour; the session lives on (aws/session-manager-plugin#135). */
const HANG_UP_AFTER_MS = 60 * 60_000;
const NORMAL_CLOSURE = 1000;
const POLICY_VIOLATION = 1008;

/** The gateway's end of one client's socket: silent until the right token came, then frames both ways. */
export class ClientChannel {
  /** The end to give to the client. */
  readonly transport: ChannelTransport;
  readonly #pair: ChannelPair = createChannelPair();
  readonly #alarms = new DisposableStore();
  #clientId: string | undefined;
  #isClosed = false;

  constructor(readonly options: ClientChannelOptions) {
    const { client, service } = this.#pair;
    this.transport = client;
    service.onMessage = message => this.#hear(message);
    service.onClose = () => this.#noteClosed();
    const { clock } = options.stamp;
    this.#alarms.add(clock.after(TOKEN_DEADLINE_MS, () => this.#refuseUnopened()));
    this.#alarms.add(clock.after(HANG_UP_AFTER_MS, () => this.close(NORMAL_CLOSURE, 'Bye')));
  }

  get isOpen(): boolean {
    return this.#clientId !== undefined && !this.#isClosed;
  }

  send(frame: Uint8Array): void {
    if (this.isOpen) this.#pair.service.send(frame);
  }

  /** The last frame of a session; then the socket. */
  sayClosed(output: string): void {
    const { sessionId, stamp } = this.options;
    this.send(channelClosedFrame({ sessionId, destinationId: this.#clientId ?? '', output }, stamp));
    this.close(NORMAL_CLOSURE, '');
  }

  /** The link goes dead without a word. */
  stall(): void {
    this.#pair.stall();
  }

  close(code: number, reason: string): void {
    this.#pair.service.close(code, reason);
    this.#noteClosed();
  }

  #hear(message: ChannelMessage): void {
    if (this.#isClosed) return;
    if (this.#clientId === undefined) this.#open(message);
    else if (typeof message !== 'string') this.#relay(message);
  }

  #open(message: ChannelMessage): void {
    const opening = typeof message === 'string' ? readOpeningFrame(message) : undefined;
    if (!opening || !this.options.isTokenValid(opening.token)) {
      this.options.log.info(`Session gateway: ${this.options.sessionId}: refused a channel without a valid token`);
      this.close(POLICY_VIOLATION, 'Token is not valid');
      return;
    }
    this.#clientId = opening.clientId;
    this.options.onOpened();
  }

  #relay(message: Uint8Array): void {
    const reading = readFrame(message);
    if (!reading.ok) {
      this.options.log.debug(`Session gateway: dropped a frame: ${reading.fault}`);
      return;
    }
    const { messageType } = reading.frame;
    if (messageType === MessageType.input || messageType === MessageType.acknowledge)
      this.options.onFrame(reading.frame);
  }

  #refuseUnopened(): void {
    if (this.#clientId === undefined) this.close(POLICY_VIOLATION, 'No token within the time limit');
  }

  #noteClosed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#alarms.dispose();
    this.options.onClosed();
  }
}
