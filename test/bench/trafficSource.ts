import { type DnsRecord, DnsType, encodeDns } from '../../src/packet/headers/dns';
import { encodeIcmpEcho } from '../../src/packet/headers/icmp';
import type { TcpSegment } from '../../src/packet/headers/tcp';
import type { TcpOption } from '../../src/packet/headers/tcpOptions';
import { TcpFlag } from '../../src/packet/packetColumns';
import { query } from '../support/dnsMessages';
import { arp, CLIENT, ip, RESOLVER, tcp, udp } from '../support/frames';
import { tcp6 } from '../support/ipv6Frames';

export interface TrafficFrame {
  readonly bytes: Uint8Array;
  /** tcpdump prints what stands at its end too. */
  readonly isSmall: boolean;
}

interface Connection {
  readonly server: string;
  readonly port: number;
  /** Sequence numbers of either side's next byte. */
  sent: number;
  received: number;
  packets: number;
  readonly lastPacket: number;
}

/** Interfaces of an endpoint, a gateway endpoint's prefix, a peered VPC, a load balancer, the internet. */
const servers = ['172.31.36.107', '172.31.14.109', '52.219.56.17', '10.20.3.4', '172.31.20.58', '151.101.1.140'];
const METRICS = '172.31.5.9';
const connectionCount = 40;
const { syn, ack, psh, fin } = TcpFlag;

/** Frames of forty HTTPS connections that come and go, and of what else is in any capture: names, pings, ARP, IPv6, metrics over UDP. */
export class TrafficSource {
  #seed = 20_261_130;
  #serial = 0;
  #answer: Uint8Array | undefined;
  readonly #connections = Array.from({ length: connectionCount }, () => this.#connect());

  /** From 0 to below `limit`. The generator is that of Numerical Recipes. */
  random(limit: number): number {
    this.#seed = (Math.imul(this.#seed, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((this.#seed / 2 ** 32) * limit);
  }

  next(): TrafficFrame {
    const answer = this.#answer;
    this.#answer = undefined;
    if (answer) return { bytes: answer, isSmall: true };
    this.#serial++;
    const kind = this.random(100);
    if (kind < 2) return { bytes: this.#ask(), isSmall: true };
    if (kind < 4) return { bytes: this.#ping(), isSmall: true };
    if (kind < 5) return { bytes: arp({}), isSmall: true };
    const payload = new Uint8Array(this.random(1000));
    if (kind < 7) return { bytes: tcp6({ sequence: this.#serial, acknowledgment: 1, payload }), isSmall: false };
    if (kind < 9) return { bytes: udp(CLIENT, METRICS, 35_000, 8125, payload), isSmall: false };
    return { bytes: this.#segment(), isSmall: false };
  }

  #ask(): Uint8Array {
    const name = `host${this.random(500)}.ap-south-1.amazonaws.com`;
    const question = { ...query, id: this.random(65_536), questions: [{ name, type: DnsType.a, class: 1 }] };
    const address = `172.31.${this.random(256)}.${this.random(256)}`;
    const record: DnsRecord = { name, type: DnsType.a, class: 1, timeToLive: 60, data: { kind: 'address', address } };
    const port = 32_768 + this.random(28_000);
    this.#answer = udp(RESOLVER, CLIENT, 53, port, encodeDns({ ...question, isResponse: true, answers: [record] }));
    return udp(CLIENT, RESOLVER, port, 53, encodeDns(question));
  }

  #ping(): Uint8Array {
    const sequence = this.#serial & 0xffff;
    return ip(
      CLIENT,
      '10.20.3.4',
      1,
      encodeIcmpEcho({ type: 8, identifier: 7537, sequence, payload: new Uint8Array(56) }),
    );
  }

  #connect(): Connection {
    const server = servers[this.random(servers.length)] as string;
    const lastPacket = 20 + this.random(400);
    return {
      server,
      port: 32_768 + this.random(28_000),
      sent: this.random(2 ** 31),
      received: this.random(2 ** 31),
      packets: 0,
      lastPacket,
    };
  }

  #segment(): Uint8Array {
    const index = this.random(connectionCount);
    const connection = this.#connections[index] as Connection;
    const isLast = connection.packets >= connection.lastPacket;
    if (isLast) this.#connections[index] = this.#connect();
    const number = connection.packets++;
    if (number === 0) return this.#up(connection, syn, 0);
    if (number === 1) return this.#down(connection, syn | ack, 0);
    if (isLast) return this.#up(connection, fin | ack, 0);
    const bytes = this.random(2) === 0 ? 0 : 1 + this.random(1400);
    const flags = bytes === 0 ? ack : psh | ack;
    return this.random(2) === 0 ? this.#up(connection, flags, bytes) : this.#down(connection, flags, bytes);
  }

  #up(connection: Connection, flags: number, bytes: number): Uint8Array {
    const { server, port, sent, received } = connection;
    connection.sent += numbersIn(flags, bytes);
    const changes = { sourcePort: port, sequence: sent, acknowledgment: received };
    return tcp(CLIENT, server, { ...changes, ...this.#content(flags, bytes) });
  }

  #down(connection: Connection, flags: number, bytes: number): Uint8Array {
    const { server, port, sent, received } = connection;
    connection.received += numbersIn(flags, bytes);
    const changes = { sourcePort: 443, destinationPort: port, sequence: received, acknowledgment: sent };
    return tcp(server, CLIENT, { ...changes, ...this.#content(flags, bytes) });
  }

  #content(flags: number, bytes: number): Partial<TcpSegment> {
    const times: TcpOption = {
      kind: 'timestamps',
      value: 1_950_713_484 + this.#serial,
      echo: 807_112_000 + this.#serial,
    };
    const options = flags & syn ? [...synOptions, times] : [nop, nop, times];
    return { flags, options, window: 400 + this.random(200), payload: new Uint8Array(bytes) };
  }
}

const nop: TcpOption = { kind: 'noOperation' };
const synOptions: readonly TcpOption[] = [
  { kind: 'maximumSegmentSize', bytes: 8961 },
  { kind: 'selectiveAckPermitted' },
  nop,
  { kind: 'windowScale', shift: 7 },
];

/** Sequence numbers that a segment takes. */
const numbersIn = (flags: number, bytes: number) => bytes + (flags & (syn | fin) ? 1 : 0);
