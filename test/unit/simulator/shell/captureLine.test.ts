import assert from 'node:assert/strict';
import { encodeDns } from '../../../../src/packet/headers/dns';
import { GuestBench } from '../../../support/guestConsole';
import { readQuestion, tcpFrame } from '../../../support/guestFrames';
import { runFor } from '../../../support/runTimeline';

/** The capture's command line, of parts that each have to work by themselves. */
function captureLine(
  options: { seconds?: number; interfaceName?: string; count?: number; filter?: string } = {},
): string {
  const { seconds = 600, interfaceName = 'enX0', count = 500, filter = 'tcp port 443' } = options;
  return `trap : INT; stty -echo -onlcr; sudo -n timeout --foreground -s INT -k 5 ${seconds} tcpdump -l -nn -tttt -i ${interfaceName} -c ${count} -s 256 '${filter}'; echo "mark:$?"`;
}

const banner = [
  'dropped privs to tcpdump',
  'tcpdump: verbose output suppressed, use -v[v]... for full protocol decode',
  'listening on enX0, link-type EN10MB (Ethernet), snapshot length 256 bytes',
  '',
].join('\n');
const packetLine =
  '2026-11-21 12:00:00.000000 IP 172.31.37.141.38482 > 172.31.36.107.443: Flags [S], seq 2863311530, win 62727, length 0\n';
const closing = (captured: number, dropped = 0) =>
  `${captured} packet${captured === 1 ? '' : 's'} captured\n${captured} packet${captured === 1 ? '' : 's'} received by filter\n${dropped} packets dropped by kernel\n`;

describe('the capture line', () => {
  it('ends on Ctrl-C with its counts and status 0', async () => {
    const bench = new GuestBench();
    const terminal = bench.open(captureLine());
    await terminal.shows('listening');
    bench.network.pass(tcpFrame());
    bench.network.pass(tcpFrame({ destinationPort: 80 }));
    await terminal.shows('443');
    terminal.type('\x03');
    assert.equal(await terminal.end(2_000), 0);
    assert.equal(terminal.text, `${banner}${packetLine}\n${closing(1)}mark:0\n`);
    assert.equal(bench.network.tapCount, 0);
  });

  it('takes a second Ctrl-C calmly', async () => {
    const bench = new GuestBench();
    const terminal = bench.open(captureLine());
    await terminal.shows('listening');
    terminal.type('\x03\x03');
    await terminal.end(2_000);
    assert.match(terminal.text, /\nmark:0\n$/);
  });

  it('ends by the packet count with status 0', async () => {
    const bench = new GuestBench();
    const terminal = bench.open(captureLine({ count: 1 }));
    await terminal.shows('listening');
    bench.network.pass(tcpFrame());
    await terminal.end(2_000);
    assert.equal(terminal.text, `${banner}${packetLine}${closing(1)}mark:0\n`);
  });

  it('ends by the time limit with status 124', async () => {
    const bench = new GuestBench();
    const startMs = bench.timeline.now();
    const { text } = await bench.run(captureLine({ seconds: 3 }));
    assert.equal(text, `${banner}\n${closing(0)}mark:124\n`);
    assert.equal(bench.timeline.now() - startMs, 3_000);
  });

  it('says that an interface does not exist', async () => {
    const { text } = await new GuestBench().run(captureLine({ interfaceName: 'eth9' }));
    assert.equal(text, 'tcpdump: eth9: No such device exists\n(No such device exists)\nmark:1\n');
  });

  it('says that a filter is none', async () => {
    const { text } = await new GuestBench().run(captureLine({ filter: 'tcp port' }));
    assert.equal(text, "tcpdump: can't parse filter expression: syntax error\nmark:1\n");
  });

  it('says that tcpdump is missing', async () => {
    const { text } = await new GuestBench().run(`sudo rm /usr/sbin/tcpdump; ${captureLine()}`);
    assert.equal(text, 'timeout: failed to run command ‘tcpdump’: No such file or directory\nmark:127\n');
  });

  it('says that a password would be needed', async () => {
    const { text } = await new GuestBench().run(`sudo rm /etc/sudoers.d/ssm-agent-users; ${captureLine()}`);
    assert.equal(text, 'sudo: a password is required\nmark:1\n');
  });

  it('names interface and direction on any', async () => {
    const bench = new GuestBench();
    const terminal = bench.open(captureLine({ interfaceName: 'any', count: 2 }));
    await terminal.shows('listening');
    bench.network.pass(tcpFrame(), 'out');
    bench.network.pass(tcpFrame(), 'in', 'lo');
    await terminal.end(2_000);
    assert.match(terminal.text, /^tcpdump: data link type LINUX_SLL2\n/);
    assert.match(
      terminal.text,
      /listening on any, link-type LINUX_SLL2 \(Linux cooked v2\), snapshot length 256 bytes\n/,
    );
    assert.match(terminal.text, / enX0 {2}Out IP .*\n.* lo {4}In {2}IP /);
  });

  it('drops what a slow reader leaves no room for, and counts it', async () => {
    const bench = new GuestBench();
    const terminal = bench.open(`${captureLine({ count: 20_000 })}`, { readsAtOnce: false });
    await runFor(bench.timeline, 10);
    for (let count = 0; count < 20_000; count++) bench.network.pass(tcpFrame());
    await runFor(bench.timeline, 10);
    terminal.type('\x03');
    await runFor(bench.timeline, 10);
    while (!terminal.isClosed) await Promise.all([terminal.readOnce(4_096), terminal.pause(1)]);
    const captured = Number(/(\d+) packets captured/.exec(terminal.text)?.[1]);
    const dropped = Number(/(\d+) packets dropped by kernel/.exec(terminal.text)?.[1]);
    assert.match(terminal.text, /\n20000 packets received by filter\n/);
    assert.ok(captured > 0 && captured < 200, `${captured} captured`);
    assert.ok(dropped > 1_000 && dropped < 20_000, `${dropped} dropped`);
  });
});

describe('tcpdump', () => {
  it('needs root', async () => {
    const { text } = await new GuestBench().run('tcpdump -i enX0; echo $?');
    assert.equal(
      text,
      "tcpdump: enX0: You don't have permission to perform this capture on that device\n(socket: Operation not permitted)\n1\n",
    );
  });

  it('lists interfaces', async () => {
    const { text } = await new GuestBench().run('tcpdump -D');
    assert.equal(
      text,
      '1.enX0 [Up, Running, Connected]\n2.any (Pseudo-device that captures on all interfaces) [Up, Running]\n3.lo [Up, Running, Loopback]\n',
    );
  });

  it('looks names up by PTR unless told not to', async () => {
    const bench = new GuestBench();
    const asked: string[] = [];
    bench.network.answerUdp = (_address, _port, payload) => {
      const query = readQuestion(payload);
      asked.push(query.name);
      const host = query.name.split('.').slice(0, 4).reverse().join('-');
      return encodeDns({
        ...query.message,
        isResponse: true,
        recursionAvailable: true,
        answers: [
          {
            name: query.name,
            type: 12,
            class: 1,
            timeToLive: 60,
            data: { kind: 'name', name: `ip-${host}.ap-south-1.compute.internal` },
          },
        ],
      });
    };
    const terminal = bench.open('sudo tcpdump -c 2 -t dst port https');
    await terminal.shows('listening');
    bench.network.pass(tcpFrame());
    bench.network.pass(tcpFrame());
    await terminal.end(2_000);
    assert.match(
      terminal.text,
      /\r\nIP ip-172-31-37-141\.ap-south-1\.compute\.internal\.38482 > ip-172-31-36-107\.ap-south-1\.compute\.internal\.https: Flags \[S\]/,
    );
    assert.deepEqual(asked, ['141.37.31.172.in-addr.arpa', '107.36.31.172.in-addr.arpa']);
  });

  it('writes a file that it can read again', async () => {
    const bench = new GuestBench();
    const terminal = bench.open(
      'sudo tcpdump -nn -c 2 -w /tmp/x.pcap; tcpdump -nn -t -r /tmp/x.pcap tcp; tcpdump --count -r /tmp/x.pcap 2>/dev/null',
    );
    await terminal.shows('listening');
    bench.network.pass(tcpFrame());
    bench.network.pass(tcpFrame({ destinationPort: 22 }));
    await terminal.end(2_000);
    const text = terminal.text.replaceAll('\r\n', '\n');
    assert.match(
      text,
      /^dropped privs to tcpdump\ntcpdump: listening on enX0, link-type EN10MB \(Ethernet\), snapshot length 262144 bytes\n2 packets captured\n/,
    );
    assert.match(
      text,
      /reading from file \/tmp\/x\.pcap, link-type EN10MB \(Ethernet\), snapshot length 262144\nIP 172\.31\.37\.141\.38482 > 172\.31\.36\.107\.443: .*\nIP .*\.22: /,
    );
    assert.match(text, /\n2 packets\n$/);
  });

  it('numbers packets, leaves sequence numbers absolute and shows bytes as asked', async () => {
    const printed = async (options: string) => {
      const bench = new GuestBench();
      const terminal = bench.open(`stty -onlcr; sudo tcpdump -nn -t ${options} 2>/dev/null`);
      await terminal.pause(10);
      bench.network.pass(tcpFrame({ flags: 0x10, sequence: 7, acknowledgment: 100 }));
      bench.network.pass(tcpFrame({ flags: 0x10, sequence: 7, acknowledgment: 150 }));
      await terminal.pause(10);
      return terminal.text;
    };
    assert.match(await printed('-#'), /^ {4}1 {2}IP .*ack 100,.*\n {4}2 {2}IP .*ack 51,/);
    assert.match(await printed('-S'), /^IP .*ack 100,.*\nIP .*ack 150,/);
    assert.match(await printed('-x'), /\n\t0x0000: {2}4500 [0-9a-f ]{34}\n/);
    assert.match(await printed('-X'), /\n\t0x0000: {2}4500 [0-9a-f ]{34} {2}E\.\.[!-~]{13}\n/);
    assert.match(await printed('-XX'), /\n\t0x0000: {2}[0-9a-f ]{29} 0800 4500 {2}/);
    assert.match(await printed('-A'), /\nE\.\./);
  });

  it('shows the details of -v, without checksums with -K', async () => {
    const details = async (options: string) => {
      const bench = new GuestBench();
      const terminal = bench.open(`stty -onlcr; sudo tcpdump -nn -t -c 1 ${options}`);
      await terminal.shows('listening');
      bench.network.pass(tcpFrame());
      await terminal.end(2_000);
      return terminal.text;
    };
    assert.match(
      await details('-v'),
      /^dropped privs to tcpdump\ntcpdump: listening on enX0, .*\nIP \(tos 0x0, ttl 64, id 1, offset 0, flags \[none\], proto TCP \(6\), length 40\)\n {4}172\.31\.37\.141\.38482 > 172\.31\.36\.107\.443: Flags \[S\], cksum 0x[0-9a-f]{4} \(correct\), seq/,
    );
    assert.match(await details('-v -K'), /Flags \[S\], seq/);
    assert.match(await details('-vv -e'), /ethertype IPv4 \(0x0800\), length 54: \(tos 0x0/);
  });

  it('reads back what it wrote of any interface', async () => {
    const bench = new GuestBench();
    const terminal = bench.open(
      'stty -onlcr; sudo tcpdump -i any -c 1 -w /tmp/any.pcap; tcpdump -nn -t -r /tmp/any.pcap; tcpdump -nn -t -r /tmp/any.pcap ether host 02:00:00:00:00:01',
    );
    await terminal.shows('listening');
    bench.network.pass(tcpFrame());
    await terminal.end(2_000);
    const shown = terminal.text.slice(terminal.text.indexOf('reading'));
    assert.match(
      shown,
      /^reading from file \/tmp\/any\.pcap, link-type LINUX_SLL2 \(Linux cooked v2\), snapshot length 262144\nenX0 {2}(In |Out) IP 172\.31\.37\.141\.38482 > .*\ntcpdump: ethernet addresses supported only on /,
    );
  });

  it('tells with -d whether a filter is one, and prints no code', async () => {
    const bench = new GuestBench();
    const right = (await bench.run('sudo tcpdump -d tcp port 443; echo $?')).text;
    assert.match(right, /^tcpdump: The filter is right\. The practice cloud's tcpdump does not print .*\n0\n$/);
    const wrong = (await bench.run('sudo tcpdump -d src port 1 and src port 2; echo $?')).text;
    assert.equal(wrong, 'tcpdump: expression rejects all packets\n1\n');
  });

  it('refuses by name what it does not simulate', async () => {
    const bench = new GuestBench();
    const refusal = async (options: string) => (await bench.run(`sudo tcpdump ${options}; echo $?`)).text;
    assert.equal(await refusal('-C 5 -w x'), "tcpdump: The practice cloud's tcpdump does not know -C\n1\n");
    assert.equal(await refusal('-G 60'), "tcpdump: The practice cloud's tcpdump does not know -G\n1\n");
    assert.equal(
      await refusal('ip protochain 6'),
      "tcpdump: The practice cloud's tcpdump does not know all words of this filter\n1\n",
    );
  });

  it('refuses unknown options, interfaces and counts', async () => {
    const bench = new GuestBench();
    assert.match(
      (await bench.run('sudo tcpdump --bogus; echo $?')).text,
      /^tcpdump: unrecognized option '--bogus'\n(.*\n)+1\n$/,
    );
    assert.equal((await bench.run('sudo tcpdump -c 0; echo $?')).text, 'tcpdump: invalid packet count 0\n1\n');
    assert.match(
      (await bench.run('sudo tcpdump host nosuchname; echo $?')).text,
      /^tcpdump: unknown host 'nosuchname'\n1\n$/,
    );
  });

  it('keeps lines back without -l when nobody is at a terminal', async () => {
    for (const [option, isShown] of [
      ['', false],
      ['-l', true],
    ] as const) {
      const bench = new GuestBench();
      const terminal = bench.open(`sudo tcpdump ${option} -nn 2>/dev/null | cat`);
      await terminal.pause(10);
      bench.network.pass(tcpFrame());
      await terminal.pause(10);
      assert.equal(terminal.text.includes('443'), isShown);
      terminal.type('\x03');
      await terminal.end(2_000);
    }
  });
});
