import type { Clock } from '../../../base/clock';

const lifeMs = 60_000;

/** Keys that EC2 Instance Connect pushed: each counts for a minute ("SendSSHPublicKey"). */
export class PushedKeys {
  readonly #keys: { readonly userName: string; readonly line: string; readonly untilMs: number }[] = [];

  constructor(private readonly clock: Clock) {}

  push(userName: string, line: string): void {
    this.#keys.push({ userName, line, untilMs: this.clock.now() + lifeMs });
  }

  of(userName: string): readonly string[] {
    return this.#keys
      .filter(key => key.userName === userName && key.untilMs > this.clock.now())
      .map(({ line }) => line);
  }
}
