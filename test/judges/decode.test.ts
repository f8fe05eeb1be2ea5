import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeDns } from '../../src/packet/headers/dns';
import { writePcap } from '../../src/packet/pcap';
import type { PacketFields } from '../../src/packet/reader/packetFields';
import { type PacketJson, packetJson } from '../../src/packet/reader/packetJson';
import { TcpdumpReader } from '../../src/packet/tcpdumpReader';
import { dnsMessages } from '../support/dnsMessages';
import { frameCorpus } from '../support/frameCorpus';
import { runTool } from '../support/runTool';

const tsharkFields =
  'frame.time_epoch ip.src ipv6.src ip.dst ipv6.dst tcp.srcport tcp.dstport tcp.len udp.srcport udp.dstport udp.length icmp.type icmpv6.type'.split(
    ' ',
  );

interface Judged {
  readonly epoch: string;
  readonly source: string | null;
  readonly destination: string | null;
  readonly sourcePort: number | null;
  readonly destinationPort: number | null;
  /** TCP's payload, or UDP's. */
  readonly length: number | null;
  readonly isTcp: boolean;
}

/** What tshark reads in each packet, outermost layers only (ICMP quotes packets). */
function judgedPackets(file: string): Judged[] {
  const { stdout } = runTool('tshark', [
    '-n',
    '-o',
    'ip.defragment:FALSE',
    '-o',
    'ipv6.defragment:FALSE',
    '-r',
    file,
    '-T',
    'fields',
    '-E',
    'occurrence=f',
    '-E',
    'separator=|',
    ...tsharkFields.flatMap(field => ['-e', field]),
  ]);
  return stdout
    .trimEnd()
    .split('\n')
    .map(line => {
      const cell = Object.fromEntries(line.split('|').map((value, index) => [tsharkFields[index], value])) as Record<
        string,
        string
      >;
      const isIcmp = cell['icmp.type'] !== '' || cell['icmpv6.type'] !== '';
      const number = (...names: string[]) => {
        const value = isIcmp ? '' : names.map(name => cell[name]).find(Boolean);
        return value ? Number(value) : null;
      };
      const udpLength = number('udp.length');
      return {
        epoch: cell['frame.time_epoch']!,
        source: cell['ip.src'] || cell['ipv6.src'] || null,
        destination: cell['ip.dst'] || cell['ipv6.dst'] || null,
        sourcePort: number('tcp.srcport', 'udp.srcport'),
        destinationPort: number('tcp.dstport', 'udp.dstport'),
        length: number('tcp.len') ?? (udpLength === null ? null : udpLength - 8),
        isTcp: !isIcmp && cell['tcp.srcport'] !== '',
      };
    });
}

/** Our reading of tcpdump's text, in chunks of an odd size. */
function decoded(text: string): PacketJson[] {
  const packets: PacketJson[] = [];
  const reader = new TcpdumpReader({
    onPacket: (fields: PacketFields, bytes, _start, end, line) => packets.push(packetJson(fields, bytes, end, line)),
    onStatus: () => {},
    onText: () => {},
  });
  const bytes = new TextEncoder().encode(text);
  for (let start = 0; start < bytes.length; start += 997) reader.write(bytes.subarray(start, start + 997));
  reader.end();
  return packets;
}

const optionSets = [
  '-nn',
  '-n',
  '',
  '-nn -tttt',
  '-nn -tt',
  '-nn -ttt',
  '-nn -t',
  '-nn -q',
  '-q',
  '-nn -e',
  '-e',
  '-e -q -nn',
  '-v',
  '-nn -v',
  '-nn -vv',
  '-nn -v -e',
  '-vvv -e -tttt',
  '-nn -v -q',
  '-nn -v -t',
  '-nn -v -K -S',
];

function compare(file: string): number {
  const judged = judgedPackets(file);
  for (const options of optionSets) {
    const { stdout } = runTool('tcpdump', [...options.split(' ').filter(Boolean), '-r', file]);
    const ours = decoded(stdout);
    assert.equal(ours.length, judged.length, `packets with ${options}`);
    for (const [index, packet] of ours.entries())
      compareOne(packet, judged[index]!, `packet ${index + 1} with ${options}: ${JSON.stringify(packet)}`);
  }
  return judged.length;
}

function compareOne(ours: PacketJson, theirs: Judged, what: string): void {
  if (theirs.source !== null) {
    assert.equal(ours.source, theirs.source, what);
    assert.equal(ours.destination, theirs.destination, what);
  }
  assert.equal(ours.sourcePort, theirs.sourcePort, what);
  assert.equal(ours.destinationPort, theirs.destinationPort, what);
  if (theirs.isTcp) {
    assert.equal(ours.protocol, 'TCP', what);
    assert.equal(ours.length, theirs.length, what);
  } else if (theirs.length !== null && (ours.protocol === 'UDP' || ours.protocol === 'DNS')) {
    assert.equal(ours.length, theirs.length, what);
  }
}

function assertAtLeast(least: number, packets: number): void {
  assert.ok(packets > least, `only ${packets} packets were compared`);
}

const folder = mkdtempSync(join(tmpdir(), 'decode-judge-'));
const wait = (ms: number) => new Promise(done => setTimeout(done, ms));

/** Captures on an interface while `traffic` runs; the file is complete when it resolves. */
async function capture(
  name: string,
  interfaceName: string,
  traffic: () => Promise<void>,
  filter: string,
): Promise<string> {
  const file = join(folder, name);
  // In immediate mode the kernel's buffer has room for few packets of the longest length: 64 MiB hold a burst.
  const options = ['-U', '--immediate-mode', '-B', '65536', '-w', file];
  const tcpdump = spawn('tcpdump', ['-i', interfaceName, ...options, filter], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await listening(tcpdump);
  await traffic();
  await written(file);
  const ended = new Promise(done => tcpdump.once('exit', done));
  tcpdump.kill('SIGINT');
  await ended;
  return file;
}

/** Resolves when the file has not grown for a second: a busy machine hands packets over late. */
async function written(file: string): Promise<void> {
  for (let sizeBytes = -1; statSync(file).size !== sizeBytes; await wait(1_000)) sizeBytes = statSync(file).size;
}

function listening(tcpdump: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    tcpdump.stderr!.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('listening on')) resolve();
    });
    tcpdump.once('exit', () => reject(new Error(said)));
  });
}

const ports = { tcp: 41443, closed: 41444, udp: 41053, closedUdp: 41054 };

/** TCP with data both ways and an end, a refused and a reset connection, UDP answered and not (hence ICMP), over the address family's loopback. */
async function traffic(host: string): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer(socket => {
    sockets.add(socket);
    socket.on('data', data =>
      data.toString() === 'reset' ? socket.resetAndDestroy() : socket.end(Buffer.alloc(5000, 'answer ')),
    );
    socket.on('error', () => {});
  });
  await new Promise<void>(done => server.listen(ports.tcp, host, done));
  await exchange(host, ports.tcp, 'GET / HTTP/1.1\r\n\r\n');
  await exchange(host, ports.tcp, 'reset');
  await exchange(host, ports.closed, 'nobody');
  await new Promise(done => server.close(done));
  await datagrams(host);
}

function exchange(host: string, port: number, text: string): Promise<void> {
  return new Promise(done => {
    const socket = connect(port, host, () => socket.write(text));
    socket.on('error', () => {});
    socket.resume().on('close', () => done());
  });
}

async function datagrams(host: string): Promise<void> {
  const type = host.includes(':') ? 'udp6' : 'udp4';
  const server = createSocket(type);
  server.on('message', (message, from) => server.send(Buffer.concat([message, message]), from.port, from.address));
  await new Promise<void>(done => server.bind(ports.udp, host, done));
  const client = createSocket(type);
  client.on('error', () => {});
  for (const message of dnsMessages()) client.send(encodeDns(message), ports.udp, host);
  client.send('to nobody', ports.closedUdp, host);
  await wait(200);
  client.close();
  server.close();
}

const filter = `portrange ${ports.tcp}-${ports.closed} or portrange ${ports.udp}-${ports.closedUdp} or icmp or icmp6`;

/** Machines exist whose kernel has no IPv6; the frames of the corpus are compared there as well. */
function hasIpv6Loopback(): boolean {
  return existsSync('/proc/net/if_inet6') && readFileSync('/proc/net/if_inet6', 'utf8').includes(' lo');
}

/**
 * Not source routes and tunnels, where tshark's first addresses are those at the journey's end, or its ports the inner packet's; nor a packet of
 * another version than its frame says, whose line without a time could be any text.
 */
function isSimple(frame: Uint8Array): boolean {
  const isIpv4 = frame[12] === 8 && frame[13] === 0;
  if (frame[12] === 0x86 && frame[14]! >> 4 !== 6) return false;
  const hasRoute = isIpv4 && frame[14]! > 0x45 && [131, 137].includes(frame[34]!);
  return !hasRoute && !(isIpv4 && frame[23] === 4);
}

describe('decoding tcpdump against tshark', () => {
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('agrees on real traffic over loopback', async () => {
    const file = await capture('lo.pcap', 'lo', () => traffic('127.0.0.1'), filter);
    assertAtLeast(30, compare(file));
  }).timeout(30_000);

  it('agrees on real traffic captured on any interface', async () => {
    const file = await capture('any.pcap', 'any', () => traffic('127.0.0.1'), filter);
    assertAtLeast(30, compare(file));
  }).timeout(30_000);

  if (hasIpv6Loopback()) {
    it('agrees on real traffic over IPv6', async () => {
      const file = await capture('lo6.pcap', 'lo', () => traffic('::1'), filter);
      assertAtLeast(20, compare(file));
    }).timeout(30_000);
  }

  it('agrees on every kind of frame', () => {
    const file = join(folder, 'corpus.pcap');
    const whole = frameCorpus().filter(frame => frame.length > 40 && isSimple(frame));
    writeFileSync(file, writePcap(whole.map((bytes, index) => ({ timeMicros: 1_700_000_000_000_000 + index, bytes }))));
    assertAtLeast(80, compare(file));
  }).timeout(30_000);
});
