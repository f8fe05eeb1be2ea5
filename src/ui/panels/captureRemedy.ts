import type { Capture } from '../../app/captureModel';
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
    const { error, scope } = this.capture.status;
    if (error === this.#error) return;
    this.#error = error;
    this.#offered = undefined;
    if (error) void this.#find(error, { scope, repeat: () => this.#repeat() });
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

  #repeat(): Promise<void> {
    return this.capture.start(this.capture.status.startOptions);
  }
}
