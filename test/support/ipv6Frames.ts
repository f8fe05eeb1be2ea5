/** Frames of IPv6, with what its hosts and routers say to each other on a subnet. */
import { concatBytes, writeUint16 } from '../../src/packet/headers/bytes';
import { encodeDns } from '../../src/packet/headers/dns';
import { encodeIcmp6 } from '../../src/packet/headers/icmp6';
import { encodeIpv6Packet, type Ipv6Header } from '../../src/packet/headers/ipv6';
import {
  fragmentExtension,
  hopByHopExtension,
  type Ipv6Extension,
  ROUTER_ALERT,
} from '../../src/packet/headers/ipv6Extensions';
import { type NeighborMessage, neighborMessage } from '../../src/packet/headers/neighborDiscovery';
import { encodeTcp, type TcpSegment } from '../../src/packet/headers/tcp';
import { encodeUdp } from '../../src/packet/headers/udp';
import { dnsMessages } from './dnsMessages';
import { ethernet, segment, text } from './frames';

export const CLIENT6 = '2600:1f18:41c2:5500::a';
export const SERVER6 = '2600:1f18:41c2:5501:8c0::5';
const ROUTER6 = 'fe80::8:41ff:fe9d:1';
const RESOLVER6 = 'fd00:ec2::253';
const ALL_NODES = 'ff02::1';

export function ip6(protocol: number, payload: Uint8Array, more: Partial<Ipv6Header> = {}): Uint8Array {
  const header = { source: CLIENT6, destination: SERVER6, protocol, hopLimit: 64, ...more };
  return ethernet(encodeIpv6Packet(header, payload), 0x86dd);
}

export function tcp6(changes: Partial<TcpSegment>, more: Partial<Ipv6Header> = {}): Uint8Array {
  return ip6(6, encodeTcp(segment(changes), more.source ?? CLIENT6, more.destination ?? SERVER6), more);
}

function udp6(
  sourcePort: number,
  destinationPort: number,
  payload: Uint8Array,
  more: Partial<Ipv6Header> = {},
): Uint8Array {
  const datagram = encodeUdp(
    { sourcePort, destinationPort, payload },
    more.source ?? CLIENT6,
    more.destination ?? SERVER6,
  );
  return ip6(17, datagram, more);
}

function icmp6(
  type: number,
  code: number,
  rest: number,
  payload: Uint8Array,
  more: Partial<Ipv6Header> = {},
): Uint8Array {
  const message = encodeIcmp6({ type, code, rest, payload }, more.source ?? CLIENT6, more.destination ?? SERVER6);
  return ip6(58, message, more);
}

function neighbor(message: NeighborMessage, more: Partial<Ipv6Header> = {}): Uint8Array {
  const { type, code, rest, payload } = neighborMessage(message);
  return icmp6(type, code, rest, payload, { hopLimit: 255, source: ROUTER6, destination: ALL_NODES, ...more });
}

/** A connection with data both ways. */
function conversation6(): Uint8Array[] {
  const back = { source: SERVER6, destination: CLIENT6, flowLabel: 0x8_f0e1, trafficClass: 0x2e };
  const isn = 4294967290;
  return [
    tcp6({ sequence: isn, flags: 2, options: [{ kind: 'maximumSegmentSize', bytes: 8941 }] }, { flowLabel: 0x12345 }),
    tcp6({ sourcePort: 443, destinationPort: 38482, sequence: 77, acknowledgment: isn + 1, flags: 0x12 }, back),
    tcp6({ sequence: isn + 1, acknowledgment: 78 }),
    tcp6({ sequence: isn + 1, acknowledgment: 78, flags: 0x18, payload: new Uint8Array(517).fill(3) }),
    tcp6(
      { sourcePort: 443, destinationPort: 38482, sequence: 78, acknowledgment: 512, flags: 0x19, payload: text('bye') },
      back,
    ),
    tcp6({ sourcePort: 40000, destinationPort: 80, flags: 0x18, payload: text('GET / HTTP/1.1\r\nHost: x\r\n\r\n') }),
  ];
}

function discovery(): Uint8Array[] {
  const mac = '0a:66:77:88:99:aa';
  const prefix = {
    kind: 'prefix',
    prefix: '2600:1f18:41c2:5500::',
    prefixLength: 64,
    onLink: true,
    autonomous: false,
    validSeconds: 0xffff_ffff,
    preferredSeconds: 1800,
  } as const;
  const advertisement = {
    kind: 'routerAdvertisement',
    hopLimit: 255,
    flags: 0xc8,
    lifetimeSeconds: 1800,
    reachableMs: 30_000,
    retransmitMs: 0,
  } as const;
  const target = ROUTER6;
  const answer = { kind: 'neighborAdvertisement', target, isRouter: true, isSolicited: true, overrides: true } as const;
  return [
    neighbor({ kind: 'routerSolicitation', options: [{ kind: 'sourceLinkAddress', mac }] }),
    neighbor({ kind: 'routerSolicitation', options: [] }, { source: '::', destination: 'ff02::2' }),
    neighbor({ ...advertisement, options: [{ kind: 'sourceLinkAddress', mac }, { kind: 'mtu', bytes: 9001 }, prefix] }),
    neighbor({ ...advertisement, flags: 0, lifetimeSeconds: 0, options: [{ ...prefix, onLink: false }] }),
    neighbor(
      { kind: 'neighborSolicitation', target, options: [{ kind: 'sourceLinkAddress', mac }] },
      { destination: 'ff02::1:ff9d:1' },
    ),
    neighbor({ kind: 'neighborSolicitation', target: CLIENT6, options: [] }),
    neighbor({ ...answer, options: [{ kind: 'targetLinkAddress', mac }] }, { destination: CLIENT6 }),
    neighbor({ ...answer, isRouter: false, isSolicited: false, overrides: false, options: [] }),
    neighbor({
      kind: 'routerSolicitation',
      options: [{ kind: 'other', number: 14, data: Uint8Array.of(1, 2, 3, 4, 5, 6) }],
    }),
    icmp6(137, 0, 0, concatBytes(new Uint8Array(16).fill(1), new Uint8Array(16).fill(2))),
  ];
}

function multicastListeners(): Uint8Array[] {
  const alert = {
    hopLimit: 1,
    extensions: [hopByHopExtension(ROUTER_ALERT)],
    source: ROUTER6,
    destination: 'ff02::16',
  };
  const group = new Uint8Array(16).fill(0xff, 0, 1);
  const record = (type: number, sources: number) =>
    concatBytes(Uint8Array.of(type, 0, 0, sources), group, new Uint8Array(16 * sources).fill(0x20));
  return [
    icmp6(143, 0, 1, record(4, 0), alert),
    icmp6(143, 0, 2, concatBytes(record(3, 1), record(9, 2)), alert),
    icmp6(130, 0, 1000 << 16, new Uint8Array(16), alert),
    icmp6(
      130,
      0,
      1000 << 16,
      concatBytes(new Uint8Array(16), Uint8Array.of(2, 125, 0, 1), new Uint8Array(16).fill(7)),
      alert,
    ),
    icmp6(131, 0, 0, group, alert),
    icmp6(132, 0, 0, group, alert),
  ];
}

function icmp6Errors(): Uint8Array[] {
  const quoted = udp6(40000, 9, text('data')).subarray(14);
  const quotedTcp = tcp6({}).subarray(14);
  const quotedOther = ip6(99, new Uint8Array(8)).subarray(14);
  return [
    ...[0, 1, 2, 3, 4, 5, 6].map(code => icmp6(1, code, 0, quoted)),
    icmp6(1, 4, 0, quotedTcp),
    icmp6(1, 4, 0, quotedOther),
    icmp6(1, 4, 0, ip6(17, new Uint8Array(8), { extensions: [hopByHopExtension(ROUTER_ALERT)] }).subarray(14)),
    icmp6(2, 0, 1280, quoted),
    ...[0, 1, 2].map(code => icmp6(3, code, 0, quoted)),
    ...[0, 1, 2, 3].map(code => icmp6(4, code, 40, quoted)),
    icmp6(128, 0, (7537 << 16) | 2, new Uint8Array(56).fill(1)),
    icmp6(129, 0, (7537 << 16) | 2, new Uint8Array(56).fill(1)),
    icmp6(200, 0, 5, text('experiment')),
  ];
}

function fragments(): Uint8Array[] {
  const fragment = (offsetBytes: number, moreFragments: boolean) =>
    fragmentExtension({ offsetBytes, moreFragments, identification: 0xfeedbeef });
  const datagram = encodeUdp(
    { sourcePort: 5000, destinationPort: 6000, payload: new Uint8Array(24) },
    CLIENT6,
    SERVER6,
  );
  return [
    ip6(17, datagram, { extensions: [fragment(0, true)] }),
    ip6(17, datagram, { extensions: [fragment(0, false)] }),
    ip6(17, new Uint8Array(24), { extensions: [fragment(1440, true)] }),
    ip6(6, new Uint8Array(24), { extensions: [fragment(1440, false)] }),
    ip6(58, concatBytes(Uint8Array.of(128, 0, 1, 2, 0, 1, 0, 2), new Uint8Array(16)), {
      extensions: [fragment(0, true)],
    }),
  ];
}

function oddities(): Uint8Array[] {
  const destinationOptions: Ipv6Extension = { number: 60, rest: Uint8Array.of(0, 1, 4, 0, 0, 0, 0) };
  const unknownOption = hopByHopExtension(Uint8Array.of(0x3e, 2, 9, 9));
  const wrong = udp6(5000, 6000, text('sum'));
  wrong[60] = (wrong[60] as number) ^ 0x55;
  const unsummed = udp6(5000, 6000, text('sum'));
  unsummed.set([0, 0], 60);
  const claimsMore = udp6(5000, 6000, text('length'));
  writeUint16(claimsMore, 18, 400);
  const claimsNothing = udp6(5000, 6000, text('length'));
  writeUint16(claimsNothing, 18, 0);
  const version = udp6(5000, 6000, text('v'));
  version[14] = 0x40;
  return [
    udp6(5000, 6000, new Uint8Array(0)),
    udp6(5000, 6000, text('x'), { extensions: [destinationOptions] }),
    udp6(5000, 6000, text('x'), { extensions: [unknownOption, destinationOptions] }),
    concatBytes(udp6(5000, 6000, text('x')), new Uint8Array(9)),
    wrong,
    unsummed,
    claimsMore,
    claimsNothing,
    version,
    ip6(59, new Uint8Array(0)),
    ip6(59, new Uint8Array(4)),
    ip6(99, new Uint8Array(12)),
    ip6(6, new Uint8Array(12)),
    tcp6({}, { extensions: [destinationOptions] }),
  ];
}

function dns6(): Uint8Array[] {
  return dnsMessages()
    .filter((_, index) => index % 5 === 0)
    .map(message =>
      message.isResponse
        ? udp6(53, 53273, encodeDns(message), { source: RESOLVER6, destination: CLIENT6 })
        : udp6(53273, 53, encodeDns(message), { destination: RESOLVER6 }),
    );
}

/** All of them, in one deterministic order. */
export function ipv6Frames(): Uint8Array[] {
  return [
    ...conversation6(),
    ...dns6(),
    ...discovery(),
    ...multicastListeners(),
    ...icmp6Errors(),
    ...fragments(),
    ...oddities(),
  ];
}
