import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writePcap } from '../../src/packet/pcap';
import { readPcapng, writePcapng } from '../../src/packet/pcapng';
import { frameCorpus } from '../support/frameCorpus';
import { runTool } from '../support/runTool';

const frames = frameCorpus().slice(0, 40);

describe('pcapng files before tshark', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'pcapng-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('reads interfaces, times, comments and bytes of ours', () => {
    const file = join(folder, 'ours.pcapng');
    const records = frames.map((bytes, index) => ({
      timeMicros: 1_700_000_000_000_000 + index,
      nanos: index === 3 ? 789 : 0,
      bytes: bytes.subarray(0, 60),
      originalBytes: bytes.length,
      interfaceIndex: index % 2,
      ...(index === 3 && { comment: 'private path' }),
    }));
    writeFileSync(file, writePcapng({ interfaces: [{ name: 'enX0' }, { name: 'lo' }], records }));
    const wanted = ['frame.interface_name', 'frame.time_epoch', 'frame.comment', 'frame.cap_len', 'frame.len'];
    const { stdout, stderr } = runTool('tshark', [
      '-r',
      file,
      '-T',
      'fields',
      '-E',
      'separator=|',
      ...wanted.flatMap(field => ['-e', field]),
    ]);
    assert.equal(/malformed|damaged|corrupt/.test(stderr), false, stderr);
    const expected = records.map(({ timeMicros, nanos, bytes, originalBytes, interfaceIndex, comment }) =>
      [
        ['enX0', 'lo'][interfaceIndex],
        `1700000000.${String(timeMicros % 1_000_000).padStart(6, '0')}${String(nanos).padStart(3, '0')}`,
        comment ?? '',
        bytes.length,
        originalBytes,
      ].join('|'),
    );
    assert.deepEqual(stdout.trimEnd().split('\n'), expected);
  }).timeout(60_000);

  it('writes what we read', () => {
    const [classic, file] = [join(folder, 'classic.pcap'), join(folder, 'theirs.pcapng')];
    const records = frames.map((bytes, index) => ({ timeMicros: 1_700_000_000_000_000 + index, bytes }));
    writeFileSync(classic, writePcap(records));
    runTool('tshark', ['-r', classic, '-F', 'pcapng', '-w', file]);
    const read = readPcapng(readFileSync(file))!;
    assert.equal(read.problem, undefined);
    assert.deepEqual(
      read.records.map(({ timeMicros, bytes }) => ({ timeMicros, bytes: Uint8Array.from(bytes) })),
      records,
    );
  }).timeout(60_000);

  it('lets tcpdump read ours', () => {
    const file = join(folder, 'one.pcapng');
    const records = frames.map((bytes, index) => ({ timeMicros: 1_700_000_000_000_000 + index, bytes }));
    writeFileSync(file, writePcapng({ interfaces: [{ name: 'enX0' }], records }));
    const { stdout, status } = runTool('tcpdump', ['-nn', '-t', '-r', file]);
    assert.equal(status, 0);
    assert.equal(stdout, runTool('tcpdump', ['-nn', '-t', '-r', '-'], writePcap(records)).stdout);
  }).timeout(60_000);
});
