import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DnsType, encodeDns } from '../../src/packet/headers/dns';
import { writePcap } from '../../src/packet/pcap';
import { sendHttp } from '../../src/simulator/network/http1';
import { openSecureStream } from '../../src/simulator/network/secureStream';
import { fabricOver, get, plain } from '../support/fabricHarness';
import { ec2Name } from '../support/networkBuilders';
import { runTool } from '../support/runTool';
import { publicEc2Address, SmallWorld } from '../support/smallWorld';

type Net = ReturnType<typeof fabricOver>;

/** Checksums are not judged unless tshark is told to. */
const strict = ['-o', 'ip.check_checksum:TRUE', '-o', 'tcp.check_checksum:TRUE', '-o', 'udp.check_checksum:TRUE'];

async function exchange(net: Net, address: string): Promise<void> {
  const connection = await net.host.connectTcp(address, 443);
  const stream = await openSecureStream(connection, ec2Name);
  await sendHttp(stream, get(ec2Name));
  stream.close();
  while (await connection.read());
}

function query(name: string, type: number): Uint8Array {
  const quiet = { isResponse: false, isAuthoritative: false, isTruncated: false, recursionAvailable: false };
  const flags = { ...quiet, recursionDesired: true, authenticData: false, checkingDisabled: false };
  const questions = [{ name, type, class: 1 }];
  return encodeDns({
    id: 7,
    opcode: 0,
    responseCode: 0,
    ...flags,
    questions,
    answers: [],
    authorities: [],
    additionals: [],
  });
}

/** A little of everything that a guest can put on its wire. */
async function traffic(): Promise<Net> {
  const net = fabricOver(new SmallWorld(), () => plain('reservation '.repeat(20_000)));
  for (const address of ['172.31.36.107', '172.31.14.109', publicEc2Address]) await net.run(exchange(net, address));
  const socket = net.host.openUdp();
  for (const type of [DnsType.a, DnsType.aaaa]) socket.send('172.31.0.2', 53, query(ec2Name, type));
  socket.send('172.31.0.2', 53, query('107.36.31.172.in-addr.arpa', DnsType.ptr));
  socket.send('172.31.0.2', 53, query('nosuch.example.com', DnsType.a));
  await net.run(sendHttp(await net.run(net.host.connectTcp('169.254.169.254', 80)), get('169.254.169.254')));
  await net.run(net.host.ping('172.31.5.5', { id: 1, sequence: 1, payloadLength: 56 }, 500));
  await net.run(net.host.connectTcp('172.31.5.5', 443, { timeoutMs: 4000 }).catch(() => {}));
  await net.run(net.host.connectTcp('127.0.0.1', 81).catch(() => {}));
  await net.pass(70_000);
  return net;
}

function tshark(net: Net, ...parameters: string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'fabric-'));
  const file = join(folder, 'fabric.pcap');
  const frames = [...net.frames, ...net.arps].sort((a, b) => a.timeMicros - b.timeMicros);
  writeFileSync(file, writePcap(frames));
  const { stdout, stderr, status } = runTool('tshark', ['-r', file, ...strict, ...parameters]);
  rmSync(folder, { recursive: true });
  assert.equal(status, 0, stderr);
  return stdout.split('\n').filter(line => line !== '');
}

describe('the fabric before tshark', () => {
  let net: Net;
  before(async () => {
    net = await traffic();
  });

  it('puts nothing malformed and no wrong checksum on the wire', () => {
    const bad = ['_ws.malformed', 'ip.checksum.status == 0', 'tcp.checksum.status == 0', 'udp.checksum.status == 0'];
    const segments = net.tcp().length;
    assert.ok(segments > 90, String(segments));
    assert.equal(tshark(net, '-Y', 'tcp.checksum.status == 1').length, segments);
    assert.deepEqual(tshark(net, '-Y', [...bad, 'icmp.checksum.status == 0'].join(' or ')), []);
  }).timeout(30_000);

  it('asks for hardware addresses, and every request is answered', () => {
    const operations = tshark(net, '-Y', 'arp', '-T', 'fields', '-e', 'arp.opcode', '-e', 'arp.dst.proto_ipv4');
    const requests = operations.filter(line => line.startsWith('1'));
    assert.ok(requests.length >= 2 && requests.length * 2 === operations.length, operations.join('; '));
    assert.ok(
      requests.some(line => line.endsWith('172.31.32.1')) && requests.some(line => line.endsWith('172.31.36.107')),
    );
  }).timeout(30_000);

  it('gives TCP nothing to complain of but the SYNs that met silence', () => {
    const flagged = tshark(net, '-Y', 'tcp.analysis.flags', '-T', 'fields', '-e', 'tcp.flags.str', '-e', 'ip.dst');
    const others = flagged.filter(line => !line.includes('172.31.5.5'));
    assert.deepEqual(others, []);
    assert.equal(flagged.length, 2);
  }).timeout(30_000);

  it('reads as TLS with a server name, and as DNS', () => {
    const names = tshark(
      net,
      '-Y',
      'tls.handshake.type == 1',
      '-T',
      'fields',
      '-e',
      'tls.handshake.extensions_server_name',
    );
    assert.deepEqual(names, [ec2Name, ec2Name, ec2Name]);
    assert.equal(tshark(net, '-Y', 'dns.flags.response == 1').length, 4);
  }).timeout(30_000);
});
