import type { Log } from '../../base/log';
import type { Frame } from '../../ssm/frameCodec';
import type { FrameStamp } from '../../ssm/stampedFrames';
import { AgentChannel } from './agentChannel';
import { HandshakeFailure, performHandshake, type SessionEncryption } from './handshake';
import { failureText, type SessionPlugin } from './sessionPlugin';

export interface AgentSessionOptions {
  readonly stamp: FrameStamp;
  readonly log: Log;
  readonly plugin: SessionPlugin;
  /** Undefined when the account does not encrypt sessions. */
  readonly encryption: SessionEncryption | undefined;
  /** To the gateway. */
  readonly transmit: (frame: Uint8Array) => void;
  /** The session is over: empty for a normal end, else the reason for `channel_closed`. */
  readonly onEnded: (reason: string) => void;
}

/** The agent's worker of one session, as the gateway sees it. */
export class AgentSession {
  readonly #channel: AgentChannel;
  readonly #abort = new AbortController();

  constructor(readonly options: AgentSessionOptions) {
    this.#channel = new AgentChannel(options.stamp, options.transmit);
  }

  /** Shakes hands where that is due, and runs the session to its end. */
  start(): void {
    void this.#run();
  }

  /** The gateway's pause_publication (false) and start_publication (true): whether the client is there. */
  setPublication(isOn: boolean): void {
    this.#channel.setPublication(isOn);
  }

  /** A frame from the client. */
  receive(frame: Frame): void {
    this.#channel.receive(frame);
  }

  /** TerminateSession: what runs is stopped, and what it had to say is dropped. */
  hangUp(): void {
    this.vanish();
    this.options.plugin.cancel();
  }

  /** The instance is gone: nothing is sent or heard any more. */
  vanish(): void {
    this.#abort.abort();
    this.#channel.close();
  }

  async #run(): Promise<void> {
    const { signal } = this.#abort;
    let reason = '';
    try {
      reason = await this.#execute();
      await this.#channel.drain(signal);
    } catch (error) {
      if (!signal.aborted) this.options.log.error(`Session agent: ${String(error)}`);
    }
    if (signal.aborted) return;
    this.vanish();
    this.options.onEnded(reason);
  }

  async #execute(): Promise<string> {
    const { plugin } = this.options;
    const { signal } = this.#abort;
    let clientVersion: string;
    try {
      clientVersion = await this.#shakeHands();
    } catch (error) {
      if (!(error instanceof HandshakeFailure)) throw error;
      return failureText(`Encountered error while initiating handshake. ${error.message}`);
    }
    return plugin.execute({ channel: this.#channel, clientVersion, signal });
  }

  /** The client's version; empty where there is no handshake. */
  async #shakeHands(): Promise<string> {
    const { plugin } = this.options;
    const encryption = plugin.canBeEncrypted ? this.options.encryption : undefined;
    if (!plugin.requiresHandshake && !encryption) {
      this.#channel.onInput = frame => plugin.takeInput(frame);
      return '';
    }
    return performHandshake(this.#channel, plugin, encryption, this.#abort.signal);
  }
}
