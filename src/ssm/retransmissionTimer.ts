const INITIAL_ROUND_TRIP_MS = 100;
const INITIAL_TIMEOUT_MS = 200;
const SMALLEST_MARGIN_MS = 10;
const LARGEST_TIMEOUT_MS = 1_000;

/**
 * How long to wait for an acknowledgement before sending again: smoothed round trip and variation as both official ends keep them
 * (aws/session-manager-plugin:src/datachannel/streaming.go), after RFC 6298 without its lower bound.
 */
export class RetransmissionTimer {
  #roundTripMs = INITIAL_ROUND_TRIP_MS;
  #variationMs = 0;
  #timeoutMs = INITIAL_TIMEOUT_MS;

  get timeoutMs(): number {
    return this.#timeoutMs;
  }

  get roundTripMs(): number {
    return this.#roundTripMs;
  }

  get variationMs(): number {
    return this.#variationMs;
  }

  /** Takes one measured round trip into account. */
  observe(sampleMs: number): void {
    this.#variationMs = (3 / 4) * this.#variationMs + (1 / 4) * Math.abs(this.#roundTripMs - sampleMs);
    this.#roundTripMs = (7 / 8) * this.#roundTripMs + (1 / 8) * sampleMs;
    const margin = Math.max(SMALLEST_MARGIN_MS, 4 * this.#variationMs);
    this.#timeoutMs = Math.min(LARGEST_TIMEOUT_MS, this.#roundTripMs + margin);
  }
}
