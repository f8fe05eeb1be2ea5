import { AsyncQueue } from '../../src/base/async';
import { type Disposable, toDisposable } from '../../src/base/disposable';
import {
  ConnectError,
  type ConnectFailure,
  type HostInterface,
  type HostNetwork,
  type RouteAnswer,
  type TappedFrame,
  type TcpConnection,
  type TcpSocketView,
  type UdpDatagram,
  type UdpSocket,
} from '../../src/simulator/network/hostNetwork';
import type { Timeline } from '../../src/simulator/timeline';

export type UdpAnswer = (address: string, port: number, payload: Uint8Array) => Uint8Array | undefined;
export type TcpServer = (received: Uint8Array, connection: FakeConnection) => void;

/** A host whose outside world is two functions and a table; everything takes 1 ms of simulated time. */
export class FakeHostNetwork implements HostNetwork {
  interfaces: readonly HostInterface[] = [
    { name: 'lo', address: '127.0.0.1', prefixLength: 8, macAddress: '00:00:00:00:00:00', mtu: 65_536 },
    { name: 'enX0', address: '172.31.37.141', prefixLength: 20, macAddress: '02:0a:0b:0c:0d:0e', mtu: 9_001 },
  ];
  nameServers: readonly string[] = ['172.31.0.2'];
  searchDomain = 'ap-south-1.compute.internal';
  answerUdp: UdpAnswer = () => undefined;
  /** By `address:port`: a server, or how a connection fails. Anything else is silence. */
  readonly tcp = new Map<string, TcpServer | ConnectFailure>();
  readonly pings = new Map<string, number>();
  readonly listeners = new Map<number, (connection: TcpConnection) => void>();
  readonly connectTimes: number[] = [];
  readonly #taps = new Set<{ interfaceName: string; listener: (frame: TappedFrame) => void }>();
  #nextPort = 40_000;

  constructor(readonly timeline: Timeline) {}

  get tapCount(): number {
    return this.#taps.size;
  }

  connectTcp(
    address: string,
    port: number,
    options: { readonly timeoutMs?: number; readonly signal?: AbortSignal } = {},
  ): Promise<TcpConnection> {
    this.connectTimes.push(this.timeline.now());
    const server = this.tcp.get(`${address}:${port}`);
    return new Promise((resolve, reject) => {
      const isSilent = server === undefined || server === 'timedOut';
      const delayMs = isSilent ? (options.timeoutMs ?? 130_000) : 1;
      const timer = this.timeline.after(delayMs, () => {
        if (typeof server === 'function')
          resolve(new FakeConnection(this.timeline, address, port, this.#nextPort++, server));
        else reject(new ConnectError(server ?? 'timedOut'));
      });
      options.signal?.addEventListener('abort', () => {
        timer.dispose();
        reject(options.signal?.reason);
      });
    });
  }

  listenTcp(port: number, onConnection: (connection: TcpConnection) => void): Disposable {
    this.listeners.set(port, onConnection);
    return toDisposable(() => this.listeners.delete(port));
  }

  openUdp(): UdpSocket {
    const arrived = new AsyncQueue<UdpDatagram>();
    const { timeline } = this;
    return {
      localPort: this.#nextPort++,
      send: (address, port, payload) => {
        const answer = this.answerUdp(address, port, payload);
        if (answer) timeline.after(1, () => arrived.push({ address, port, payload: answer }));
      },
      receive: timeoutMs =>
        new Promise(resolve => {
          const timer = timeline.after(timeoutMs, () => resolve(undefined));
          void arrived.next().then(next => {
            timer.dispose();
            resolve(next.done ? undefined : next.value);
          });
        }),
      dispose: () => arrived.end(),
    };
  }

  ping(
    address: string,
    _echo: { readonly id: number; readonly sequence: number; readonly payloadLength: number },
    timeoutMs: number,
  ): Promise<{ readonly ttl: number; readonly roundTripMs: number } | undefined> {
    const roundTripMs = this.pings.get(address);
    return new Promise(resolve => {
      this.timeline.after(roundTripMs ?? timeoutMs, () =>
        resolve(roundTripMs === undefined ? undefined : { ttl: 64, roundTripMs }),
      );
    });
  }

  /** As {@link pings}: those who answer are reached at once. */
  probeRoute(
    address: string,
    _probe: unknown,
    _timeToLive: number,
    timeoutMs: number,
  ): Promise<RouteAnswer | undefined> {
    const roundTripMs = this.pings.get(address);
    return new Promise(resolve => {
      this.timeline.after(roundTripMs ?? timeoutMs, () =>
        resolve(roundTripMs === undefined ? undefined : { address, kind: 'reached', roundTripMs }),
      );
    });
  }

  tcpSockets(): readonly TcpSocketView[] {
    return [];
  }

  tap(interfaceName: string, listener: (frame: TappedFrame) => void): Disposable {
    const entry = { interfaceName, listener };
    this.#taps.add(entry);
    return toDisposable(() => this.#taps.delete(entry));
  }

  /** Shows a frame to those who listen. */
  pass(bytes: Uint8Array, direction: 'in' | 'out' = 'out', interfaceName = 'enX0'): void {
    const frame: TappedFrame = { timeMicros: this.timeline.now() * 1_000, interfaceName, direction, bytes };
    for (const tap of this.#taps)
      if (tap.interfaceName === 'any' || tap.interfaceName === interfaceName) tap.listener(frame);
  }
}

export class FakeConnection implements TcpConnection {
  readonly localAddress = '172.31.37.141';
  readonly #arriving = new AsyncQueue<Uint8Array>();

  constructor(
    private readonly timeline: Timeline,
    readonly remoteAddress: string,
    readonly remotePort: number,
    readonly localPort: number,
    private readonly server: TcpServer,
  ) {}

  write(bytes: Uint8Array): void {
    this.timeline.after(1, () => this.server(bytes, this));
  }

  async read(): Promise<Uint8Array | undefined> {
    const next = await this.#arriving.next();
    return next.done ? undefined : next.value;
  }

  close(): void {
    this.#arriving.end();
  }

  reset(): void {
    this.#arriving.end();
  }

  /** The server's side. */
  reply(bytes: Uint8Array): void {
    this.#arriving.push(bytes);
  }

  finish(): void {
    this.#arriving.end();
  }
}
