import { type Disposable, toDisposable } from '../../base/disposable';
import type { ChannelFault } from './channelFault';

/** The channel faults in force. They belong to whoever runs the cloud, not to the world. */
export class ActiveChannelFaults {
  readonly #faults = new Set<ChannelFault>();

  /** Puts a fault in force, for sessions that run as for those to come, until it is disposed of. */
  add(fault: ChannelFault): Disposable {
    const active = { ...fault };
    this.#faults.add(active);
    return toDisposable(() => this.#faults.delete(active));
  }

  get all(): readonly ChannelFault[] {
    return [...this.#faults];
  }

  isInForce(kind: ChannelFault['kind']): boolean {
    return this.all.some(fault => fault.kind === kind);
  }
}
