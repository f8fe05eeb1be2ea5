import type { Clock } from '../../../base/clock';
import type { Disposable } from '../../../base/disposable';
import { Emitter } from '../../../base/event';
import type { Chance } from '../../chance';
import type { TappedFrame } from '../hostNetwork';

/** Stamps the frames of one host and shows them to whoever listens. */
export class FrameTaps {
  readonly #clock: Clock;
  readonly #chance: Chance;
  readonly #seen = new Emitter<TappedFrame>();
  #lastMicros = 0;

  constructor(clock: Clock, chance: Chance) {
    this.#clock = clock;
    this.#chance = chance;
  }

  /** A moment for one frame: now, or a few microseconds after the frame before, because a processor does one thing at a time. */
  stampMicros(): number {
    const now = Math.round(this.#clock.now() * 1000);
    this.#lastMicros = Math.max(now, this.#lastMicros + this.#chance.between(4, 19));
    return this.#lastMicros;
  }

  /** The frame is made only if somebody looks. */
  show(frame: Omit<TappedFrame, 'bytes'>, bytes: () => Uint8Array): void {
    if (this.#seen.hasListeners) this.#seen.fire({ ...frame, bytes: bytes() });
  }

  tap(interfaceName: string, listener: (frame: TappedFrame) => void): Disposable {
    return this.#seen.event(frame => {
      if (interfaceName === 'any' || frame.interfaceName === interfaceName) listener(frame);
    });
  }

  dispose(): void {
    this.#seen.dispose();
  }
}
