import type { Clock } from '../../../base/clock';
import { decodeUdp, encodeUdp } from '../../../packet/headers/udp';
import type { Chance } from '../../chance';
import { ConnectError, type UdpDatagram, type UdpSocket } from '../hostNetwork';
import { DatagramQueue } from './datagramQueue';

export interface UdpStackOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  sourceFor(remoteAddress: string): string;
  send(source: string, destination: string, bytes: Uint8Array): void;
}

/** A datagram as a listener with a fixed port sees it. */
export type OnDatagram = (datagram: UdpDatagram, reply: (payload: Uint8Array) => void) => void;

const firstLocalPort = 32_768;
const lastLocalPort = 60_999;
const socketLimit = 1024;

/** UDP of one host. */
export class UdpStack {
  readonly #options: UdpStackOptions;
  readonly #sockets = new Map<number, (datagram: UdpDatagram, localAddress: string) => void>();

  constructor(options: UdpStackOptions) {
    this.#options = options;
  }

  /** Throws a ConnectError when every port is taken. */
  open(): UdpSocket {
    const localPort = this.#freePort();
    const received = new DatagramQueue(this.#options.clock);
    this.#sockets.set(localPort, datagram => received.push(datagram));
    return {
      localPort,
      send: (address, port, payload) => {
        if (this.#sockets.has(localPort))
          this.#send(this.#options.sourceFor(address), localPort, address, port, payload);
      },
      receive: (timeoutMs, signal) => received.take(timeoutMs, signal),
      dispose: () => {
        this.#sockets.delete(localPort);
        received.close();
      },
    };
  }

  /** Serves a fixed port. */
  serve(port: number, onDatagram: OnDatagram): void {
    this.#sockets.set(port, (datagram, localAddress) =>
      onDatagram(datagram, payload => this.#send(localAddress, port, datagram.address, datagram.port, payload)),
    );
  }

  /** False when nobody listens on the port. */
  receive(source: string, destination: string, bytes: Uint8Array): boolean {
    const datagram = decodeUdp(bytes);
    if (!datagram) return true;
    const onDatagram = this.#sockets.get(datagram.destinationPort);
    onDatagram?.({ address: source, port: datagram.sourcePort, payload: datagram.payload.slice() }, destination);
    return onDatagram !== undefined;
  }

  dispose(): void {
    this.#sockets.clear();
  }

  #send(source: string, sourcePort: number, destination: string, destinationPort: number, payload: Uint8Array): void {
    this.#options.send(source, destination, encodeUdp({ sourcePort, destinationPort, payload }, source, destination));
  }

  #freePort(): number {
    const count = lastLocalPort - firstLocalPort + 1;
    const start = this.#options.chance.between(0, count - 1);
    for (let step = 0; step < count && this.#sockets.size < socketLimit; step++) {
      const port = firstLocalPort + ((start + step) % count);
      if (!this.#sockets.has(port)) return port;
    }
    throw new ConnectError('unreachable');
  }
}
