/** The network as a program on a host sees it: sockets, interfaces, a tap. The shell's commands know nothing below this. */
import type { Disposable } from '../../base/disposable';

export type ConnectFailure = 'refused' | 'timedOut' | 'unreachable' | 'reset';

export class ConnectError extends Error {
  constructor(readonly failure: ConnectFailure) {
    super(failure);
  }
}

export interface TcpConnection {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
  write(bytes: Uint8Array): void;
  /** Next bytes; undefined after the other end's FIN. Rejects with ConnectError('reset') after a reset. */
  read(): Promise<Uint8Array | undefined>;
  /** Sends FIN once everything written is sent; what the other end still says can be read. */
  close(): void;
  /** Sends RST and loses what was not sent. After `close` it does nothing: the connection ends by itself. */
  reset(): void;
}

export interface UdpDatagram {
  readonly address: string;
  readonly port: number;
  readonly payload: Uint8Array;
}

export interface UdpSocket extends Disposable {
  readonly localPort: number;
  send(address: string, port: number, payload: Uint8Array): void;
  /** Next datagram, or undefined after `timeoutMs`. */
  receive(timeoutMs: number, signal?: AbortSignal): Promise<UdpDatagram | undefined>;
}

export interface HostInterface {
  /** `enX0` or `lo`. */
  readonly name: string;
  readonly address: string;
  readonly prefixLength: number;
  readonly macAddress: string;
  readonly mtu: number;
}

/** One frame as a tap sees it: Ethernet bytes, with the moment and the way it went. */
export interface TappedFrame {
  readonly timeMicros: number;
  readonly interfaceName: string;
  readonly direction: 'in' | 'out';
  readonly bytes: Uint8Array;
}

/** A TCP socket as ss(8) lists it. */
export interface TcpSocketView {
  /** `LISTEN`, `ESTAB`, `SYN-SENT`, `TIME-WAIT`. */
  readonly state: string;
  /** `0.0.0.0` for a listener. */
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  /** 0 for a listener. */
  readonly remotePort: number;
}

/** One packet whose answer tells how far it came. */
export type RouteProbe =
  | { readonly kind: 'udp'; readonly port: number; readonly payloadLength: number }
  | { readonly kind: 'echo'; readonly id: number; readonly sequence: number; readonly payloadLength: number };

export interface RouteAnswer {
  /** Who answered: the destination, or a router on the way. */
  readonly address: string;
  readonly kind: 'reached' | 'timeExceeded';
  readonly roundTripMs: number;
}

export interface HostNetwork {
  readonly interfaces: readonly HostInterface[];
  /** Addresses from the DHCP lease; the resolver's is the VPC's base + 2. */
  readonly nameServers: readonly string[];
  readonly searchDomain: string;
  /** Rejects with ConnectError; SYNs are repeated as the kernel does until `timeoutMs` (default about 130 s) or the signal. */
  connectTcp(
    address: string,
    port: number,
    options?: { readonly timeoutMs?: number; readonly signal?: AbortSignal },
  ): Promise<TcpConnection>;
  listenTcp(port: number, onConnection: (connection: TcpConnection) => void): Disposable;
  openUdp(): UdpSocket;
  /** Sends one ICMP echo and resolves with its answer, with undefined after `timeoutMs`, or when nobody is at the address on the own wire. */
  ping(
    address: string,
    echo: { readonly id: number; readonly sequence: number; readonly payloadLength: number },
    timeoutMs: number,
  ): Promise<{ readonly ttl: number; readonly roundTripMs: number } | 'unreachable' | undefined>;
  /** Sends a packet that lives for `timeToLive` hops; undefined when nobody answered within `timeoutMs`. */
  probeRoute(
    address: string,
    probe: RouteProbe,
    timeToLive: number,
    timeoutMs: number,
  ): Promise<RouteAnswer | undefined>;
  tcpSockets(): readonly TcpSocketView[];
  /** Sees every frame of one interface, or of all with `any`, after it left the stack or before it enters it. */
  tap(interfaceName: string, listener: (frame: TappedFrame) => void): Disposable;
}
