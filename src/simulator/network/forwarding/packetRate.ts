import type { Clock } from '../../../base/clock';

/** Counts packets by their sender, and says when one has sent too many within a second. */
export class PacketRate {
  readonly #clock: Clock;
  readonly #perSecond: number;
  readonly #use = new Map<string, { second: number; packets: number }>();

  constructor(clock: Clock, perSecond: number) {
    this.#clock = clock;
    this.#perSecond = perSecond;
  }

  /** Counts one more packet. */
  exceeds(sender: string): boolean {
    const second = Math.floor(this.#clock.now() / 1000);
    const use = this.#use.get(sender);
    const packets = use?.second === second ? use.packets + 1 : 1;
    this.#use.set(sender, { second, packets });
    return packets > this.#perSecond;
  }

  forget(sender: string): void {
    this.#use.delete(sender);
  }
}
