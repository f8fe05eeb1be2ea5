/** Frames whose details show only where tcpdump is asked for more of them, or stand behind VLAN tags. */
import { concatBytes, writeUint16 } from '../../src/packet/headers/bytes';
import { finishChecksum, sumWords } from '../../src/packet/headers/checksum';
import { encodeEthernet, type VlanTag } from '../../src/packet/headers/ethernet';
import { encodeIcmp } from '../../src/packet/headers/icmp';
import { arp, CLIENT, clientMac, ethernet, ip, SERVER, serverMac, tcp, text, udp } from './frames';

/** The frame with another octet at `at`. */
function altered(frame: Uint8Array, at: number, ...octets: number[]): Uint8Array {
  const copy = frame.slice();
  copy.set(octets, at);
  return copy;
}

/** An IPv4 packet with options; their length is a multiple of four. */
function ipWithOptions(options: Uint8Array, payload: Uint8Array, protocol = 17): Uint8Array {
  const plain = ip(CLIENT, SERVER, protocol, payload).subarray(14);
  const header = concatBytes(plain.subarray(0, 20), options);
  header[0] = 0x40 | (header.length / 4);
  writeUint16(header, 2, header.length + payload.length);
  writeUint16(header, 10, 0);
  writeUint16(header, 10, finishChecksum(sumWords(header)));
  return ethernet(concatBytes(header, payload));
}

function headers(): Uint8Array[] {
  const datagram = udp(CLIENT, SERVER, 5000, 6000, text('options')).subarray(34);
  const optionLists = [
    [1, 1, 1, 0],
    [7, 7, 4, 1, 2, 3, 4, 0],
    [131, 11, 8, 10, 0, 0, 1, 10, 0, 0, 2, 1],
    [137, 3, 4, 1],
    [148, 4, 0, 0],
    [148, 4, 0, 5],
    [68, 12, 9, 0, 0, 0, 0, 1, 0, 0, 0, 2],
    [68, 12, 5, 0x21, 10, 0, 0, 1, 0, 0, 0, 2],
    [130, 4, 1, 2],
    [99, 4, 1, 2],
    [7, 1, 0, 0],
    [7, 9, 0, 0],
  ];
  const whole = udp(CLIENT, SERVER, 5000, 6000, text('whole'));
  return [
    ...optionLists.map(options => ipWithOptions(Uint8Array.from(options), datagram)),
    ...[0x10, 0x01, 0x02, 0x03, 0xb8].map(typeOfService => ip(CLIENT, SERVER, 17, datagram, { typeOfService })),
    ip(CLIENT, SERVER, 17, datagram, { timeToLive: 0 }),
    ip(CLIENT, SERVER, 17, datagram, { timeToLive: 1, dontFragment: false }),
    altered(whole, 24, 0xde, 0xad),
    altered(whole, 20, 0x80),
    ip(CLIENT, SERVER, 4, whole.subarray(14)),
  ];
}

function checksums(): Uint8Array[] {
  const segment = tcp(CLIENT, SERVER, { flags: 0x18, payload: text('sum') });
  const datagram = udp(CLIENT, SERVER, 5000, 6000, text('sum'));
  const echo = ip(CLIENT, SERVER, 1, encodeIcmp({ type: 8, code: 0, rest: 1, payload: new Uint8Array(9) }));
  return [
    altered(segment, 50, 0x12, 0x34),
    altered(datagram, 40, 0x12, 0x34),
    altered(datagram, 40, 0, 0),
    altered(echo, 36, 0x12, 0x34),
    altered(datagram, 38, 0, 30),
  ];
}

function resets(): Uint8Array[] {
  return ['', 'gone', 'a reason that is longer than tcpdump cares to show\u0007'].map((reason, index) =>
    tcp(SERVER, CLIENT, { sourcePort: 443, destinationPort: 47000 + index, flags: 0x14, payload: text(reason) }),
  );
}

function textProtocols(): Uint8Array[] {
  const lines = [
    'GET /latest/meta-data/ HTTP/1.1\r\nHost: 169.254.169.254\r\nUser-Agent: curl/8.5.0\r\n\r\n',
    'HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nami-id\nhostname\nlast line has no end',
    'HTTP/1.1 204 No Content\n\tfolded\n\u0001\u0002 binary\n',
    'POST /?Action=DescribeVpcs HTTP/1.1\r\nBroken: \rcarriage\r\nNext: 1\r\n',
    'DELETE /things\r',
    'nonsense on the HTTP port\r\n',
    '\u0000\u0001',
  ];
  return [
    ...lines.flatMap((payload, index) =>
      [80, 8080].map(port =>
        tcp(CLIENT, SERVER, { sourcePort: 48000 + index, destinationPort: port, flags: 0x18, payload: text(payload) }),
      ),
    ),
    ...['220 mail ready\r\nEHLO x\r\n', 'no end'].flatMap((payload, index) =>
      [21, 25, 43].map(port =>
        tcp(SERVER, CLIENT, { sourcePort: port, destinationPort: 49000 + index, flags: 0x18, payload: text(payload) }),
      ),
    ),
    tcp(SERVER, CLIENT, {
      sourcePort: 22,
      destinationPort: 49010,
      flags: 0x18,
      payload: text('SSH-2.0-x\r\nmore\r\n'),
    }),
  ];
}

function icmpQuotes(): Uint8Array[] {
  const icmp = (type: number, code: number, payload: Uint8Array) =>
    ip(SERVER, CLIENT, 1, encodeIcmp({ type, code, rest: 0, payload }));
  const long = udp(CLIENT, SERVER, 40000, 9, new Uint8Array(400).fill(7)).subarray(14);
  return [
    icmp(3, 1, tcp(CLIENT, SERVER, { flags: 2 }).subarray(14)),
    icmp(3, 3, long),
    icmp(3, 3, long.subarray(0, 28)),
    icmp(11, 0, long.subarray(0, 128)),
    icmp(3, 0, ip(CLIENT, SERVER, 1, encodeIcmp({ type: 8, code: 0, rest: 5, payload: text('ping') })).subarray(14)),
    icmp(9, 0, new Uint8Array(8)),
    icmp(13, 0, new Uint8Array(12)),
    icmp(14, 0, new Uint8Array(12).fill(3)),
    icmp(18, 0, Uint8Array.of(255, 255, 255, 0)),
  ];
}

function tagged(etherType: number, payload: Uint8Array, ...vlanTags: VlanTag[]): Uint8Array {
  return encodeEthernet({ destination: serverMac, source: clientMac, etherType, vlanTags }, payload);
}

function vlans(): Uint8Array[] {
  const plain = { priority: 0, dropEligible: false };
  const syn = tcp(CLIENT, SERVER, { flags: 2, sourcePort: 46000 }).subarray(14);
  return [
    tagged(0x0800, syn, { id: 5, ...plain }),
    tagged(0x0800, syn, { id: 4095, priority: 7, dropEligible: true }),
    tagged(0x0800, syn, { id: 100, ...plain, tagType: 0x88a8 }, { id: 7, ...plain }),
    tagged(0x0806, arp({}).subarray(14), { id: 6, ...plain }),
    tagged(0x88b5, text('experimental'), { id: 8, ...plain }),
    tagged(0x0800, new Uint8Array(0), { id: 9, ...plain }),
  ];
}

/** All of them, in one deterministic order. */
export function verboseFrames(): Uint8Array[] {
  return [...headers(), ...checksums(), ...resets(), ...textProtocols(), ...icmpQuotes(), ...vlans()];
}
