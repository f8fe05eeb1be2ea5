import assert from 'node:assert/strict';
import type { PacketJson } from '../../../../src/packet/reader/packetJson';
import { readText } from '../../../support/readPackets';

/** The only packet of a line. */
function packet(line: string): PacketJson {
  const { packets, texts, statuses } = readText(`${line}\n`);
  assert.deepEqual([packets.length, texts.length, statuses.length], [1, 0, 0], line);
  return packets[0]!;
}

const client = { source: '172.31.37.141', sourcePort: 38482 };
const server = { destination: '172.31.36.107', destinationPort: 443 };

describe('reading a packet line', () => {
  it('reads TCP with its flags, numbers and options', () => {
    const line =
      '12:21:53.118527 IP 172.31.37.141.38482 > 172.31.36.107.443: Flags [P.], seq 1:518, ack 1, win 491, options [nop,nop,TS val 1 ecr 2], length 517';
    assert.deepEqual(packet(line), {
      line: 1,
      time: '12:21:53.118527',
      protocol: 'TCP',
      ...client,
      ...server,
      length: 517,
      info: 'Flags [P.], seq 1:518, ack 1, win 491, options [nop,nop,TS val 1 ecr 2], length 517',
    });
  });

  it("takes TCP's own length, not a number in a payload that is printed behind it", () => {
    const start = '12:00:00.000001 IP 10.0.0.1.5000 > 10.0.0.2.80: Flags [P.], seq ';
    assert.equal(packet(`${start}100:127, ack 200, win 500, length 27: HTTP: GET /?a, length 99`).length, 27);
    assert.equal(
      packet(`${start}4294967290:4, ack 1, win 5, options [mss 5], length 10: HTTP: GET /, length 7`).length,
      10,
    );
  });

  it('leaves the length open when the header was cut', () => {
    const start = '12:00:00.000001 IP 10.0.0.1.5000 > 10.0.0.2.80: ';
    assert.equal(packet(`${start}Flags [S], seq 1, win 5, options [mss 8961,sackOK,TS [|tcp]>`).length, null);
    assert.deepEqual([packet(`${start} [|tcp]`).protocol, packet(`${start} [|tcp]`).length], ['TCP', null]);
  });

  it('reads each form of time', () => {
    const rest = ' IP 10.0.0.1.1 > 10.0.0.2.2: UDP, length 3';
    for (const time of [
      '2024-02-17 04:07:58.000001',
      '1708142878.000001',
      '00:00:00.000107',
      '12:21:53.073990123',
      '-00:00:00.000001',
    ]) {
      assert.equal(packet(time + rest).time, time);
    }
    assert.equal(packet(` 00:00:00.000107${rest}`).time, '00:00:00.000107');
    assert.equal(packet(rest.trim()).time, null);
  });

  it('reads names: EC2 hosts, localhost and services', () => {
    const names = packet(
      '12:00:00.000001 IP ip-172-31-37-141.ap-south-1.compute.internal.38482 > ip-172-31-36-107.ap-south-1.compute.internal.https: Flags [S], seq 5, win 1, length 0',
    );
    assert.deepEqual({ ...names, ...client, ...server }, names);
    const old = packet(
      '12:00:00.000001 IP ip-10-0-0-5.ec2.internal.ssh > localhost.http-alt: Flags [.], ack 1, win 1, length 0',
    );
    assert.deepEqual(
      [old.source, old.sourcePort, old.destination, old.destinationPort],
      ['10.0.0.5', 22, '127.0.0.1', 8080],
    );
    const ping = packet(
      '12:00:00.000001 IP ip-10-0-0-5.ec2.internal > dns.google: ICMP echo request, id 1, seq 2, length 64',
    );
    assert.deepEqual(
      [ping.source, ping.sourcePort, ping.destination, ping.length],
      ['10.0.0.5', null, 'dns.google', 64],
    );
  });

  it('keeps names that it does not know as they are printed', () => {
    const other = packet('12:00:00.000001 IP web.example.com.mystery > 10.0.0.2.2: Flags [.], ack 1, win 1, length 0');
    assert.deepEqual([other.source, other.sourcePort], ['web.example.com', 'mystery']);
    const forged = packet(
      '12:00:00.000001 IP ip-999-1-1-1.ec2.internal.443 > 10.0.0.2.2: Flags [.], ack 1, win 1, length 0',
    );
    assert.equal(forged.source, 'ip-999-1-1-1.ec2.internal');
  });

  it('reads DNS with the number in parentheses', () => {
    const lines = [
      ['11672+ [1au] A? ec2.ap-south-1.amazonaws.com. (69)', 69],
      ['11672 1/0/1 A 172.31.36.107 (73)', 73],
      ['11672 NXDomain* 0/1/0 (120)', 120],
      ['5$ 2/0/0 CNAME a.example., A 1.2.3.4 (80)', 80],
      ['1+ A? ec2. [|domain]', null],
    ] as const;
    for (const [info, length] of lines) {
      const read = packet(`12:00:00.000001 IP 172.31.37.141.53273 > 172.31.0.2.53: ${info}`);
      assert.deepEqual([read.protocol, read.length, read.destinationPort, read.info], ['DNS', length, 53, info]);
    }
  });

  it('reads UDP, ICMP, ICMP6 and ARP', () => {
    const udp = packet('12:00:00.000001 IP 10.0.0.1.5000 > 10.0.0.2.6000: UDP, bad length 12 > 3');
    assert.deepEqual([udp.protocol, udp.length], ['UDP', 12]);
    const icmp = packet('12:00:00.000001 IP 10.0.0.2 > 10.0.0.1: ICMP 10.0.0.2 udp port 53 unreachable, length 36');
    assert.deepEqual([icmp.protocol, icmp.length, icmp.sourcePort], ['ICMP', 36, null]);
    const icmp6 = packet(
      '12:00:00.000001 IP6 fe80::1 > ff02::1:ff00:2: ICMP6, neighbor solicitation, who has fe80::2, length 32',
    );
    assert.deepEqual(
      [icmp6.protocol, icmp6.source, icmp6.destination, icmp6.length],
      ['ICMP6', 'fe80::1', 'ff02::1:ff00:2', 32],
    );
    const asked = packet('12:00:00.000001 ARP, Request who-has 172.31.32.1 tell 172.31.37.141, length 28');
    assert.deepEqual(
      [asked.protocol, asked.source, asked.destination, asked.length],
      ['ARP', '172.31.37.141', '172.31.32.1', 28],
    );
    const told = packet('12:00:00.000001 ARP, Reply 172.31.32.1 is-at 0a:00:00:00:00:01 (oui Unknown), length 28');
    assert.deepEqual(
      [told.source, told.destination, told.info],
      ['172.31.32.1', null, 'Reply 172.31.32.1 is-at 0a:00:00:00:00:01 (oui Unknown), length 28'],
    );
  });

  it('reads behind the details of -v', () => {
    const tcp = packet(
      '12:00:00.000001 IP6 (class 0x2e, flowlabel 0x8f0e1, hlim 64, next-header TCP (6) payload length: 23) ::1.443 > ::2.40000: Flags [P.], cksum 0x8b83 (incorrect -> 0x0001), seq 1:4, ack 518, win 491, length 3',
    );
    assert.deepEqual([tcp.source, tcp.sourcePort, tcp.destinationPort, tcp.length], ['::1', 443, 40000, 3]);
    const dns = packet(
      '12:00:00.000001 IP6 (hlim 64, next-header UDP (17) payload length: 54) ::1.5 > ::2.53: [bad udp cksum 0x66e5 -> 0x33e5!] 11672+ A? ec2. (46)',
    );
    assert.deepEqual([dns.protocol, dns.length], ['DNS', 46]);
    const report = packet(
      '12:00:00.000001 IP6 (hlim 1, next-header Options (0) payload length: 36) fe80::1 > ff02::16: HBH (rtalert: 0x0000) (padn) [icmp6 sum ok] ICMP6, multicast listener report v2, 1 group record(s)',
    );
    assert.deepEqual([report.protocol, report.destination], ['ICMP6', 'ff02::16']);
    const arp = packet(
      '12:00:00.000001 ARP, Ethernet (len 6), IPv4 (len 4), Request who-has 10.0.0.2 tell 10.0.0.1, length 28',
    );
    assert.deepEqual([arp.source, arp.destination, arp.length], ['10.0.0.1', '10.0.0.2', 28]);
  });

  it('finds the ports of an IPv6 packet behind its extension headers', () => {
    const fragment = packet('12:00:00.000001 IP6 ::1 > ::2: frag (0|32) 5000 > domain: UDP, length 24');
    assert.deepEqual([fragment.protocol, fragment.sourcePort, fragment.destinationPort], ['UDP', 5000, 53]);
    const later = packet('12:00:00.000001 IP6 ::1 > ::2: frag (1440|24)');
    assert.deepEqual([later.source, later.sourcePort], ['::1', null]);
  });

  it('finds where an IPv6 address ends', () => {
    const tcp = packet('12:00:00.000001 IP6 ::1.40000 > ::1.443: Flags [S], seq 1, win 1, length 0');
    assert.deepEqual([tcp.source, tcp.sourcePort, tcp.destination, tcp.destinationPort], ['::1', 40000, '::1', 443]);
    const prefix = packet('12:00:00.000001 IP6 fe80:: > fe80::: ICMP6, echo request, id 1, seq 1, length 64');
    assert.deepEqual([prefix.source, prefix.destination], ['fe80::', 'fe80::']);
  });

  it('reads quiet lines', () => {
    assert.deepEqual(
      [
        packet('12:00:00.000001 IP 10.0.0.1.1 > 10.0.0.2.2: tcp 517').protocol,
        packet('12:00:00.000001 IP 10.0.0.1.1 > 10.0.0.2.2: tcp 517').length,
      ],
      ['TCP', 517],
    );
    assert.equal(packet('12:00:00.000001 IP 10.0.0.1.1 > 10.0.0.2.53: UDP, length 28').protocol, 'UDP');
  });

  it('reads behind the prefix of -i any and the link header of -e', () => {
    const rest = '172.31.37.141.38482 > 172.31.36.107.443: Flags [S], seq 5, win 1, length 0';
    const prefixes = [
      'enX0  Out IP ',
      'lo    In  IP ',
      'docker0 M   IP ',
      'Out IP ',
      '0a:11:22:33:44:55 > 0a:66:77:88:99:aa, ethertype IPv4 (0x0800), length 74: ',
      '0a:11:22:33:44:55 (oui Unknown) > Broadcast, ethertype IPv4 (0x0800), length 74: ',
      '0a:11:22:33:44:55 > 0a:66:77:88:99:aa, IPv4, length 74: ',
      '0a:11:22:33:44:55 > 0a:66:77:88:99:aa, ethertype 802.1Q (0x8100), length 78: vlan 5, p 0, ethertype IPv4 (0x0800), ',
      'lo    In  ifindex 1 00:00:00:00:00:00 ethertype IPv4 (0x0800), length 80: ',
      'enX0  Out ifindex 2 0a:11:22:33:44:55 (oui Unknown) ',
      ' In 00:00:00:00:00:00 ethertype IPv4 (0x0800), length 76: ',
    ];
    for (const prefix of prefixes) {
      const read = packet(`12:00:00.000001 ${prefix}${rest}`);
      assert.deepEqual({ ...read, ...client, ...server, protocol: 'TCP', length: 0 }, read, prefix);
      assert.equal(read.info, 'Flags [S], seq 5, win 1, length 0', prefix);
    }
    const arp = packet(
      '12:00:00.000001 0a:11:22:33:44:55 > ff:ff:ff:ff:ff:ff, ethertype ARP (0x0806), length 42: Request who-has 10.0.0.2 tell 10.0.0.1, length 28',
    );
    assert.deepEqual([arp.protocol, arp.source, arp.length], ['ARP', '10.0.0.1', 28]);
  });

  it('reads links without hardware addresses, and -i any as it was before Linux cooked v2', () => {
    const rest = '10.0.0.1.40000 > 10.0.0.2.443: Flags [.], ack 1, win 5, length 0';
    for (const prefix of [
      'ip: ',
      'AF IPv4 (2), length 72: ',
      'ifindex 3 ethertype IPv4 (0x0800), length 60: ',
      ' In ethertype IPv4 (0x0800), length 60: ',
      'Out 0a:11:22:33:44:55 ethertype IPv4 (0x0800), length 60: ',
      ' In ',
      'Out 0a:11:22:33:44:55 ',
    ]) {
      const { source, sourcePort, destination, destinationPort, protocol } = packet(`12:00:00.000001 ${prefix}${rest}`);
      assert.deepEqual(
        [source, sourcePort, destination, destinationPort, protocol],
        ['10.0.0.1', 40000, '10.0.0.2', 443, 'TCP'],
        prefix,
      );
    }
    const detailed = packet(
      '12:00:00.000001 ip: (hlim 64, next-header UDP (17) payload length: 9) ::1.5 > ::2.6: UDP, length 1',
    );
    assert.deepEqual([detailed.source, detailed.sourcePort], ['::1', 5]);
    const told = packet('12:00:00.000001 Out 0a:11:22:33:44:55 Reply 10.0.0.1 is-at 0a:11:22:33:44:55, length 28');
    assert.deepEqual([told.protocol, told.source], ['ARP', '10.0.0.1']);
  });

  it('takes no length for its own that belongs to a packet inside, or is anybody’s text', () => {
    const start = '12:00:00.000001 IP 10.0.0.1 > 10.0.0.2: ';
    const inside = 'IP 10.1.0.5.5000 > 10.1.0.6.6000: UDP, length 6';
    const lines = [
      [`${start}${inside}`, null],
      [`${start}GREv0, length 38: ${inside}`, 38],
      [`${start}MPLS (label 100, tc 0, [S], ttl 64) ${inside}`, null],
      ['12:00:00.000001 IP 10.0.0.1.5060 > 10.0.0.2.5060: SIP: OPTIONS sip:a, length 7 SIP/2.0', null],
      ['12:00:00.000001 IP 10.0.0.1.514 > 10.0.0.2.514: SYSLOG auth.critical, length: 34', 34],
      ['12:00:00.000001 IP 10.0.0.1.5 > 10.0.0.2.53: domain [length 3 < 12] (invalid)', 3],
    ] as const;
    for (const [line, length] of lines) assert.equal(packet(line).length, length, line);
  });

  it("takes the width of TCP's numbers for the length where options end the line", () => {
    const start = '12:00:00.000001 IP 10.0.0.1.5 > 10.0.0.2.80: Flags [.], ';
    assert.equal(packet(`${start}seq 1000:1005, ack 9, win 491, options [mptcp 12 capable[bad opt]`).length, 5);
    assert.equal(packet(`${start}seq 1000:10`).length, null);
  });

  it('finds the ports behind an authentication header and a route', () => {
    const start = '12:00:00.000001 IP6 ::1 > ::2: ';
    for (const between of [
      'AH(spi=0x00000001,seq=0x1,icv=0x000000000000000000000000): ',
      'RT6 (len=2, type=0 [Deprecated], segleft=1, [0]::9) ',
      'HBH (padn) DSTOPT AH(spi=0x00000001,seq=0x1,icv=0x00): ',
    ]) {
      const { protocol, sourcePort, destinationPort, length } = packet(`${start}${between}5000 > 6000: UDP, length 2`);
      assert.deepEqual([protocol, sourcePort, destinationPort, length], ['UDP', 5000, 6000, 2], between);
    }
  });

  it('reads QUIC as newer tcpdumps print it', () => {
    const start = '12:00:00.000001 IP 10.0.0.1.50443 > 10.0.0.2.443: quic, ';
    for (const rest of ['initial, v1, dcid 0001020304050607, scid 0a0b0c0d, length 1200', 'protected']) {
      const { protocol, destinationPort } = packet(start + rest);
      assert.deepEqual([protocol, destinationPort], ['quic', 443]);
    }
  });

  it('keeps the word of protocols that it does not know', () => {
    const ntp = packet('12:00:00.000001 IP 10.0.0.1.123 > 169.254.169.123.123: NTPv4, Client, length 48');
    assert.deepEqual(
      [ntp.protocol, ntp.length, ntp.destinationPort, ntp.info],
      ['NTPv4', 48, 123, 'NTPv4, Client, length 48'],
    );
    const lldp = packet('12:00:00.000001 LLDP, length 60: sw1');
    assert.deepEqual([lldp.protocol, lldp.source, lldp.length, lldp.info], ['LLDP', null, 60, 'length 60: sw1']);
    const odd = packet('12:00:00.000001 IP bad-len 0');
    assert.deepEqual([odd.protocol, odd.source, odd.info], ['IP', null, 'bad-len 0']);
  });

  it('names what has no word of its own after the layer it was printed as', () => {
    const start = '12:00:00.000001 IP 10.0.0.1.5000 > 10.0.0.2';
    for (const [line, protocol] of [
      [`${start}.514:  (invalid)`, 'IP'],
      [`${start}.161:  [len25<asnlen1609312225]`, 'IP'],
      ['12:00:00.000001 IP6 ::1.5000 > ::1.514:  (invalid)', 'IP6'],
      [
        '12:00:00.000001 02:00:00:00:00:01 > 02:00:00:00:00:02, ethertype IPv4 (0x0800), length 60: 10.0.0.1.5000 > 10.0.0.2.514:  (invalid)',
        'IPv4',
      ],
    ] as const) {
      assert.equal(packet(line).protocol, protocol, line);
      assert.equal(packet(line).sourcePort, 5000, line);
    }
    assert.equal(packet(`${start}.161:  C/U/Null[!init SEQ]_21`).protocol, 'C/U/Null');
  });

  it('shows no part of addresses that were cut', () => {
    const cut = packet('12:00:00.000001 IP 10.0.0.1.1234 > 10.0.0.2.44');
    assert.deepEqual([cut.protocol, cut.source, cut.sourcePort, cut.destination], ['IP', null, null, null]);
    assert.equal(cut.info, '10.0.0.1.1234 > 10.0.0.2.44');
  });

  it('reads behind the number that --number prints', () => {
    const numbered = packet('  123  12:00:00.000001 IP 10.0.0.1.1 > 10.0.0.2.2: UDP, length 3');
    assert.deepEqual([numbered.time, numbered.protocol, numbered.length], ['12:00:00.000001', 'UDP', 3]);
    assert.equal(packet('    1   00:00:00.000107 IP 10.0.0.1.1 > 10.0.0.2.2: UDP, length 3').time, '00:00:00.000107');
    assert.equal(packet('12345  IP 10.0.0.1.1 > 10.0.0.2.2: UDP, length 3').source, '10.0.0.1');
  });

  it('reads behind a VLAN tag, quiet or not', () => {
    const start = '12:00:00.000001 02:00:00:00:00:01 > ff:ff:ff:ff:ff:ff, ';
    for (const head of [
      'ethertype 802.1Q (0x8100), length 46: vlan 5, p 0, ethertype ARP (0x0806), ',
      '802.1Q, length 46: vlan 5, p 0, ARP, ',
    ]) {
      const arp = packet(`${start}${head}Request who-has 10.0.0.2 tell 10.0.0.1, length 28`);
      assert.deepEqual([arp.protocol, arp.source, arp.destination], ['ARP', '10.0.0.1', '10.0.0.2'], head);
    }
    const quiet = packet(`${start}802.1Q, length 64: vlan 5, p 0, IPv4, 10.0.0.1.5 > 10.0.0.2.6: tcp 7`);
    assert.deepEqual([quiet.protocol, quiet.sourcePort, quiet.length], ['TCP', 5, 7]);
    assert.equal(packet(`${start}802.1Q, length 64: vlan 5, p 0, Unknown Ethertype (0x88b5), `).protocol, 'Unknown');
  });

  it('reads a packet that is longer than its frame', () => {
    const read = packet('12:00:00.000001 IP truncated-ip - 36 bytes missing! 10.0.0.1.1 > 10.0.0.2.2: UDP, length 60');
    assert.deepEqual([read.source, read.destinationPort, read.length], ['10.0.0.1', 2, 60]);
  });

  it('takes no line for a packet that has neither time nor addresses', () => {
    const lines = [
      '',
      ' ',
      'hello',
      'sh-5.2$ ',
      '\t0x0000:  4500 003c',
      '    10.0.0.1.1 > 10.0.0.2.2: Flags [S], seq 1, length 0',
      '12:00:00 IP x',
      'IP ',
      'IP a > b',
      '::1 > ::2: x',
    ];
    const { packets, texts } = readText(`${lines.join('\n')}\n`);
    assert.deepEqual(packets, []);
    assert.deepEqual(
      texts.map(({ text }) => text),
      lines,
    );
  });

  it('takes lines without a time for packets only where none has one', () => {
    const inner = 'IP 10.0.0.1.1 > 10.0.0.2.2: UDP, length 3';
    assert.equal(readText(`${inner}\n${inner}\n`).packets.length, 2);
    const { packets, texts } = readText(
      `12:00:00.000001 IP 10.0.0.9.1 > 10.0.0.8.4789: VXLAN, flags [I] (0x08), vni 5\n${inner}\n`,
    );
    assert.deepEqual([packets.length, texts.length], [1, 1]);
  });
});
