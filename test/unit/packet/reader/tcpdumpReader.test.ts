import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TcpdumpPrinter } from '../../../../src/packet/tcpdumpPrinter';
import { frameCorpus } from '../../../support/frameCorpus';
import { readChunks, readText, utf8 } from '../../../support/readPackets';

const banner =
  'tcpdump: verbose output suppressed, use -v[v]... for full protocol decode\nlistening on enX0, link-type EN10MB (Ethernet), snapshot length 262144 bytes\n';
const closing = '14 packets captured\n15 packets received by filter\n0 packets dropped by kernel\n';
const packetLine = '12:00:00.000001 IP 10.0.0.1.1 > 10.0.0.2.2: UDP, length 3';

function corpusText(verbosity = 0): string {
  const printer = new TcpdumpPrinter({ time: 'dateTime', verbosity });
  return frameCorpus()
    .map((bytes, index) => `${printer.print({ timeMicros: 1.7e15 + index, bytes })}\n`)
    .join('');
}

describe('reading a stream of tcpdump', () => {
  it('gives the same wherever the stream is cut in two', () => {
    const bytes = utf8(banner + corpusText().slice(0, 3000) + closing);
    const whole = readChunks([bytes]);
    for (let cut = 0; cut <= bytes.length; cut++) {
      assert.deepEqual(readChunks([bytes.subarray(0, cut), bytes.subarray(cut)]), whole);
    }
  });

  it('gives the same byte by byte, and with CR LF', () => {
    for (const verbosity of [0, 1]) {
      const text = banner + corpusText(verbosity) + closing;
      const whole = readText(text);
      assert.equal(whole.packets.length, frameCorpus().length);
      assert.deepEqual(readChunks(Array.from(utf8(text), byte => Uint8Array.of(byte))), whole);
      assert.deepEqual(readText(text.replaceAll('\n', '\r\n')), whole);
    }
  });

  it('reads the same addresses, ports and protocols with and without the details of -v', () => {
    const ends = (verbosity: number) =>
      readText(corpusText(verbosity)).packets.map(packet => [
        packet.protocol,
        packet.source,
        packet.sourcePort,
        packet.destination,
        packet.destinationPort,
      ]);
    assert.deepEqual(ends(1), ends(0));
    assert.deepEqual(ends(2), ends(0));
  });

  it('tells the two lines that -v prints of a packet as one', () => {
    const first = '12:00:00.000001 IP (tos 0x0, ttl 64, id 7, offset 0, flags [DF], proto UDP (17), length 31)';
    const { packets } = readText(`${first}\n    10.0.0.1.1 > 10.0.0.2.2: [udp sum ok] UDP, length 3\n${packetLine}\n`);
    assert.deepEqual(
      packets.map(({ line, source, destinationPort, length, info }) => [line, source, destinationPort, length, info]),
      [
        [1, '10.0.0.1', 2, 3, '[udp sum ok] UDP, length 3'],
        [3, '10.0.0.1', 2, 3, 'UDP, length 3'],
      ],
    );
    const alone = readText(`${first}\n${packetLine}\n${first}\n`).packets;
    assert.deepEqual(
      alone.map(({ line, source }) => [line, source]),
      [
        [1, null],
        [2, '10.0.0.1'],
        [3, null],
      ],
    );
  });

  it('takes a packet that an error quotes, and lines of HTTP, for no packets of their own', () => {
    const header = 'IP (tos 0x0, ttl 64, id 7, offset 0, flags [DF], proto ICMP (1), length 60)';
    const lines = [
      header,
      '    10.0.0.2 > 10.0.0.1: ICMP 10.0.0.2 udp port 9 unreachable, length 40',
      `\t${header}`,
      '    10.0.0.1.40000 > 10.0.0.2.9: UDP, length 4',
      '\tHTTP/1.1 200 OK',
    ];
    const { packets, texts } = readText(`${lines.join('\n')}\n`);
    assert.deepEqual([packets.length, texts.length, packets[0]!.protocol], [1, 3, 'ICMP']);
  });

  it('counts a last line without its end', () => {
    assert.equal(readText(packetLine).packets.length, 1);
  });

  it('reads the next line whole after one of any length', () => {
    for (const length of [65_534, 65_535, 65_536, 200_000]) {
      const { packets, texts } = readChunks([utf8('x'.repeat(length)), utf8(`\r\n${packetLine}\r\n`)]);
      assert.equal(packets.length, 1);
      assert.equal(packets[0]!.line, 2);
      assert.equal(texts[0]!.text.length, Math.min(length, 65_535));
    }
  });

  it('takes no long over lines made to be hard', () => {
    const mac = '0a:11:22:33:44:55 > ';
    const hard = [
      `12:00:00.000001 ${mac}${'x'.repeat(65_000)} , length 5: `,
      `12:00:00.000001 IP ${'ip-1-'.repeat(13_000)} > a: x`,
      `12:00:00.000001 IP 10.0.0.1.5 > 10.0.0.2.53: 1${' ['.repeat(30_000)} (5)`,
    ];
    const started = process.cpuUsage();
    readText(`${hard.join('\n')}\n`.repeat(5));
    assert.ok(process.cpuUsage(started).user < 2_000_000);
  });

  it('never throws or misses the line behind random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (noise, cut) => {
        const bytes = new Uint8Array([...noise, ...utf8(`\n${packetLine}\n`)]);
        const { packets } = readChunks([bytes.subarray(0, cut), bytes.subarray(cut)]);
        assert.equal(packets[packets.length - 1]?.info, 'UDP, length 3');
      }),
    );
  });

  it('never throws on lines that are damaged, and keeps the number of lines', () => {
    const lines = corpusText().split('\n');
    fc.assert(
      fc.property(
        fc.nat(lines.length - 1),
        fc.nat(200),
        fc.nat(200),
        fc.string({ maxLength: 12 }),
        (index, from, length, junk) => {
          const line = lines[index]!;
          const damaged = (line.slice(0, from) + junk + line.slice(from + length)).replaceAll(/[\r\n]/g, ' ');
          const { packets, texts, statuses } = readText(`${damaged}\n${packetLine}\n`);
          assert.equal(packets.length + texts.length + statuses.length, 2);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('tells what tcpdump says about itself', () => {
    const { statuses, texts, packets } = readText(banner + closing);
    assert.deepEqual([texts, packets], [[], []]);
    assert.deepEqual(statuses.slice(1), [
      { kind: 'listening', interfaceName: 'enX0', linkType: 'EN10MB', snapLengthBytes: 262144 },
      { kind: 'count', what: 'captured', packets: 14 },
      { kind: 'count', what: 'receivedByFilter', packets: 15 },
      { kind: 'count', what: 'droppedByKernel', packets: 0 },
    ]);
  });

  it('counts one packet, and counts behind an echoed Ctrl-C', () => {
    assert.deepEqual(readText('^C1 packet captured\n').statuses, [{ kind: 'count', what: 'captured', packets: 1 }]);
  });

  it('recognises why a capture cannot start', () => {
    const said: readonly (readonly [string, string])[] = [
      ['timeout: failed to run command ‘tcpdump’: No such file or directory', 'toolMissing'],
      ['sudo: tcpdump: command not found', 'toolMissing'],
      ['sh: 1: tcpdump: not found', 'toolMissing'],
      ['sudo: a password is required', 'passwordRequired'],
      ["tcpdump: enX0: You don't have permission to perform this capture on that device", 'notPermitted'],
      ['(socket: Operation not permitted)', 'notPermitted'],
      ['tcpdump: eth9: No such device exists', 'noSuchDevice'],
      ['(No such device exists)', 'noSuchDevice'],
      ["tcpdump: can't parse filter expression: syntax error", 'filterInvalid'],
      ["tcpdump: unknown host 'nowhere.invalid'", 'filterInvalid'],
      ['tcpdump: expression rejects all packets', 'filterInvalid'],
      ['tcpdump: illegal port number 99999 > 65535', 'filterInvalid'],
      ['tcpdump: VLAN tag 5000 greater than maximum 4095', 'filterInvalid'],
      ['tcpdump: link-layer modifier applied to net', 'filterInvalid'],
      ['tcpdump: no VLAN support for Linux cooked v2', 'filterInvalid'],
      ["tcpdump: 'gateway' requires a name", 'filterInvalid'],
      ['tcpdump: something never heard of', 'other'],
    ];
    for (const [text, failure] of said) assert.deepEqual(readText(text).statuses, [{ kind: 'failure', failure, text }]);
  });

  it('takes the banners of other versions for what they are', () => {
    const lines = [
      'dropped privs to tcpdump',
      'tcpdump: data link type LINUX_SLL2',
      'tcpdump: verbose output suppressed, use -v or -vv for full protocol decode',
      'reading from file x.pcap, link-type EN10MB (Ethernet), snapshot length 262144',
      '^C',
    ];
    assert.deepEqual(
      readText(lines.join('\n')).statuses.map(({ kind }) => kind),
      lines.map(() => 'remark'),
    );
    const old = readText('listening on eth0, link-type EN10MB (Ethernet), capture size 262144 bytes').statuses[0];
    assert.equal(old?.kind, 'listening');
  });
});
