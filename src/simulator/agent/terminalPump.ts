import { type Deferred, deferred } from '../../base/async';
import { type Clock, delay } from '../../base/clock';
import type { GuestTerminal } from '../shell/guest';
import { splitUtf8 } from './utf8Tail';

/** The agent's own constants (aws/amazon-ssm-agent:agent/session/shell, agent/session/config); all measured in a PTY session. */
const FIRST_READ_DELAY_MS = 1_000;
const PAUSE_BETWEEN_READS_MS = 1;
const READ_BYTES = 1_024;

export interface TerminalPumpOptions {
  readonly clock: Clock;
  readonly terminal: GuestTerminal;
  readonly send: (payload: Uint8Array) => void;
  readonly signal: AbortSignal;
}

/** Carries a terminal's output to the channel: 1 s before the first read, then read, send, sleep 1 ms. */
export class TerminalPump {
  #resumed: Deferred<void> | undefined;
  #held = new Uint8Array(0);

  constructor(readonly options: TerminalPumpOptions) {}

  /** A paused agent does not read: the terminal's buffer fills and programs block. */
  pause(): void {
    this.#resumed ??= deferred<void>();
  }

  resume(): void {
    this.#resumed?.resolve();
    this.#resumed = undefined;
  }

  /** Resolves when the last process has let go of the terminal; rejects with the signal's reason. */
  async run(): Promise<void> {
    const { clock, terminal, signal } = this.options;
    await delay(clock, FIRST_READ_DELAY_MS, signal);
    for (;;) {
      await this.#resumed?.promise;
      signal.throwIfAborted();
      const chunk = await terminal.read(READ_BYTES);
      signal.throwIfAborted();
      if (!chunk) return;
      this.#sendWhole(chunk);
      await delay(clock, PAUSE_BETWEEN_READS_MS, signal);
    }
  }

  #sendWhole(chunk: Uint8Array): void {
    const joined = new Uint8Array(this.#held.length + chunk.length);
    joined.set(this.#held);
    joined.set(chunk, this.#held.length);
    const { ready, held } = splitUtf8(joined);
    this.#held = held.slice();
    if (ready.length > 0) this.options.send(ready);
  }
}
