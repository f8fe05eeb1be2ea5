import type { Clock } from '../../../base/clock';
import type { Chance } from '../../chance';

export interface Hop {
  /** Names the path: packets of one path stay in order. */
  readonly path: string;
  /** One way, without the time on the wire. */
  readonly leastMs: number;
  readonly mostMs: number;
}

/** Ten gigabits a second. */
const msPerByte = 8 / 10_000_000;
const inFlightLimit = 4096;
const pathLimit = 4096;

/** Carries packets over distance: a base delay for each path, a little jitter for each packet, first in, first out. */
export class Links {
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #lastDueMs = new Map<string, number>();
  readonly #inFlight = new Map<string, number>();

  constructor(clock: Clock, chance: Chance) {
    this.#clock = clock;
    this.#chance = chance;
  }

  /** False when the sender has too much on its way already, and the packet is lost. */
  carry(sender: string, hop: Hop, packet: Uint8Array, departsInMs: number, arrive: () => void): boolean {
    const inFlight = this.#inFlight.get(sender) ?? 0;
    if (inFlight >= inFlightLimit) return false;
    this.#inFlight.set(sender, inFlight + 1);
    const nowMs = this.#clock.now();
    const readyMs = nowMs + departsInMs + this.#delayMs(hop) + packet.length * msPerByte;
    const dueMs = Math.max(readyMs, (this.#lastDueMs.get(hop.path) ?? 0) + packet.length * msPerByte);
    this.#remember(hop.path, dueMs);
    this.#clock.after(dueMs - nowMs, () => {
      this.#land(sender);
      arrive();
    });
    return true;
  }

  #delayMs({ path, leastMs, mostMs }: Hop): number {
    const spanMs = mostMs - leastMs;
    const base = this.#chance.fork(path).between(0, 1000) / 1000;
    const jitter = this.#chance.between(0, 1000) / 1000;
    return leastMs + spanMs * (0.85 * base + 0.15 * jitter);
  }

  #land(sender: string): void {
    const left = (this.#inFlight.get(sender) ?? 1) - 1;
    if (left > 0) this.#inFlight.set(sender, left);
    else this.#inFlight.delete(sender);
  }

  #remember(path: string, dueMs: number): void {
    this.#lastDueMs.delete(path);
    this.#lastDueMs.set(path, dueMs);
    if (this.#lastDueMs.size <= pathLimit) return;
    for (const [oldest] of this.#lastDueMs) {
      this.#lastDueMs.delete(oldest);
      break;
    }
  }
}
