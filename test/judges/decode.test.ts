import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { concatBytes } from '../../src/packet/headers/bytes';
import { cookedBytes, LINK_TYPE_LINUX_SLL2 } from '../../src/packet/headers/cookedFrame';
import { encodeDns } from '../../src/packet/headers/dns';
import { LINK_TYPE_ETHERNET, writePcap } from '../../src/packet/pcap';
import { dnsMessages } from '../support/dnsMessages';
import { frameCorpus } from '../support/frameCorpus';
import { protocolFrames } from '../support/protocolFrames';
import { readText } from '../support/readPackets';
import { runTool } from '../support/runTool';
import { compareToFact, tsharkFacts } from '../support/tsharkFacts';

const LINK_TYPE_RAW = 101;
const LINK_TYPE_LINUX_SLL = 113;

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
  '-nn -tttt -q -l',
  '-nn --number',
  '-nn -tttt -X',
  '-nn -e -v -q',
];

/** tcpdump asks name servers for addresses that it does not know: crafted frames are printed without. */
const numericSets = optionSets.filter(options => options.includes('-n'));
const isTimeless = (options: string) => options.split(' ').includes('-t');
const timedSets = numericSets.filter(options => !isTimeless(options));

/** How many packets were compared, with each set of options. */
function compare(file: string, sets = optionSets): number {
  const facts = tsharkFacts(file);
  for (const options of sets) {
    const { stdout } = runTool('tcpdump', [...options.split(' ').filter(Boolean), '-r', file]);
    const { packets } = readText(stdout);
    assert.equal(packets.length, facts.length, `packets with ${options}`);
    for (const [index, packet] of packets.entries())
      compareToFact(packet, facts[index]!, `packet ${index + 1} with ${options}: ${JSON.stringify(packet)}`);
  }
  return facts.length;
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
  await isWritten(file);
  const ended = new Promise(done => tcpdump.once('exit', done));
  tcpdump.kill('SIGINT');
  await ended;
  return file;
}

/** Resolves when the file has not grown for a second: a busy machine hands packets over late. */
async function isWritten(file: string): Promise<void> {
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
 * Not source routes, where tshark's addresses are those at the journey's end; nor a packet of another version than its frame says, whose line
 * without a time could be any text.
 */
function isSimple(frame: Uint8Array): boolean {
  const isIpv4 = frame[12] === 8 && frame[13] === 0;
  if (frame[12] === 0x86 && frame[13] === 0xdd && frame[14]! >> 4 !== 6) return false;
  return !(isIpv4 && frame[14]! > 0x45 && [131, 137].includes(frame[34]!));
}

/** Whole frames of every kind, and those that say in their type that IP or ARP follows. */
const frames = [...frameCorpus().filter(frame => frame.length > 40), ...protocolFrames()].filter(isSimple);
const networkFrames = frames.filter(frame =>
  ['0800', '86dd', '0806'].includes(Buffer.from(frame.subarray(12, 14)).toString('hex')),
);

function written(name: string, contents: readonly Uint8Array[], linkType = LINK_TYPE_ETHERNET): string {
  const file = join(folder, name);
  writeFileSync(
    file,
    writePcap(
      contents.map((bytes, index) => ({ timeMicros: 1.7e15 + index, bytes })),
      { linkType },
    ),
  );
  return file;
}

/** As a capture on `any` stores it today, seen in and out; and as it did before Linux cooked v2, with the hardware address or without. */
const cooked = (frame: Uint8Array, index: number) =>
  cookedBytes(frame, { interfaceName: 'lo', interfaceIndex: 1, direction: index % 2 === 0 ? 'in' : 'out' });
const cookedBefore = (frame: Uint8Array, index: number) => {
  const hasAddress = index % 3 > 0;
  const address = hasAddress ? frame.subarray(6, 12) : new Uint8Array(6);
  const start = Uint8Array.of(0, index % 2 === 0 ? 0 : 4, 0, hasAddress ? 1 : 0xfe, 0, hasAddress ? 6 : 0);
  return concatBytes(start, address, new Uint8Array(2), frame.subarray(12));
};

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

  it('agrees on every kind of frame', () =>
    assertAtLeast(300, compare(written('corpus.pcap', frames), timedSets))).timeout(60_000);

  it('agrees on packets of IP and ARP without times, which alone tell by their words that they are packets', () => {
    const plain = frameCorpus().filter(frame => frame.length > 40 && isSimple(frame));
    assertAtLeast(200, compare(written('plain.pcap', plain), numericSets.filter(isTimeless)));
  }).timeout(60_000);

  it('agrees on every kind of packet that a capture on any interface saw', () => {
    assertAtLeast(250, compare(written('any2.pcap', networkFrames.map(cooked), LINK_TYPE_LINUX_SLL2), timedSets));
    assertAtLeast(250, compare(written('any1.pcap', networkFrames.map(cookedBefore), LINK_TYPE_LINUX_SLL), timedSets));
  }).timeout(60_000);

  it('agrees on packets of a link without headers', () => {
    const bare = networkFrames.filter(frame => frame[13] !== 6 && frame.length > 34).map(frame => frame.subarray(14));
    assertAtLeast(200, compare(written('raw.pcap', bare, LINK_TYPE_RAW), timedSets));
  }).timeout(60_000);
});
