import type { Clock } from '../../../base/clock';
import type { Disposable } from '../../../base/disposable';
import { EtherType, encodeEthernet } from '../../../packet/headers/ethernet';
import type { Chance } from '../../chance';
import type { NetworkNode } from '../forwarding/networkNode';
import type {
  HostInterface,
  HostNetwork,
  RouteAnswer,
  RouteProbe,
  TappedFrame,
  TcpConnection,
  TcpSocketView,
  UdpSocket,
} from '../hostNetwork';
import { FrameTaps } from './frameTaps';
import type { EchoAnswer } from './icmpStack';
import { IpStack } from './ipStack';
import { type OpeningLimits, openConnection } from './openConnection';
import { internetMachine, mtu } from './profiles';

export interface InternetHostOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly address: string;
  transmit(packet: Uint8Array): void;
}

const interfaceName = 'eth0';
const ownMac = '0a:00:27:00:00:01';
const routerMac = '0a:00:27:00:00:02';

/** A machine of somebody's on the internet, such as the student's own: it has a public address and no VPC. */
export class InternetHost implements HostNetwork, NetworkNode {
  readonly interfaces: readonly HostInterface[];
  readonly nameServers: readonly string[] = ['8.8.8.8', '8.8.4.4'];
  readonly searchDomain = '';
  readonly #options: InternetHostOptions;
  readonly #stack: IpStack;
  readonly #taps: FrameTaps;

  constructor(options: InternetHostOptions) {
    this.#options = options;
    const { clock, chance, address } = options;
    this.interfaces = [{ name: interfaceName, address, prefixLength: 24, macAddress: ownMac, mtu: mtu.internet }];
    this.#taps = new FrameTaps(clock, chance.fork('taps'));
    this.#stack = new IpStack({
      clock,
      chance: chance.fork('stack'),
      profile: internetMachine,
      sourceFor: () => address,
      owns: candidate => candidate === address,
      transmit: packet => {
        this.#show('out', packet, ownMac, routerMac);
        options.transmit(packet);
      },
    });
  }

  connectTcp(address: string, port: number, limits?: OpeningLimits): Promise<TcpConnection> {
    return openConnection(this.#options.clock, this.#stack.tcp, { address, port }, limits);
  }

  listenTcp(port: number, onConnection: (connection: TcpConnection) => void): Disposable {
    return this.#stack.tcp.listen(port, onConnection);
  }

  openUdp(): UdpSocket {
    return this.#stack.udp.open();
  }

  ping(
    address: string,
    echo: { readonly id: number; readonly sequence: number; readonly payloadLength: number },
    timeoutMs: number,
  ): Promise<EchoAnswer | 'unreachable' | undefined> {
    return this.#stack.icmp.ping(address, echo, timeoutMs);
  }

  probeRoute(
    address: string,
    probe: RouteProbe,
    timeToLive: number,
    timeoutMs: number,
  ): Promise<RouteAnswer | undefined> {
    return this.#stack.probe(address, probe, timeToLive, timeoutMs);
  }

  tcpSockets(): readonly TcpSocketView[] {
    return this.#stack.tcp.views;
  }

  tap(name: string, listener: (frame: TappedFrame) => void): Disposable {
    return this.#taps.tap(name, listener);
  }

  receive(packet: Uint8Array): void {
    this.#show('in', packet, routerMac, ownMac);
    this.#stack.receive(packet);
  }

  dispose(): void {
    this.#stack.dispose();
    this.#taps.dispose();
  }

  #show(direction: 'in' | 'out', packet: Uint8Array, source: string, destination: string): void {
    const frame = { timeMicros: this.#taps.stampMicros(), interfaceName, direction };
    this.#taps.show(frame, () => encodeEthernet({ source, destination, etherType: EtherType.ipv4 }, packet));
  }
}
