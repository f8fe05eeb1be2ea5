import type { Chance } from '../../chance';

/** Linux behind an instance: the two ways in which its versions repeat a SYN. */
export type SynBackOff = 'exponential' | 'linearFirst';

/** Waits before the next SYN, and at last before giving up (Linux tcp_syn_retries 6; from 6.5 on tcp_syn_linear_timeouts 4). */
const synWaitsMs: Record<SynBackOff, readonly number[]> = {
  exponential: [1000, 2000, 4000, 8000, 16_000, 32_000, 64_000],
  linearFirst: [1000, 1000, 1000, 1000, 1000, 2000, 4000, 8000, 16_000, 32_000, 64_000],
};

/** A SYN-ACK is repeated five times (tcp_synack_retries). */
const synAckWaitsMs: readonly number[] = [1000, 2000, 4000, 8000, 16_000, 32_000];

/** Kernel timers come late: by a tick or two when short, by a step of the coarse wheel when over half a minute. */
function late(waitMs: number, chance: Chance): number {
  return waitMs + (waitMs > 32_000 ? chance.between(1900, 2900) : chance.between(4, 32));
}

/** Milliseconds to wait after each SYN; after the last one the connection has timed out, near 130 s in all. */
export function synSchedule(backOff: SynBackOff, chance: Chance): readonly number[] {
  return synWaitsMs[backOff].map(waitMs => late(waitMs, chance));
}

export function synAckSchedule(chance: Chance): readonly number[] {
  return synAckWaitsMs.map(waitMs => late(waitMs, chance));
}

const initialTimeoutMs = 1000;
const leastVarianceMs = 200;
const longestTimeoutMs = 120_000;

/** Retransmission time-out: RFC 6298 with Linux's floor of 200 ms on the variance. */
export class RetransmissionTimeout {
  #smoothedMs: number | undefined;
  #variationMs = 0;
  #doublings = 0;

  get ms(): number {
    const base =
      this.#smoothedMs === undefined
        ? initialTimeoutMs
        : this.#smoothedMs + Math.max(4 * this.#variationMs, leastVarianceMs);
    return Math.min(base * 2 ** this.#doublings, longestTimeoutMs);
  }

  sample(roundTripMs: number): void {
    if (this.#smoothedMs === undefined) {
      this.#smoothedMs = roundTripMs;
      this.#variationMs = roundTripMs / 2;
    } else {
      this.#variationMs += (Math.abs(roundTripMs - this.#smoothedMs) - this.#variationMs) / 4;
      this.#smoothedMs += (roundTripMs - this.#smoothedMs) / 8;
    }
  }

  backOff(): void {
    this.#doublings++;
  }

  progress(): void {
    this.#doublings = 0;
  }
}
