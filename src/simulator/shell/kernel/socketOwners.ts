import { toDisposable } from '../../../base/disposable';
import type { Process } from './process';

/** Which process has a local TCP port, for those who list sockets. */
export class SocketOwners {
  readonly #byPort = new Map<number, Process>();

  /** Until the process ends. */
  claim(localPort: number, owner: Process): void {
    this.#byPort.set(localPort, owner);
    owner.resources.add(
      toDisposable(() => {
        if (this.#byPort.get(localPort) === owner) this.#byPort.delete(localPort);
      }),
    );
  }

  ownerOf(localPort: number): Process | undefined {
    return this.#byPort.get(localPort);
  }
}
