import type { HostLink } from './hostLink';

/** Flows are asked for at most so often. */
const EVERY_MS = 300;

/** Asks the host for flows while they are looked at: all of them at first, then what has changed. */
export class FlowFeed {
  #isWanted = false;
  #hasAll = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly host: Pick<HostLink, 'call'>) {}

  want(isWanted: boolean): void {
    this.#isWanted = isWanted;
    if (isWanted) this.#ask();
  }

  /** There may be news. */
  remind(): void {
    if (!this.#isWanted || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#isWanted) this.#ask();
    }, EVERY_MS);
  }

  #ask(): void {
    const which = this.#hasAll ? 'changed' : 'all';
    this.#hasAll = true;
    this.host.call('flows', which).catch(() => {
      this.#hasAll = false;
    });
  }
}
