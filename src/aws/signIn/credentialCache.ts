import type { Clock } from '../../base/clock';
import type { AwsCredentials } from '../connection';

/** Keys that end sooner are got anew while they still sign. */
const REFRESH_AHEAD_MS = 5 * 60_000;
/** A refresh that failed is not tried again at once: the keys are still good. */
const RETRY_GAP_MS = 30_000;

/**
 * Keeps credentials in memory until they end, and gets the next ones ahead of that. Whoever asks meanwhile waits for the same sign-in. A
 * failure is not kept. `Ask` is what an interactive sign-in hands to the source.
 */
export class CredentialCache<Ask> {
  readonly #source: (ask?: Ask) => Promise<AwsCredentials>;
  readonly #clock: Clock;
  #current: AwsCredentials | undefined;
  #signingIn: Promise<AwsCredentials> | undefined;
  #refreshedAtMs = Number.NEGATIVE_INFINITY;

  constructor(source: (ask?: Ask) => Promise<AwsCredentials>, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
  }

  async get(): Promise<AwsCredentials> {
    const leftMs = this.#leftMs();
    if (!this.#current || leftMs <= 0) return this.#signIn();
    if (leftMs < REFRESH_AHEAD_MS && this.#clock.now() - this.#refreshedAtMs >= RETRY_GAP_MS) {
      this.#refreshedAtMs = this.#clock.now();
      this.#signIn().catch(() => undefined);
    }
    return this.#current;
  }

  /** The next one to ask signs in. */
  forget(): void {
    this.#current = undefined;
  }

  /** Signs in anew with a person at hand, after whatever sign-in is under way without one. */
  async signIn(ask: Ask): Promise<void> {
    while (this.#signingIn) await this.#signingIn.catch(() => undefined);
    this.forget();
    await this.#signIn(ask);
  }

  #signIn(ask?: Ask): Promise<AwsCredentials> {
    this.#signingIn ??= this.#ask(ask).finally(() => {
      this.#signingIn = undefined;
    });
    return this.#signingIn;
  }

  async #ask(ask?: Ask): Promise<AwsCredentials> {
    this.#current = await this.#source(ask);
    return this.#current;
  }

  #leftMs(): number {
    const end = this.#current?.expiration?.getTime();
    return end === undefined ? Number.POSITIVE_INFINITY : end - this.#clock.now();
  }
}
