import type { Clock } from '../../../base/clock';
import type { UdpDatagram } from '../hostNetwork';

/** Datagrams that wait in one socket; more are dropped, as a full socket buffer does. */
const waitingLimit = 256;

/** What a UDP socket has received, for readers with a time limit. */
export class DatagramQueue {
  readonly #clock: Clock;
  readonly #waiting: UdpDatagram[] = [];
  readonly #readers: ((datagram: UdpDatagram | undefined) => void)[] = [];
  #isClosed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  push(datagram: UdpDatagram): void {
    const reader = this.#readers.shift();
    if (reader) reader(datagram);
    else if (!this.#isClosed && this.#waiting.length < waitingLimit) this.#waiting.push(datagram);
  }

  /** The next datagram; undefined after `timeoutMs` or when closed. Rejects with the signal's reason. */
  take(timeoutMs: number, signal: AbortSignal | undefined): Promise<UdpDatagram | undefined> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const first = this.#waiting.shift();
      if (first || this.#isClosed) return resolve(first);
      const leave = () => {
        timer.dispose();
        signal?.removeEventListener('abort', onAbort);
        const index = this.#readers.indexOf(reader);
        if (index >= 0) this.#readers.splice(index, 1);
      };
      const reader = (datagram: UdpDatagram | undefined) => {
        leave();
        resolve(datagram);
      };
      const onAbort = () => {
        leave();
        reject(signal?.reason);
      };
      const timer = this.#clock.after(timeoutMs, () => reader(undefined));
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#readers.push(reader);
    });
  }

  close(): void {
    this.#isClosed = true;
    this.#waiting.length = 0;
    for (const reader of [...this.#readers]) reader(undefined);
  }
}
