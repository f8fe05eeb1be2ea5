import type { Capture, CaptureStatus } from '../../app/captureModel';
import type { CaptureStartOptions } from '../../core/captureOptions';
import { LabError } from '../../core/errors';
import { needsSignIn } from '../../core/needsSignIn';
import type { ErrorContext, OfferedRemedy } from '../errorNotices';

export type OfferRemedy = (error: unknown, context: ErrorContext) => Promise<OfferedRemedy>;

/** The button beside the error of a capture: what would help best, found once for each error. */
export class CaptureRemedy {
  #error: unknown;
  #offered: OfferedRemedy | undefined;

  constructor(
    private readonly capture: Capture,
    private readonly offer: OfferRemedy,
    /** It is known what the button says. */
    private readonly onFound: () => void,
  ) {}

  /** On the button; empty without an error, and until it is known what helps. */
  get words(): string {
    return this.#offered?.words ?? '';
  }

  /** The capture's status has changed. */
  follow(): void {
    const { error: failure, link, scope } = this.capture.status;
    const error = failure ?? linkError(link);
    if (error === this.#error || (failure === undefined && isSameCode(error, this.#error))) return;
    this.#error = error;
    this.#offered = undefined;
    if (error) void this.#find(error, { scope, repeat: changes => this.#repeat(changes) });
  }

  async apply(): Promise<void> {
    await this.#offered?.apply();
  }

  async #find(error: unknown, context: ErrorContext): Promise<void> {
    const offered = await this.offer(error, context);
    if (error !== this.#error) return;
    this.#offered = offered;
    this.onFound();
  }

  #repeat(changes?: Partial<CaptureStartOptions>): Promise<void> {
    return this.capture.start({ ...this.capture.status.startOptions, ...changes });
  }
}

/** Why a lost link cannot be made again, where a person can mend it. */
function linkError(link: CaptureStatus['link']): unknown {
  return link?.kind === 'reconnecting' && needsSignIn(link.error) ? link.error : undefined;
}

/** Each attempt to make a link again brings an error of its own, which says the same. */
function isSameCode(one: unknown, other: unknown): boolean {
  return one instanceof LabError && other instanceof LabError && one.code === other.code;
}
