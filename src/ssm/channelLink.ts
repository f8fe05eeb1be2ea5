import { delay } from '../base/clock';
import { type Disposable, DisposableSlot } from '../base/disposable';
import type { ChannelMessage, ChannelTransport } from '../core/ports/wire';
import type { ChannelPorts } from './channelPorts';

/** A fresh socket and the token that its first frame must carry. */
export interface ChannelOpening {
  readonly transport: ChannelTransport;
  readonly token: string;
}

export interface ChannelLinkOptions {
  readonly ports: ChannelPorts;
  /** A new stream URL and token, opened with current credentials; undefined when the session is over. */
  readonly reopen: (signal: AbortSignal) => Promise<ChannelOpening | undefined>;
  /** The text frame that opens the channel. */
  readonly openingFrame: (token: string) => string;
  readonly onMessage: (message: ChannelMessage) => void;
  /** `error`: what the last attempt to resume met. */
  readonly onDown: (attempt: number, delayMs: number, error: unknown) => void;
  /** The link stands again, after `onDown`. */
  readonly onUpAgain: () => void;
  /** No more attempts: the service knows no such session, or nobody answered for `giveUpAfterMs`. */
  readonly onGivenUp: (cause: 'gone' | 'unreachable') => void;
  readonly giveUpAfterMs: number;
}

const PING_EVERY_MS = 30_000;
/** Ping and deadline together notice a dead link within a minute. */
const PONG_DEADLINE_MS = 20_000;
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 30_000;

/** Keeps one socket of a session up: watches pongs, and resumes after every loss. The hourly `Bye` of the gateway is such a loss. */
export class ChannelLink implements Disposable {
  readonly #abort = new AbortController();
  readonly #nextPing = new DisposableSlot<Disposable>();
  readonly #pongDeadline = new DisposableSlot<Disposable>();
  #transport: ChannelTransport | undefined;
  #heardMs = 0;
  #failures = 0;
  #isReconnecting = false;
  #downSinceMs: number | undefined;

  constructor(readonly options: ChannelLinkOptions) {}

  open(first: ChannelOpening): void {
    this.#attach(first);
  }

  get isUp(): boolean {
    return this.#transport !== undefined;
  }

  /** Resolves when the other end answers a ping; rejects, or never resolves, when it does not. */
  async prove(): Promise<void> {
    if (!this.#transport) throw new Error('The link is down.');
    await this.#transport.ping();
  }

  send(message: ChannelMessage): void {
    try {
      this.#transport?.send(message);
    } catch (error) {
      this.options.ports.log.warn(`Session channel: a frame could not be sent: ${String(error)}`);
    }
  }

  dispose(): void {
    this.#abort.abort();
    this.#detach()?.close();
  }

  #attach(opening: ChannelOpening): void {
    const { transport } = opening;
    this.#transport = transport;
    this.#heardMs = this.options.ports.clock.now();
    transport.onMessage = message => {
      if (transport !== this.#transport) return;
      this.#heardMs = this.options.ports.clock.now();
      this.#noteLife();
      this.options.onMessage(message);
    };
    transport.onClose = close => {
      if (transport !== this.#transport) return;
      this.options.ports.log.info(`Session channel closed with ${close.code} ${close.reason}`);
      this.#lose();
    };
    this.send(this.options.openingFrame(opening.token));
    this.#ping(transport);
  }

  #detach(): ChannelTransport | undefined {
    const transport = this.#transport;
    this.#transport = undefined;
    this.#nextPing.value = undefined;
    this.#pongDeadline.value = undefined;
    return transport;
  }

  #ping(transport: ChannelTransport): void {
    const { clock } = this.options.ports;
    const sentMs = clock.now();
    // A ping that fails is a link about to close; the deadline catches the case that it does not.
    transport.ping().then(
      () => {
        if (transport !== this.#transport) return;
        this.#pongDeadline.value = undefined;
        this.#noteLife();
      },
      () => {},
    );
    this.#pongDeadline.value = clock.after(PONG_DEADLINE_MS, () => {
      if (transport !== this.#transport || this.#heardMs > sentMs) return;
      this.options.ports.log.warn('Session channel: no pong, the link counts as dead');
      this.#lose();
    });
    this.#nextPing.value = clock.after(PING_EVERY_MS, () => this.#ping(transport));
  }

  /** A socket that opens counts for nothing yet: the gateway may close it at once. */
  #noteLife(): void {
    this.#failures = 0;
    this.#downSinceMs = undefined;
  }

  #lose(): void {
    this.#detach()?.close();
    this.#downSinceMs ??= this.options.ports.clock.now();
    if (this.#isReconnecting) return;
    this.#isReconnecting = true;
    void this.#reconnect(this.#downSinceMs + this.options.giveUpAfterMs).finally(() => {
      this.#isReconnecting = false;
    });
  }

  async #reconnect(giveUpMs: number): Promise<void> {
    const { ports, onUpAgain, onGivenUp, onDown } = this.options;
    const signal = this.#abort.signal;
    let error: unknown;
    while (!signal.aborted) {
      const delayMs = this.#backOffMs();
      this.#failures++;
      onDown(this.#failures, delayMs, error);
      await delay(ports.clock, delayMs, signal).catch(() => {});
      if (signal.aborted) return;
      const outcome = await this.#tryToReopen(signal).catch((caught: unknown) => {
        error = caught;
        return 'failed' as const;
      });
      if (signal.aborted) return;
      if (outcome === 'up') return onUpAgain();
      if (outcome === 'gone') return onGivenUp('gone');
      if (ports.clock.now() >= giveUpMs) return onGivenUp('unreachable');
    }
  }

  /** Rejects with what stood in the way. */
  async #tryToReopen(signal: AbortSignal): Promise<'up' | 'gone' | 'failed'> {
    try {
      const opening = await this.options.reopen(signal);
      if (!opening) return 'gone';
      if (signal.aborted) opening.transport.close();
      else this.#attach(opening);
      return this.isUp ? 'up' : 'failed';
    } catch (error) {
      this.options.ports.log.info(`Session channel: resuming failed: ${String(error)}`);
      throw error;
    }
  }

  /** 100 to 200 ms at first, doubling up to 30 s. */
  #backOffMs(): number {
    const base = FIRST_DELAY_MS * 2 ** Math.min(this.#failures, 16);
    return Math.min(LONGEST_DELAY_MS, Math.round(base * (1 + this.options.ports.random())));
  }
}
