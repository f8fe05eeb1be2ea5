import { type Disposable, DisposableSlot } from '../../base/disposable';
import type { Log } from '../../base/log';
import type { InstanceId } from '../../core/ids';
import type { Place } from '../../core/network';
import type { ChannelTransport } from '../../core/ports/wire';
import type { ReceivedFrame } from '../../ssm/frameCodec';
import { MessageType } from '../../ssm/frameCodec';
import type { FrameStamp } from '../../ssm/stampedFrames';
import type { Chance } from '../chance';
import type { ActiveChannelFaults } from './activeChannelFaults';
import { AgentSession } from './agentSession';
import { ClientChannel } from './clientChannel';
import { publicationFrame } from './gatewayFrames';
import type { SessionEncryption } from './handshake';
import { SessionDisturbance } from './sessionDisturbance';
import type { SessionPlugin } from './sessionPlugin';
import type { SessionPreferences } from './sessionPreferences';
import { newCellNumber, newToken } from './streamUrl';

export type SessionStatus = 'Connected' | 'Connecting' | 'Disconnected' | 'Terminated' | 'Terminating' | 'Failed';

export interface PracticeSessionOptions {
  readonly sessionId: string;
  readonly place: Place;
  readonly target: InstanceId;
  readonly documentName: string;
  /** ARN of who started it. */
  readonly owner: string;
  readonly reason: string;
  readonly stamp: FrameStamp;
  readonly chance: Chance;
  readonly log: Log;
  readonly plugin: SessionPlugin;
  readonly encryption: SessionEncryption | undefined;
  readonly faults: ActiveChannelFaults;
  /** Called once, when the session is over. */
  readonly onOver: () => void;
  readonly limits: Pick<SessionPreferences, 'idleLimitMs' | 'durationLimitMs'>;
}

/** How long the agent needs from StartSession to its own open channel; order of magnitude from users' logs. */
const AGENT_START_MS = 300;
const IDLE_TEXT = 'Your session timed out due to inactivity and has been terminated.';
/** Our words: the service's are not public. */
const DURATION_TEXT = 'Your session reached its maximum duration and has been terminated.';
/** Reconnecting with the first URL works for a while: the cell number expires, nobody says when. */
const CELL_LIFETIME_MS = 60 * 60_000;
const GOING_AWAY = 1001;

/** One session at the gateway: between one client, who may come and go, and the agent's worker. */
export class PracticeSession {
  readonly startMs: number;
  readonly #agent: AgentSession;
  readonly #cells = new Map<string, number>();
  readonly #idleAlarm = new DisposableSlot<Disposable>();
  readonly #durationAlarm = new DisposableSlot<Disposable>();
  readonly #pauseAlarm = new DisposableSlot<Disposable>();
  readonly #agentStart: Disposable;
  readonly #disturbance: SessionDisturbance;
  #token = '';
  #client: ClientChannel | undefined;
  #isAgentUp = false;
  #isLinkUp = true;
  #status: SessionStatus = 'Connecting';
  #lastStreamMs: number;
  #endMs: number | undefined;

  constructor(readonly options: PracticeSessionOptions) {
    const { clock } = options.stamp;
    this.startMs = clock.now();
    this.#lastStreamMs = this.startMs;
    this.#agent = new AgentSession({
      stamp: options.stamp,
      log: options.log,
      plugin: options.plugin,
      encryption: options.encryption,
      transmit: frame => this.#fromAgent(frame),
      onEnded: reason => this.#end(reason, reason === '' ? 'Terminated' : 'Failed'),
    });
    this.#disturbance = new SessionDisturbance(options.faults, {
      send: frame => this.#client?.send(frame),
      close: (code, reason) => this.#client?.close(code, reason),
      stall: () => this.#client?.stall(),
      pause: durationMs => this.#pausePublication(durationMs),
      expireIdle: () => this.#expire(IDLE_TEXT),
      end: output => this.#expire(output),
    });
    this.#agentStart = clock.after(AGENT_START_MS, () => this.#agentComesUp());
    this.#watchIdle();
    const { durationLimitMs } = options.limits;
    if (durationLimitMs !== undefined)
      this.#durationAlarm.value = clock.after(durationLimitMs, () => this.#expire(DURATION_TEXT));
  }

  get status(): SessionStatus {
    return this.#status;
  }

  get endMs(): number | undefined {
    return this.#endMs;
  }

  get isOver(): boolean {
    return this.#endMs !== undefined;
  }

  /** A fresh token and cell number; the tokens before are refused from now on. */
  issueTicket(): { readonly token: string; readonly cellNumber: string } {
    const cellNumber = newCellNumber(this.options.chance);
    this.#token = newToken(this.options.chance);
    this.#cells.set(cellNumber, this.options.stamp.clock.now());
    return { token: this.#token, cellNumber };
  }

  isCellKnown(cellNumber: string): boolean {
    const issuedMs = this.#cells.get(cellNumber);
    return issuedMs !== undefined && this.options.stamp.clock.now() - issuedMs <= CELL_LIFETIME_MS;
  }

  /** The client's end of a new socket. It counts once its token was right; the socket before is closed then. */
  openChannel(): ChannelTransport {
    const channel = new ClientChannel({
      stamp: this.options.stamp,
      log: this.options.log,
      sessionId: this.options.sessionId,
      isTokenValid: token => token === this.#token && !this.isOver,
      onOpened: () => this.#clientComes(channel),
      onFrame: frame => this.#fromClient(channel, frame),
      onClosed: () => this.#clientGoes(channel),
    });
    return channel.transport;
  }

  /** TerminateSession. */
  terminate(): void {
    if (this.isOver) return;
    this.#agent.hangUp();
    this.#end('', 'Terminated');
  }

  /** Whether frames pass between the instance and the gateway; neither end is told. */
  setLink(isUp: boolean): void {
    this.#isLinkUp = isUp;
  }

  /** The instance is gone. The gateway keeps the session until its idle limit. */
  loseAgent(): void {
    this.#agentStart.dispose();
    this.#agent.vanish();
    this.#isAgentUp = false;
    this.#client?.send(publicationFrame(false, this.options.stamp));
  }

  #agentComesUp(): void {
    this.#isAgentUp = true;
    this.#agent.setPublication(this.#client !== undefined);
    this.#client?.send(publicationFrame(true, this.options.stamp));
    this.#agent.start();
  }

  #clientComes(channel: ClientChannel): void {
    const before = this.#client;
    this.#client = channel;
    before?.close(GOING_AWAY, 'Another client took over');
    this.#status = 'Connected';
    if (!this.#isAgentUp) return;
    channel.send(publicationFrame(true, this.options.stamp));
    this.#agent.setPublication(true);
  }

  #clientGoes(channel: ClientChannel): void {
    if (channel !== this.#client) return;
    this.#client = undefined;
    if (this.isOver) return;
    this.#status = 'Disconnected';
    if (this.#isAgentUp) this.#agent.setPublication(false);
  }

  #fromClient(channel: ClientChannel, frame: ReceivedFrame): void {
    if (channel !== this.#client || !this.#isAgentUp) return;
    if (!this.#isLinkUp || !this.#disturbance.reachesAgent(frame)) return;
    if (frame.messageType === MessageType.input) this.#noteStream();
    this.#agent.receive(frame);
  }

  #fromAgent(frame: Uint8Array): void {
    if (!this.#isLinkUp) return;
    this.#noteStream();
    this.#disturbance.toClient(frame);
  }

  /** As when the agent's own link is gone for a while. */
  #pausePublication(durationMs: number): void {
    const { stamp } = this.options;
    this.#agent.setPublication(false);
    this.#client?.send(publicationFrame(false, stamp));
    this.#pauseAlarm.value = stamp.clock.after(durationMs, () => {
      this.#agent.setPublication(this.#client !== undefined);
      this.#client?.send(publicationFrame(true, stamp));
    });
  }

  #noteStream(): void {
    this.#lastStreamMs = this.options.stamp.clock.now();
  }

  #watchIdle(): void {
    const { clock } = this.options.stamp;
    const leftMs = this.#lastStreamMs + this.options.limits.idleLimitMs - clock.now();
    if (leftMs <= 0) this.#expire(IDLE_TEXT);
    else this.#idleAlarm.value = clock.after(leftMs, () => this.#watchIdle());
  }

  #expire(text: string): void {
    this.#agent.hangUp();
    this.#end(text, 'Terminated');
  }

  #end(output: string, status: SessionStatus): void {
    if (this.isOver) return;
    this.#endMs = this.options.stamp.clock.now();
    this.#status = status;
    this.#agentStart.dispose();
    this.#idleAlarm.dispose();
    this.#durationAlarm.dispose();
    this.#pauseAlarm.dispose();
    this.#client?.sayClosed(output);
    this.options.onOver();
  }
}
