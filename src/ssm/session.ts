import { deferred } from '../base/async';
import { type Disposable, DisposableSlot } from '../base/disposable';
import { Emitter, type Event } from '../base/event';
import { LabError } from '../core/errors';
import type { InstanceId } from '../core/ids';
import type { SessionDocument, SessionGateway, SessionTicket } from '../core/ports/sessionGateway';
import type { ChannelCounters } from './channelCounters';
import type { ChannelOpening } from './channelLink';
import type { ChannelPorts } from './channelPorts';
import type { ChannelStatus, SessionEnd } from './channelStatus';
import { DataChannel, type SessionOutput } from './dataChannel';
import type { SessionRegister } from './sessionRegister';

/** A running session on an instance. Dispose or `end` it; both terminate it at the service. */
export interface Session extends Disposable {
  readonly sessionId: string;
  /** Every byte once and in order. What came before the first listener is kept for it. */
  readonly onOutput: Event<SessionOutput>;
  readonly onStatus: Event<ChannelStatus>;
  /** Tells a late listener at once. */
  readonly onClose: Event<SessionEnd>;
  /** Resolves when the session is over, for whatever cause. */
  readonly closed: Promise<SessionEnd>;
  readonly counters: Readonly<ChannelCounters>;
  write(bytes: Uint8Array): void;
  resize(columns: number, rows: number): void;
  /** Terminates the session; resolves when the service knows. Never rejects. */
  end(): Promise<void>;
}

export interface SessionOptions {
  readonly ports: ChannelPorts;
  /** Aborts the start, and later ends the session. */
  readonly signal?: AbortSignal | undefined;
  /** Default 300 × 100, as the official client's without a terminal. */
  readonly size?: { readonly columns: number; readonly rows: number };
  /** Keeps a quiet session from being ended as idle. */
  readonly isKeptAwake?: boolean;
  /** How long to try to resume; default 20 minutes, the service's default idle limit. */
  readonly giveUpAfterMs?: number;
  /** Hears of the session's beginning and end at the service. */
  readonly register?: SessionRegister | undefined;
}

const DEFAULT_SIZE = { columns: 300, rows: 100 };
const IDLE_LIMIT_MS = 20 * 60_000;
const TOUCH_EVERY_MS = 4 * 60_000;

/**
 * Starts a session and opens its channel. Rejects with a `LabError` or the signal's reason; a session that was started at the service
 * is then terminated.
 */
export async function openSession(
  gateway: SessionGateway,
  target: InstanceId,
  document: SessionDocument,
  options: SessionOptions,
): Promise<Session> {
  const { signal } = options;
  signal?.throwIfAborted();
  // Without the signal: an aborted call may still have started a session, whose id nobody would know.
  const starting = gateway.startSession(target, document).then(ticket => {
    options.register?.opened({ sessionId: ticket.sessionId, target });
    return ticket;
  });
  const ticket = await orAborted(starting, signal).catch(error => {
    if (signal?.aborted) starting.then(started => terminate(gateway, started.sessionId, options)).catch(() => {});
    throw error;
  });
  try {
    const first = await openTicket(gateway, ticket, signal);
    return new ChannelSession(gateway, ticket.sessionId, target, first, options);
  } catch (error) {
    await terminate(gateway, ticket.sessionId, options);
    throw toLabError(error, signal);
  }
}

async function openTicket(
  gateway: SessionGateway,
  ticket: SessionTicket,
  signal: AbortSignal | undefined,
): Promise<ChannelOpening> {
  const transport = await gateway.openChannel(ticket, { signal });
  if (signal?.aborted) {
    transport.close(1000);
    throw signal.reason;
  }
  return { transport, token: ticket.token };
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function toLabError(error: unknown, signal: AbortSignal | undefined): unknown {
  if (error instanceof LabError || signal?.aborted) return error;
  const detail = error instanceof Error ? error.message : String(error);
  return new LabError('channelFailed', { detail }, { cause: error });
}

async function terminate(
  gateway: SessionGateway,
  sessionId: string,
  { ports, register }: Pick<SessionOptions, 'ports' | 'register'>,
): Promise<void> {
  try {
    await gateway.terminateSession(sessionId);
    register?.closed(sessionId);
  } catch (error) {
    register?.leftOpen(sessionId, error);
    ports.log.warn(`Session ${sessionId} could not be terminated: ${String(error)}`);
  }
}

class ChannelSession implements Session {
  readonly #channel: DataChannel;
  readonly #closed = deferred<SessionEnd>();
  readonly #output = new Emitter<SessionOutput>();
  readonly #nextTouch = new DisposableSlot<Disposable>();
  #early: SessionOutput[] = [];
  #end: SessionEnd | undefined;
  #ending: Promise<void> | undefined;

  constructor(
    readonly gateway: SessionGateway,
    readonly sessionId: string,
    target: InstanceId,
    first: ChannelOpening,
    readonly options: SessionOptions,
  ) {
    this.#channel = new DataChannel({
      ports: options.ports,
      first,
      reopen: signal => this.#reopen(signal),
      keySource: {
        sessionId,
        targetId: target,
        generateDataKey: (keyId, context) => gateway.generateDataKey(keyId, context),
      },
      size: options.size ?? DEFAULT_SIZE,
      giveUpAfterMs: options.giveUpAfterMs ?? IDLE_LIMIT_MS,
    });
    this.#channel.onOutput(output => this.#giveOut(output));
    this.#channel.onClose(end => this.#noteClose(end));
    options.signal?.addEventListener('abort', this.#onAbort, { once: true });
    if (options.isKeptAwake) this.#keepAwake();
    this.#channel.open();
  }

  readonly onOutput: Event<SessionOutput> = listener => {
    const subscription = this.#output.event(listener);
    const early = this.#early;
    this.#early = [];
    for (const output of early) this.#output.fire(output);
    return subscription;
  };

  get onStatus(): Event<ChannelStatus> {
    return this.#channel.onStatus;
  }

  readonly onClose: Event<SessionEnd> = listener => {
    if (!this.#end) return this.#channel.onClose(listener);
    listener(this.#end);
    return { dispose() {} };
  };

  get closed(): Promise<SessionEnd> {
    return this.#closed.promise;
  }

  get counters(): Readonly<ChannelCounters> {
    return this.#channel.counters;
  }

  write(bytes: Uint8Array): void {
    this.#channel.write(bytes);
  }

  resize(columns: number, rows: number): void {
    this.#channel.resize({ columns, rows });
  }

  end(): Promise<void> {
    this.#ending ??= this.#terminate();
    return this.#ending;
  }

  dispose(): void {
    void this.end();
  }

  readonly #onAbort = () => this.dispose();

  async #terminate(): Promise<void> {
    this.#channel.dispose();
    await terminate(this.gateway, this.sessionId, this.options);
  }

  /** The service has ended it already, unless we lost sight of it: then it might live on and cost the instance a shell. */
  #noteClose(end: SessionEnd): void {
    this.#end = end;
    this.#closed.resolve(end);
    this.#nextTouch.dispose();
    this.options.signal?.removeEventListener('abort', this.#onAbort);
    if (end.cause === 'unreachable') void this.end();
    else if (end.cause !== 'ended') this.#ending ??= this.#noteOver();
  }

  async #noteOver(): Promise<void> {
    this.options.register?.closed(this.sessionId);
  }

  async #reopen(signal: AbortSignal): Promise<ChannelOpening | undefined> {
    const ticket = await this.gateway.resumeSession(this.sessionId, { signal });
    return ticket && openTicket(this.gateway, ticket, signal);
  }

  #giveOut(output: SessionOutput): void {
    if (this.#output.hasListeners) this.#output.fire(output);
    else this.#early.push(output);
  }

  #keepAwake(): void {
    this.#nextTouch.value = this.options.ports.clock.after(TOUCH_EVERY_MS, () => {
      this.#channel.touch();
      this.#keepAwake();
    });
  }
}
