/** Frames of protocols that tcpdump prints in words of its own, and of links that are not plain Ethernet. Our reader must know who talks to whom. */
import { macBytes } from '../../src/packet/headers/addressBytes';
import { concatBytes } from '../../src/packet/headers/bytes';
import { encodeEthernet } from '../../src/packet/headers/ethernet';
import type { TcpOption } from '../../src/packet/headers/tcpOptions';
import { CLIENT, clientMac, ethernet, ip, RESOLVER, SERVER, serverMac, tcp, text, udp } from './frames';
import { ip6 } from './ipv6Frames';

/** Octets in hexadecimal; blanks are for people. */
export const hex = (digits: string): Uint8Array => Uint8Array.from(Buffer.from(digits.replaceAll(/\s/g, ''), 'hex'));

const zeros = (bytes: number) => new Uint8Array(bytes);
const inner = udp('10.1.0.5', '10.1.0.6', 5000, 6000, text('inside')).subarray(14);
const innerFrame = udp('10.1.0.5', '10.1.0.6', 5000, 6000, text('inside'));

/** Payloads by the port that they go to. */
const datagrams: readonly (readonly [port: number, payload: Uint8Array])[] = [
  [123, concatBytes(hex('23 02 06 e9 00000000 00000a0b a9fea97b'), hex('e9000000 80000000').subarray(0, 8), zeros(24))],
  [123, concatBytes(hex('24 02 06 e9 00000100 00000a0b a9fea97b'), zeros(32))],
  [123, hex('1b 03')],
  [69, concatBytes(hex('0001'), text('boot.bin\0octet\0'))],
  [514, text("<34>su: 'su root' failed, length 7")],
  [161, hex('302602010104067075626c6963a019020401020304020100020100300b300906052b060102010500')],
  [162, hex('30 01')],
  [
    137,
    hex('1234 0110 0001 0000 0000 0000 20 434b4141414141414141414141414141414141414141414141414141414141 00 0021 0001'),
  ],
  [138, concatBytes(hex('1102 1234 0a000001 008a 0010 0000'), zeros(16))],
  [1812, hex('01 05 0020 000102030405060708090a0b0c0d0e0f 0106 6e656d6f 0406 0a000001')],
  [1813, hex('04 06 0014 000102030405060708090a0b0c0d0e0f')],
  [5353, hex('0000 0000 0001 0000 0000 0000 04 5f697070 04 5f746370 05 6c6f63616c 00 000c 0001')],
  [5353, hex('0000 8400 0000 0001 0000 0000 05 6c6f63616c 00 0001 8001 00000078 0004 0a000005')],
  [500, hex('0001020304050607 0000000000000000 01 10 02 00 00000000 0000001c')],
  [4500, hex('ff')],
  [4500, concatBytes(hex('12345678 00000001'), zeros(24))],
  [4500, concatBytes(hex('00000000 0001020304050607 0000000000000000 21 20 22 08 00000000 0000001c'))],
  [4789, concatBytes(hex('08000000 00006400'), innerFrame)],
  [4790, concatBytes(hex('0c000001 00006400'), inner)],
  [6081, concatBytes(hex('0000 6558 00006400'), innerFrame)],
  [6635, concatBytes(hex('00064140'), inner)],
  [1701, hex('c802 0014 0000 0000 0000 0000 8008 0000 0000 0001')],
  [520, hex('0102 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000 0010')],
  [521, hex('0101 0000 0000 0000 0000 0000 0000 0000 0000 0000 0000 0010')],
  [646, hex('0001 001c 0a000001 0000 0100 0012 00000001 0400 0004 000f 0000')],
  [1985, hex('0000 0803 0a64 0000 0a000000 00000000 c0a80001 00000000')],
  [3784, hex('20c8 0318 00000001 00000000 000f4240 000f4240 00000000')],
  [5060, text('OPTIONS sip:example.com SIP/2.0\r\nVia: SIP/2.0/UDP 10.0.0.1\r\n\r\n')],
  [5353, zeros(3)],
  [5355, hex('1234 0000 0001 0000 0000 0000 04 74657374 00 0001 0001')],
  [2055, concatBytes(hex('0005 0001'), zeros(68))],
  [6343, concatBytes(hex('00000005 00000001 0a000001'), zeros(16))],
  [319, concatBytes(hex('0002 002c'), zeros(40))],
  [3478, hex('0001 0000 2112a442 000102030405060708090a0b')],
  [51820, concatBytes(hex('01000000'), zeros(144))],
  [1900, text('M-SEARCH * HTTP/1.1\r\nHOST: 239.255.255.250:1900\r\n\r\n')],
  [4341, concatBytes(hex('c0000001 00000001'), inner)],
  [88, hex('0400')],
  [111, hex('00000001 00000000 00000002 000186a0 00000002 00000003 00000000 00000000 00000000 00000000')],
  [2049, hex('00000007 00000000 00000002 000186a3 00000003 00000001 00000000 00000000 00000000 00000000')],
  [3544, concatBytes(zeros(8), inner)],
  [5246, hex('0010020000000000')],
  [7000, concatBytes(hex('00000001 00000002 00000000 00000001 00000001 01 00 00 00 0000 0001'), zeros(8))],
  [30490, hex('ffff8100 00000008 00000001 01010200')],
];

/** Client to server with DHCP's options; `more` follows the message type. */
function dhcp(operation: number, type: number, more = ''): Uint8Array {
  const fixed = concatBytes(
    hex(`${operation === 1 ? '01' : '02'} 01 06 00 3903f326 0000 0000 00000000`),
    operation === 1 ? zeros(12) : hex('ac1f258d ac1f2001 00000000'),
    macBytes(clientMac),
    zeros(10 + 192),
  );
  return concatBytes(fixed, hex(`63825363 3501${type.toString(16).padStart(2, '0')} ${more} ff`));
}

function addresses(): Uint8Array[] {
  const solicit = hex('01 a1b2c3 0001 000a 0003 0001 0a1122334455 0006 0004 0017 0018 0008 0002 0000');
  const link = { source: 'fe80::8:41ff:fe9d:1', destination: 'ff02::1:2', hopLimit: 1 };
  const datagram = (payload: Uint8Array) =>
    concatBytes(hex('0222 0223'), hex((payload.length + 8).toString(16).padStart(4, '0')), hex('0000'), payload);
  return [
    udp('0.0.0.0', '255.255.255.255', 68, 67, dhcp(1, 1, '3902 05dc 3704 01 03 06 0f')),
    udp('0.0.0.0', '255.255.255.255', 68, 67, dhcp(1, 3, '3204 ac1f258d 3604 ac1f2001')),
    udp('172.31.32.1', CLIENT, 67, 68, dhcp(2, 5, '0104 fffff000 0304 ac1f2001 0604 ac1f0002 3304 00000e10')),
    udp('172.31.32.1', CLIENT, 67, 68, text('not DHCP')),
    ip6(17, datagram(solicit), link),
    ip6(17, datagram(solicit.subarray(0, 3)), link),
  ];
}

/** QUIC, RFC 9000 §17: long headers with their connection ids, and a short one. */
function quic(): Uint8Array[] {
  const long = (first: string, version = '00000001') =>
    concatBytes(hex(`${first} ${version} 08 0001020304050607 04 0a0b0c0d`), hex('00 4448 00000001'), zeros(200));
  return [
    ...['c0', 'd0', 'e0', 'f0'].map(first => udp(CLIENT, SERVER, 50443, 443, long(first))),
    udp(SERVER, CLIENT, 443, 50443, hex('80 00000000 04 0a0b0c0d 08 0001020304050607 00000001 6b3343cf')),
    udp(SERVER, CLIENT, 443, 50443, concatBytes(hex('40 0a0b0c0d'), zeros(30))),
    udp(CLIENT, SERVER, 50443, 443, hex('c0 00')),
    udp(CLIENT, SERVER, 50443, 443, hex('00')),
  ];
}

/** Payloads of segments by the port that they go to. */
const segments: readonly (readonly [port: number, payload: Uint8Array])[] = [
  [179, hex('ffffffffffffffffffffffffffffffff 001d 01 04 fde8 00b4 0a000001 00')],
  [179, hex('ffffffffffffffffffffffffffffffff 0013 04')],
  [554, text('OPTIONS rtsp://example.com RTSP/1.0\r\nCSeq: 1\r\n\r\n')],
  [21, text('USER anonymous\r\n')],
  [25, text('EHLO example.com, length 3\r\n')],
  [23, hex('fffd18fffd20')],
  [1723, hex('009c 0001 1a2b3c4d 0001 0000 0100 0000 00000003 00000003 0000 0000')],
  [445, concatBytes(hex('0000 0024 ff534d42 72 00000000 08 01c8'), zeros(20))],
  [139, hex('81000044')],
  [646, hex('0001 001c 0a000001 0000 0100 0012 00000001 0400 0004 000f 0000')],
  [639, hex('01 0014 01 0a000001 00000000')],
  [6653, hex('04 00 0008 00000001')],
  [6379, text('*1\r\n$4\r\nPING\r\n')],
  [2049, hex('80000028 00000007 00000000 00000002 000186a3 00000003 00000001 00000000 00000000 00000000 00000000')],
  [53, hex('000c 1234 0100 0001 0000 0000 0000')],
  [323, hex('01 02 0000 00000008')],
  [443, hex('160301')],
  [80, text('GET / HTTP/1.1\r\nX: 1, length 9\r\n\r\n')],
  [5060, text('INVITE sip:a@b SIP/2.0\r\n\r\n')],
];

function tcpOptions(): Uint8Array[] {
  const other = (number: number, digits: string): TcpOption => ({ kind: 'other', number, data: hex(digits) });
  const nop: TcpOption = { kind: 'noOperation' };
  const lists: readonly (readonly TcpOption[])[] = [
    [other(30, '0081 0001020304050607')],
    [other(30, '2005 00000001 00000002 0003'), nop, nop],
    [other(19, '000102030405060708090a0b0c0d0e0f'), nop, nop],
    [other(29, '0001 000102030405060708090a0b'), nop, nop],
    [other(34, ''), nop, nop],
    [other(254, 'f989 00'), nop, nop, nop],
    [other(8, '00')],
    [
      nop,
      nop,
      { kind: 'selectiveAck', blocks: [1, 2, 3, 4].map(block => ({ left: block * 1000, right: block * 1000 + 500 })) },
    ],
  ];
  return lists.map((options, index) =>
    tcp(CLIENT, SERVER, { sourcePort: 53100 + index, acknowledgment: 9, options, payload: text('x') }),
  );
}

/** What stands in IPv4 beside TCP, UDP and ICMP, by protocol number. */
const packets: readonly (readonly [protocol: number, payload: Uint8Array])[] = [
  [2, hex('1164 ee9b 00000000')],
  [2, hex('1600 08fd e10000fb')],
  [2, hex('2200 0000 0000 0001 04000000 e10000fb')],
  [2, hex('1700 0000 e10000fb')],
  [4, inner],
  [41, ip6(58, hex('8000 0000 0001 0001')).subarray(14)],
  [47, concatBytes(hex('0000 0800'), inner)],
  [47, concatBytes(hex('2000 6558 00000064'), innerFrame)],
  [47, concatBytes(hex('3001 880b 0004 0001 00000001'), hex('ff03 c021'))],
  [50, concatBytes(hex('12345678 00000001'), zeros(40))],
  [51, concatBytes(hex('1104 0000 00000001 00000001'), zeros(12), hex('1388 1770 000a 0000 4142'))],
  [46, concatBytes(hex('1001 0000 ff00 0008'))],
  [88, concatBytes(hex('0205 0000 00000000 00000000 00000000 00000001'))],
  [89, hex('0201 002c 0a000001 00000000 0000 0000 0000000000000000 ffffff00 000a 02 01 00000028 0a000001 00000000')],
  [103, hex('2000 0000 0001 0002 0069')],
  [108, hex('0400 0001 0000')],
  [112, hex('2101 6401 0001 0000 0a000001 0000000000000000')],
  [112, hex('3101 6401 0064 0000 0a000001')],
  [113, hex('1388 1770 00 00 0000 000102030405 0000')],
  [132, hex('1388 1770 00000000 00000000 01 00 0014 00000001 0000ffff 000a 000a 00000001')],
  [132, concatBytes(hex('1388 1770 00000001 00000000 00 03 0014 00000001 0000 0001 00000000'), text('data'))],
  [33, hex('1388 1770 04 00 0000 00000000 00000001 00000000')],
  [136, hex('1388 1770 0008 0000')],
  [115, hex('00000001 0001')],
  [0, hex('00')],
  [255, text('raw')],
  [80, hex('0102')],
];

const frames: readonly (readonly [etherType: number, payload: Uint8Array])[] = [
  [0x0806, hex('0001 0800 06 04 0003 0a1122334455 00000000 0a1122334455 00000000')],
  [0x8035, hex('0001 0800 06 04 0003 0a1122334455 00000000 0a1122334455 00000000')],
  [0x8035, hex('0001 0800 06 04 0004 0a1122334455 0a000001 0a1122334455 0a000002')],
  [0x0806, hex('0001 0800 06 04 0008 0a1122334455 0a000001 0a66778899aa 0a000002')],
  [0x0806, hex('0001 0800 06 04 0001 0a1122334455 0a000001 000000000000 0a000001')],
  [0x0806, hex('0006 0800 06 04 0001 0a1122334455 0a000001 000000000000 0a000002')],
  [0x0806, hex('0001 86dd 06 10 0001')],
  [0x8847, concatBytes(hex('00064140'), inner)],
  [0x8864, concatBytes(hex('11 00 0001'), hex('0024 0021'), inner)],
  [0x8863, hex('11 09 0000 0004 0101 0000')],
  [0x88cc, hex('0207 04 0a1122334455 0403 05 656e 0602 0078 0a04 686f7374 0000')],
  [0x888e, hex('02 01 0000')],
  [0x8809, concatBytes(hex('01 01 0114'), zeros(106))],
  [0x9000, hex('0000 0100 0000')],
  [0x88e5, concatBytes(hex('0c00 00000001'), zeros(24))],
  [0x88a2, hex('10 00 0001 01 00 00000001 0000 0000 0000 0000')],
  [0x8902, hex('40 01 00 46 00000001 0001')],
  [0x88f7, concatBytes(hex('0002 002c'), zeros(40))],
  [0x8808, hex('0001 ffff')],
  [0x0842, concatBytes(hex('ffffffffffff'), zeros(96))],
  [0xffff, text('nobody knows, length 5: IP 10.0.0.1 > 10.0.0.2')],
  [0x0800, hex('45')],
  [0x86dd, hex('60')],
];

/** IEEE 802.3 frames: their type is a length. */
function logicalLinks(): Uint8Array[] {
  const payloads = [
    hex('424203 0000 00 00 00 8000 0a1122334455 00000000 8000 0a1122334455 8001 0000 1400 0200 0f00'),
    concatBytes(hex('aaaa03 00000c 2000 02b4 0000 0001 0008 686f7374')),
    hex('aaaa03 000000 0800'),
    hex('fefe03 83 1b 01 00 0f 01 00 00'),
    hex('e0e003 ffff 0022 00 11 00000000 ffffffffffff 0452 00000000 0a1122334455 4003 0001'),
    hex('f0f07f'),
    hex('000103'),
  ];
  return payloads.map(payload =>
    encodeEthernet({ destination: '01:80:c2:00:00:00', source: clientMac, etherType: payload.length }, payload),
  );
}

function ipv6Payloads(): Uint8Array[] {
  const port = hex('1388 1770 000a 0000 4142');
  return [
    ip6(43, concatBytes(hex('11 02 00 01 00000000'), hex('26001f1841c255010000000000000009'), port)),
    ip6(43, concatBytes(hex('11 02 04 01 00 00 0000'), hex('26001f1841c255010000000000000009'), port)),
    ip6(60, concatBytes(hex('11 00 01 04 00000000'), port)),
    ip6(135, hex('3b 01 05 00 0000 0000 0000 0000 00000000')),
    ip6(51, concatBytes(hex('11 04 0000 00000001 00000001'), zeros(12), port)),
    ip6(50, concatBytes(hex('12345678 00000001'), zeros(40))),
    ip6(59, text('nothing')),
    ip6(4, inner),
    ip6(41, ip6(17, port).subarray(14)),
    ip6(47, concatBytes(hex('0000 0800'), inner)),
    ip6(89, hex('0301 0024 0a000001 00000000 0000 00 00 00000001 01000013 000a 0028 0a000001 00000000')),
    ip6(103, hex('2000 0000 0001 0002 0069')),
    ip6(112, hex('3101 6401 0064 0000 fe800000000000000000000000000001')),
    ip6(132, hex('1388 1770 00000000 00000000 01 00 0014 00000001 0000ffff 000a 000a 00000001')),
    ip6(0, concatBytes(hex('3a 00 0502 0000 0100'), hex('8300 0000 0000 0000 ff020000000000000000000000000002'))),
    ip6(200, text('what')),
  ];
}

/** All of them, in one deterministic order. */
export function protocolFrames(): Uint8Array[] {
  return [
    ...datagrams.flatMap(([port, payload], index) => [
      udp(CLIENT, SERVER, 40_000 + index, port, payload),
      ...(index % 4 === 0 ? [udp(RESOLVER, CLIENT, port, 40_000 + index, payload)] : []),
    ]),
    ...addresses(),
    ...quic(),
    ...segments.map(([port, payload], index) =>
      tcp(CLIENT, SERVER, { sourcePort: 52_100 + index, destinationPort: port, flags: 0x18, payload }),
    ),
    ...tcpOptions(),
    ...packets.map(([protocol, payload]) => ip(CLIENT, SERVER, protocol, payload)),
    ...frames.map(([etherType, payload]) => ethernet(payload, etherType)),
    ...logicalLinks(),
    ...ipv6Payloads(),
    encodeEthernet({ destination: 'ff:ff:ff:ff:ff:ff', source: serverMac, etherType: 0x0800 }, inner),
  ];
}
