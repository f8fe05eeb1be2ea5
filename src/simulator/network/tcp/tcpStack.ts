import type { Clock } from '../../../base/clock';
import { type Disposable, toDisposable } from '../../../base/disposable';
import { decodeTcp, encodeTcp, type TcpSegment } from '../../../packet/headers/tcp';
import { TcpFlag } from '../../../packet/packetColumns';
import type { Chance } from '../../chance';
import { ConnectError, type TcpSocketView } from '../hostNetwork';
import { resetAnswering } from './resetAnswering';
import type { ConnectionName } from './tcpFrame';
import { TcpSocket } from './tcpSocket';
import { type SynBackOff, synAckSchedule, synSchedule } from './tcpTiming';

/** What differs between the hosts that speak TCP here. */
export interface TcpProfile {
  readonly windowScale: number;
  readonly synBackOff: SynBackOff;
  /** What a port without a listener does with a SYN. */
  readonly closedPort: 'reset' | 'silent';
  /** For one destination: MTU minus 40. */
  segmentBytesFor(remoteAddress: string): number;
  announcedSegmentBytesFor(remoteAddress: string): number;
}

export interface TcpStackOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly profile: TcpProfile;
  sourceFor(remoteAddress: string): string;
  /** `identification` 0 for answers that no connection stands behind. */
  send(source: string, destination: string, bytes: Uint8Array, identification: number): void;
}

type OnConnection = (connection: TcpSocket) => void;

/** Linux ip_local_port_range. */
const firstLocalPort = 32_768;
const lastLocalPort = 60_999;
const socketLimit = 2048;
/** Half-open connections of all listeners. */
const backlogLimit = 128;

/** TCP of one host: who owns a segment, and what happens to those that nobody owns. */
export class TcpStack {
  readonly #options: TcpStackOptions;
  readonly #sockets = new Map<string, TcpSocket>();
  readonly #listeners = new Map<number, OnConnection>();
  readonly #timestampSeed: string;

  constructor(options: TcpStackOptions) {
    this.#options = options;
    this.#timestampSeed = options.chance.fork('timestamps').hex(8);
  }

  /** Throws a ConnectError when every port is taken. */
  connect(remoteAddress: string, remotePort: number): TcpSocket {
    const localAddress = this.#options.sourceFor(remoteAddress);
    const localPort = this.#freePort({ localAddress, localPort: 0, remoteAddress, remotePort });
    return this.#add({ localAddress, localPort, remoteAddress, remotePort });
  }

  /** Throws a RangeError when somebody listens there already. */
  listen(port: number, onConnection: OnConnection): Disposable {
    if (this.#listeners.has(port)) throw new RangeError(`Port ${port} is in use`);
    this.#listeners.set(port, onConnection);
    return toDisposable(() => this.#listeners.delete(port));
  }

  receive(source: string, destination: string, bytes: Uint8Array): void {
    const segment = decodeTcp(bytes);
    if (!segment) return;
    const name: ConnectionName = {
      localAddress: destination,
      localPort: segment.destinationPort,
      remoteAddress: source,
      remotePort: segment.sourcePort,
    };
    const socket = this.#sockets.get(keyOf(name));
    if (socket) {
      socket.receive(segment);
      return;
    }
    const isSyn = (segment.flags & (TcpFlag.syn | TcpFlag.ack | TcpFlag.rst)) === TcpFlag.syn;
    if (isSyn && this.#listeners.has(segment.destinationPort)) this.#welcome(name, segment);
    else if (this.#options.profile.closedPort === 'reset') this.#refuse(name, segment);
  }

  /** Listeners first, then connections in the order in which they were begun. */
  get views(): readonly TcpSocketView[] {
    const any = { localAddress: '0.0.0.0', remoteAddress: '0.0.0.0', remotePort: 0 };
    const listeners = [...this.#listeners.keys()].map(localPort => ({ state: 'LISTEN', ...any, localPort }));
    const sockets = [...this.#sockets.values()].map(
      ({ stateName, localAddress, localPort, remoteAddress, remotePort }) => ({
        state: stateName,
        localAddress,
        localPort,
        remoteAddress,
        remotePort,
      }),
    );
    return [...listeners, ...sockets];
  }

  /** Nobody is at an address of this wire: connections that are being opened to it fail, as Linux says with EHOSTUNREACH. */
  loseSight(remoteAddress: string): void {
    for (const socket of [...this.#sockets.values()])
      if (socket.remoteAddress === remoteAddress) socket.failOpening('unreachable');
  }

  /** Every connection is gone without a word: the host has lost its power. */
  dispose(): void {
    this.#listeners.clear();
    for (const socket of [...this.#sockets.values()]) socket.lose();
  }

  #welcome(name: ConnectionName, segment: TcpSegment): void {
    if (this.#sockets.size >= socketLimit) return;
    let halfOpen = 0;
    for (const socket of this.#sockets.values()) if (socket.isOpening) halfOpen++;
    if (halfOpen < backlogLimit) this.#add(name, segment);
  }

  #add(name: ConnectionName, syn?: TcpSegment): TcpSocket {
    const { clock, chance, profile } = this.#options;
    const key = keyOf(name);
    let identification = chance.between(1, 0xffff);
    const socket: TcpSocket = new TcpSocket(
      name,
      {
        clock,
        initialSequence: chance.nextUint32(),
        segmentBytes: profile.segmentBytesFor(name.remoteAddress),
        announcedSegmentBytes: profile.announcedSegmentBytesFor(name.remoteAddress),
        windowScale: profile.windowScale,
        timestampOffset: chance.fork(`${this.#timestampSeed} ${name.remoteAddress}`).nextUint32(),
        openingWaitsMs: syn ? synAckSchedule(chance) : synSchedule(profile.synBackOff, chance),
        send: segment => {
          const isSynAck = (segment.flags & (TcpFlag.syn | TcpFlag.ack)) === (TcpFlag.syn | TcpFlag.ack);
          this.#send(name, segment, isSynAck ? 0 : identification++ & 0xffff);
        },
        opened: () => this.#handOver(socket),
        forget: () => {
          if (this.#sockets.get(key) === socket) this.#sockets.delete(key);
        },
      },
      syn,
    );
    this.#sockets.set(key, socket);
    socket.start();
    return socket;
  }

  /** To the listener, unless it left while the handshake was under way. */
  #handOver(socket: TcpSocket): void {
    const onConnection = this.#listeners.get(socket.localPort);
    if (onConnection) onConnection(socket);
    else socket.reset();
  }

  #refuse(name: ConnectionName, segment: TcpSegment): void {
    const reset = resetAnswering(segment);
    if (reset) this.#send(name, reset, 0);
  }

  #send(name: ConnectionName, segment: TcpSegment, identification: number): void {
    const { localAddress, remoteAddress } = name;
    this.#options.send(localAddress, remoteAddress, encodeTcp(segment, localAddress, remoteAddress), identification);
  }

  /** Linux gives connecting programs even numbers first. */
  #freePort(name: ConnectionName): number {
    if (this.#sockets.size >= socketLimit) throw new ConnectError('unreachable');
    const count = (lastLocalPort - firstLocalPort + 1) / 2;
    const start = this.#options.chance.between(0, count - 1);
    for (let step = 0; step < count; step++) {
      const localPort = firstLocalPort + 2 * ((start + step) % count);
      if (!this.#listeners.has(localPort) && !this.#sockets.has(keyOf({ ...name, localPort }))) return localPort;
    }
    throw new ConnectError('unreachable');
  }
}

function keyOf(name: ConnectionName): string {
  return `${name.localAddress}:${name.localPort} ${name.remoteAddress}:${name.remotePort}`;
}
