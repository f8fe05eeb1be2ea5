import { deferred } from '../../../base/async';
import type { Clock } from '../../../base/clock';
import { toDisposable } from '../../../base/disposable';
import { readUint32 } from '../../../packet/headers/bytes';
import { encodeIcmpEcho, IcmpType } from '../../../packet/headers/icmp';
import { decodeIpv4Packet, encodeIpv4Packet, IpProtocolNumber } from '../../../packet/headers/ipv4';
import { encodeUdp } from '../../../packet/headers/udp';
import type { Chance } from '../../chance';
import type { RouteAnswer, RouteProbe } from '../hostNetwork';
import { type TcpProfile, TcpStack } from '../tcp/tcpStack';
import { IcmpStack, quotationKey } from './icmpStack';
import { UdpStack } from './udpStack';

/** What kind of machine a stack belongs to. */
export interface StackProfile extends TcpProfile {
  readonly timeToLive: number;
  readonly answersEcho: boolean;
  /** Whether a datagram for a closed port is answered with "port unreachable". */
  readonly refusesUdp: boolean;
}

export interface IpStackOptions {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly profile: StackProfile;
  /** The address from which this host talks to another one. */
  sourceFor(remoteAddress: string): string;
  owns(address: string): boolean;
  /** Puts an IPv4 packet on its way. */
  transmit(packet: Uint8Array, destination: string): void;
}

/** IPv4 of one host, with the three protocols on top. It takes and gives whole packets. */
export class IpStack {
  readonly tcp: TcpStack;
  readonly udp: UdpStack;
  readonly icmp: IcmpStack;
  readonly #options: IpStackOptions;
  #identification: number;
  #isDisposed = false;

  constructor(options: IpStackOptions) {
    this.#options = options;
    const { clock, chance, profile } = options;
    this.#identification = chance.between(1, 0xffff);
    const sourceFor = (remoteAddress: string) => options.sourceFor(remoteAddress);
    this.tcp = new TcpStack({
      clock,
      chance: chance.fork('tcp'),
      profile,
      sourceFor,
      send: (source, destination, bytes, identification) =>
        this.#send(IpProtocolNumber.tcp, source, destination, bytes, identification),
    });
    this.udp = new UdpStack({
      clock,
      chance: chance.fork('udp'),
      sourceFor,
      send: (source, destination, bytes) => this.#sendNumbered(IpProtocolNumber.udp, source, destination, bytes),
    });
    this.icmp = new IcmpStack({
      clock,
      answersEcho: profile.answersEcho,
      sourceFor,
      send: (source, destination, bytes) => this.#sendNumbered(IpProtocolNumber.icmp, source, destination, bytes),
    });
  }

  /** Packets that are broken or for somebody else are dropped. */
  receive(bytes: Uint8Array): void {
    const packet = decodeIpv4Packet(bytes);
    if (!packet || this.#isDisposed || !packet.isChecksumRight || !this.#options.owns(packet.destination)) return;
    if (packet.moreFragments || packet.fragmentOffsetBytes > 0) return;
    const { source, destination, payload } = packet;
    if (packet.protocol === IpProtocolNumber.tcp) this.tcp.receive(source, destination, payload);
    else if (packet.protocol === IpProtocolNumber.icmp)
      this.icmp.receive(source, destination, payload, packet.timeToLive);
    else if (packet.protocol === IpProtocolNumber.udp && !this.udp.receive(source, destination, payload)) {
      if (this.#options.profile.refusesUdp) this.icmp.refusePort(source, destination, bytes);
    }
  }

  /** Sends a packet that lives for `timeToLive` hops; undefined when nobody answered within `timeoutMs`. */
  async probe(
    address: string,
    probe: RouteProbe,
    timeToLive: number,
    timeoutMs: number,
  ): Promise<RouteAnswer | undefined> {
    const { clock } = this.#options;
    const source = this.#options.sourceFor(address);
    const { protocol, bytes, word, release } = this.#probePacket(source, address, probe);
    const answer = deferred<RouteAnswer | undefined>();
    const startMs = clock.now();
    const watch = this.icmp.watch(quotationKey(protocol, address, word), ({ from, kind }) =>
      answer.resolve({ address: from, kind, roundTripMs: clock.now() - startMs }),
    );
    const timer = clock.after(timeoutMs, () => answer.resolve(undefined));
    this.#sendNumbered(protocol, source, address, bytes, timeToLive);
    try {
      return await answer.promise;
    } finally {
      for (const held of [watch, timer, release]) held.dispose();
    }
  }

  #probePacket(source: string, address: string, probe: RouteProbe) {
    const payload = new Uint8Array(probe.payloadLength);
    if (probe.kind === 'echo') {
      const { id: identifier, sequence } = probe;
      const bytes = encodeIcmpEcho({ type: IcmpType.echoRequest, identifier, sequence, payload });
      return { protocol: IpProtocolNumber.icmp, bytes, word: readUint32(bytes, 4), release: toDisposable(() => {}) };
    }
    const socket = this.udp.open();
    const ports = { sourcePort: socket.localPort, destinationPort: probe.port };
    const bytes = encodeUdp({ ...ports, payload }, source, address);
    return { protocol: IpProtocolNumber.udp, bytes, word: readUint32(bytes, 0), release: socket };
  }

  /** Nobody is at an address of the own wire: whoever waits for it hears so. */
  loseSight(address: string): void {
    this.tcp.loseSight(address);
    this.icmp.loseSight(address);
  }

  /** Silence from now on. */
  dispose(): void {
    this.#isDisposed = true;
    this.tcp.dispose();
    this.udp.dispose();
  }

  #sendNumbered(
    protocol: number,
    source: string,
    destination: string,
    bytes: Uint8Array,
    timeToLive = this.#options.profile.timeToLive,
  ): void {
    this.#identification = (this.#identification + 1) & 0xffff;
    this.#send(protocol, source, destination, bytes, this.#identification, timeToLive);
  }

  #send(
    protocol: number,
    source: string,
    destination: string,
    bytes: Uint8Array,
    identification: number,
    timeToLive = this.#options.profile.timeToLive,
  ): void {
    if (this.#isDisposed) return;
    const header = { source, destination, protocol, timeToLive, identification, dontFragment: true };
    this.#options.transmit(encodeIpv4Packet(header, bytes), destination);
  }
}
