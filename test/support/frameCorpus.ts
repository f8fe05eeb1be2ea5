/** Frames of every kind that the printer, the filter and the reader know, with odd ones among them. */
import { concatBytes, writeUint16 } from '../../src/packet/headers/bytes';
import { encodeDns } from '../../src/packet/headers/dns';
import { encodeIcmp, encodeIcmpEcho } from '../../src/packet/headers/icmp';
import type { TcpOption } from '../../src/packet/headers/tcpOptions';
import { encodeUdp } from '../../src/packet/headers/udp';
import { dnsMessages, query } from './dnsMessages';
import { arp, CLIENT, ethernet, ip, RESOLVER, SERVER, serverMac, tcp, text, udp } from './frames';
import { ipv6Frames } from './ipv6Frames';
import { verboseFrames } from './verboseFrames';

const times = (value: number, echo: number): TcpOption => ({ kind: 'timestamps', value, echo });
const nop: TcpOption = { kind: 'noOperation' };
const synOptions: readonly TcpOption[] = [
  { kind: 'maximumSegmentSize', bytes: 8961 },
  { kind: 'selectiveAckPermitted' },
  times(1950713484, 0),
  nop,
  { kind: 'windowScale', shift: 7 },
];
const dataOptions = [nop, nop, times(1950713485, 7)];

/** A connection to port 443 with data both ways and its end; `isOneWay` leaves the server's packets out. */
export function conversation(isOneWay = false): Uint8Array[] {
  const isn = 2863531510;
  const other = 1991618779;
  const up = (sequence: number, acknowledgment: number, flags: number, payload = 0) =>
    tcp(CLIENT, SERVER, {
      sequence,
      acknowledgment,
      flags,
      options: dataOptions,
      payload: new Uint8Array(payload).fill(22),
    });
  const down = (sequence: number, acknowledgment: number, flags: number, payload = 0) =>
    tcp(SERVER, CLIENT, {
      sourcePort: 443,
      destinationPort: 38482,
      sequence,
      acknowledgment,
      flags,
      options: dataOptions,
      payload: new Uint8Array(payload).fill(23),
    });
  const both = [
    tcp(CLIENT, SERVER, { sequence: isn, flags: 0x02, window: 62727, options: synOptions }),
    tcp(SERVER, CLIENT, {
      sourcePort: 443,
      destinationPort: 38482,
      sequence: other,
      acknowledgment: isn + 1,
      flags: 0x12,
      options: synOptions,
    }),
    up(isn + 1, other + 1, 0x10),
    up(isn + 1, other + 1, 0x18, 517),
    down(other + 1, isn + 518, 0x18, 1400),
    up(isn + 518, other + 1401, 0x18, 64),
    up(isn + 582, other + 1401, 0x11),
    down(other + 1401, isn + 583, 0x11),
    up(isn + 583, other + 1402, 0x10),
  ];
  return isOneWay ? both.filter((_, index) => ![1, 4, 7].includes(index)) : both;
}

function tcpOddities(): Uint8Array[] {
  const optionLists: (readonly TcpOption[])[] = [
    [nop, nop, { kind: 'selectiveAck', blocks: [{ left: 1500, right: 1600 }] }],
    [
      nop,
      nop,
      {
        kind: 'selectiveAck',
        blocks: [
          { left: 1500, right: 1600 },
          { left: 1700, right: 1800 },
        ],
      },
    ],
    [{ kind: 'other', number: 99, data: Uint8Array.of(1, 2) }],
    [{ kind: 'other', number: 2, data: Uint8Array.of(5) }, nop],
    [{ kind: 'other', number: 34, data: text('cookie12') }, nop, nop],
    [{ kind: 'other', number: 28, data: Uint8Array.of(1, 2) }],
  ];
  const flagSets = [0x00, 0x01, 0x02, 0x04, 0x08, 0x10, 0x14, 0x20, 0x29, 0x38, 0xc2, 0x52, 0xff];
  return [
    ...flagSets.map((flags, index) => tcp(CLIENT, SERVER, { sourcePort: 50000 + index, flags, acknowledgment: 5 })),
    ...optionLists.map((options, index) =>
      tcp(CLIENT, SERVER, { sourcePort: 51000 + index, acknowledgment: 77, options }),
    ),
    tcp(SERVER, CLIENT, {
      sourcePort: 443,
      destinationPort: 40000,
      sequence: 0,
      acknowledgment: 2863531511,
      flags: 0x14,
      window: 0,
    }),
    ...['GET /index.html HTTP/1.1\r\nHost: x\r\n\r\n', 'nothing known', 'GET /'].map((payload, index) =>
      tcp(CLIENT, SERVER, { sourcePort: 52000 + index, destinationPort: 80, flags: 0x18, payload: text(payload) }),
    ),
    tcp(SERVER, CLIENT, {
      sourcePort: 80,
      destinationPort: 52000,
      flags: 0x18,
      payload: text('HTTP/1.1 200 OK\r\nServer: nginx\r\n\r\n'),
    }),
    tcp(SERVER, CLIENT, {
      sourcePort: 8080,
      destinationPort: 52001,
      flags: 0x18,
      payload: text('HTTP/1.0 404 Not Found\n'),
    }),
    tcp(SERVER, CLIENT, {
      sourcePort: 22,
      destinationPort: 52002,
      flags: 0x18,
      payload: text('SSH-2.0-OpenSSH_8.7\r\n'),
    }),
    tcp(CLIENT, SERVER, { sourcePort: 52003, destinationPort: 22, flags: 0x18, payload: Uint8Array.of(0, 0, 1, 2) }),
    tcp(SERVER, CLIENT, { sourcePort: 25, destinationPort: 52004, flags: 0x18, payload: text('220 mail ready\r\n') }),
  ];
}

function dnsFrames(): Uint8Array[] {
  return dnsMessages().map(message =>
    message.isResponse
      ? udp(RESOLVER, CLIENT, 53, 53273, encodeDns(message))
      : udp(CLIENT, RESOLVER, 53273, 53, encodeDns(message)),
  );
}

function dnsOverTcp(): Uint8Array[] {
  const message = encodeDns(query);
  const prefix = new Uint8Array(2);
  writeUint16(prefix, 0, message.length);
  const payload = concatBytes(prefix, message);
  return [payload, payload.subarray(0, 1), payload.subarray(0, 20)].map((part, index) =>
    tcp(CLIENT, RESOLVER, { sourcePort: 53000 + index, destinationPort: 53, flags: 0x18, payload: part }),
  );
}

function icmpFrames(): Uint8Array[] {
  const quoted = udp(CLIENT, SERVER, 40000, 9, text('data')).subarray(14);
  const quotedTcp = tcp(CLIENT, SERVER, {}).subarray(14);
  const icmp = (type: number, code: number, rest: number, payload: Uint8Array) =>
    ip(SERVER, CLIENT, 1, encodeIcmp({ type, code, rest, payload }));
  const payload = new Uint8Array(56).fill(1);
  return [
    ip(CLIENT, SERVER, 1, encodeIcmpEcho({ type: 8, identifier: 7537, sequence: 1, payload })),
    ip(SERVER, CLIENT, 1, encodeIcmpEcho({ type: 0, identifier: 7537, sequence: 1, payload })),
    ...Array.from({ length: 17 }, (_, code) => icmp(3, code, 1400, quoted)),
    icmp(3, 3, 0, quotedTcp),
    icmp(3, 4, 0, quotedTcp),
    ...[0, 1, 2, 3].map(code => icmp(5, code, 0xac1f0001, quoted)),
    ...[0, 1, 2].map(code => icmp(11, code, 0, quoted)),
    icmp(4, 0, 0, quoted),
    icmp(12, 0, 0, quoted),
    icmp(10, 0, 0, new Uint8Array(0)),
    icmp(40, 0, 0, new Uint8Array(0)),
  ];
}

function arpFrames(): Uint8Array[] {
  return [
    arp({}),
    arp({}, 18),
    arp({ operation: 2, targetMac: serverMac }),
    arp({ targetMac: serverMac }),
    arp({ operation: 7 }),
  ];
}

function ipOddities(): Uint8Array[] {
  const whole = udp(CLIENT, SERVER, 40000, 9999, new Uint8Array(60));
  return [
    udp(CLIENT, SERVER, 40000, 9999, new Uint8Array(0)),
    whole,
    whole.subarray(0, 60),
    concatBytes(udp(CLIENT, SERVER, 40000, 9999, text('x')), new Uint8Array(17)),
    ip(CLIENT, SERVER, 17, new Uint8Array(32), { fragmentOffsetBytes: 1480, dontFragment: false }),
    ip(CLIENT, SERVER, 6, new Uint8Array(32), { fragmentOffsetBytes: 1480, dontFragment: false }),
    ip(
      CLIENT,
      SERVER,
      17,
      encodeUdp({ sourcePort: 1, destinationPort: 2, payload: new Uint8Array(24) }, CLIENT, SERVER),
      {
        moreFragments: true,
        dontFragment: false,
      },
    ),
    ip(CLIENT, SERVER, 99, new Uint8Array(10)),
    ethernet(Uint8Array.of(0x55, 0, 0, 20), 0x0800),
    ethernet(text('abcdefghijklmnopqrst'), 0x1234),
  ];
}

/** Everything, in one deterministic order. */
export function frameCorpus(): Uint8Array[] {
  return [
    ...conversation(),
    ...tcpOddities(),
    ...dnsFrames(),
    ...dnsOverTcp(),
    ...icmpFrames(),
    ...arpFrames(),
    ...ipOddities(),
    ...verboseFrames(),
    ...ipv6Frames(),
  ];
}
