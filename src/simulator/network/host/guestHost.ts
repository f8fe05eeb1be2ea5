import type { Clock } from '../../../base/clock';
import type { Disposable } from '../../../base/disposable';
import { parseCidr } from '../../../core/ipv4';
import type { Instance, NetworkInterface } from '../../../core/network';
import { AMAZON_PROVIDED_DNS, resolverAddress } from '../../../core/vpcResolver';
import { type ArpPacket, encodeArp } from '../../../packet/headers/arp';
import { EtherType, encodeEthernet } from '../../../packet/headers/ethernet';
import { decodeIpv4Packet, IpProtocolNumber } from '../../../packet/headers/ipv4';
import type { Chance } from '../../chance';
import type { RegionState } from '../../world/regionState';
import { nextHopAddress, stationAt, subnetOf, type WorldLookup } from '../forwarding/worldLookup';
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
import { interfaceNameOf } from './interfaceName';
import { IpStack } from './ipStack';
import { NeighbourTable } from './neighbourTable';
import { type OpeningLimits, openConnection } from './openConnection';
import { amazonLinux, mtu } from './profiles';

export interface GuestHostOptions {
  readonly state: RegionState;
  readonly lookup: WorldLookup;
  readonly instance: Instance;
  readonly networkInterface: NetworkInterface;
  readonly clock: Clock;
  readonly chance: Chance;
  /** Hands a packet to the VPC, `departsInMs` from now. */
  send(packet: Uint8Array, departsInMs: number): void;
}

const noMac = '00:00:00:00:00:00';
const loopbackAddress = '127.0.0.1';
const loopbackMs = 0.015;

/** The network of one instance: its interfaces, its stack, and the taps on them. */
export class GuestHost implements HostNetwork {
  readonly interfaces: readonly HostInterface[];
  readonly #options: GuestHostOptions;
  readonly #stack: IpStack;
  readonly #taps: FrameTaps;
  readonly #neighbours: NeighbourTable;
  readonly #name: string;

  constructor(options: GuestHostOptions) {
    this.#options = options;
    const { clock, chance, instance, networkInterface, state } = options;
    const address = networkInterface.privateIpAddress;
    this.#name = interfaceNameOf(instance.instanceType);
    const prefixLength = parseCidr(subnetOf(state, networkInterface)?.cidrBlock ?? '')?.prefixLength ?? 32;
    const { macAddress } = networkInterface;
    this.interfaces = [
      { name: 'lo', address: loopbackAddress, prefixLength: 8, macAddress: noMac, mtu: mtu.loopback },
      { name: this.#name, address, prefixLength, macAddress, mtu: mtu.vpc },
    ];
    this.#taps = new FrameTaps(clock, chance.fork('taps'));
    this.#neighbours = new NeighbourTable({
      clock,
      chance: chance.fork('neighbours'),
      address,
      macAddress,
      stationAt: wanted => stationAt(options.lookup, options, wanted),
      show: (direction, mac, packet) => this.#showArp(direction, mac, packet),
    });
    this.#stack = new IpStack({
      clock,
      chance: chance.fork('stack'),
      profile: amazonLinux(address),
      sourceFor: remote => (isLoopback(remote) ? loopbackAddress : address),
      owns: candidate => candidate === address || isLoopback(candidate),
      transmit: (packet, destination) => this.#transmit(packet, destination),
    });
  }

  get nameServers(): readonly string[] {
    const { vpc, dhcpOptions } = this.#lease();
    const resolver = vpc && resolverAddress(vpc);
    const listed = dhcpOptions?.domainNameServers ?? [AMAZON_PROVIDED_DNS];
    return listed.flatMap(server => (server === AMAZON_PROVIDED_DNS ? (resolver ?? []) : server));
  }

  get searchDomain(): string {
    return this.#lease().dhcpOptions?.domainName ?? '';
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

  tap(interfaceName: string, listener: (frame: TappedFrame) => void): Disposable {
    return this.#taps.tap(interfaceName, listener);
  }

  /** A packet from the VPC, with the hardware address of whoever handed it over. */
  receive(packet: Uint8Array, senderMac: string): void {
    this.#show('in', this.#taps.stampMicros(), packet, senderMac, this.#options.networkInterface.macAddress);
    const header = decodeIpv4Packet(packet);
    if (header?.protocol === IpProtocolNumber.tcp) this.#neighbours.confirm(this.#nextHop(header.source));
    this.#stack.receive(packet);
  }

  /** Power off: every connection is lost in silence. */
  dispose(): void {
    this.#stack.dispose();
    this.#neighbours.dispose();
    this.#taps.dispose();
  }

  #transmit(packet: Uint8Array, destination: string): void {
    const { networkInterface, clock } = this.#options;
    if (isLoopback(destination) || destination === networkInterface.privateIpAddress) {
      this.#loopBack(packet);
      return;
    }
    if (packet.length > mtu.vpc) return;
    this.#neighbours.deliver(this.#nextHop(destination), {
      send: mac => {
        const timeMicros = this.#taps.stampMicros();
        this.#show('out', timeMicros, packet, networkInterface.macAddress, mac);
        this.#options.send(packet, timeMicros / 1000 - clock.now());
      },
      giveUp: () => this.#stack.loseSight(destination),
    });
  }

  /** A neighbour itself, the subnet's router for everybody else. */
  #nextHop(destination: string): string {
    const { state, networkInterface } = this.#options;
    const subnet = subnetOf(state, networkInterface);
    return subnet ? nextHopAddress(subnet, destination) : destination;
  }

  /** libpcap shows a packet of the loopback interface once, as it comes in. */
  #loopBack(packet: Uint8Array): void {
    this.#options.clock.after(loopbackMs, () => {
      const frame = { timeMicros: this.#taps.stampMicros(), interfaceName: 'lo', direction: 'in' } as const;
      this.#taps.show(frame, () => ethernetFrame(packet, noMac, noMac));
      this.#stack.receive(packet);
    });
  }

  #show(direction: 'in' | 'out', timeMicros: number, packet: Uint8Array, source: string, destination: string): void {
    const frame = { timeMicros, interfaceName: this.#name, direction };
    this.#taps.show(frame, () => ethernetFrame(packet, source, destination));
  }

  #showArp(direction: 'in' | 'out', mac: string, packet: ArpPacket): void {
    const { macAddress } = this.#options.networkInterface;
    const [source, destination] = direction === 'out' ? [macAddress, mac] : [mac, macAddress];
    const frame = { timeMicros: this.#taps.stampMicros(), interfaceName: this.#name, direction };
    this.#taps.show(frame, () => encodeEthernet({ source, destination, etherType: EtherType.arp }, encodeArp(packet)));
  }

  #lease() {
    const { state, networkInterface } = this.#options;
    const vpc = state.vpcs.get(networkInterface.vpcId);
    return { vpc, dhcpOptions: vpc?.dhcpOptionsId && state.dhcpOptions.get(vpc.dhcpOptionsId) };
  }
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.');
}

function ethernetFrame(packet: Uint8Array, source: string, destination: string): Uint8Array {
  return encodeEthernet({ source, destination, etherType: EtherType.ipv4 }, packet);
}
