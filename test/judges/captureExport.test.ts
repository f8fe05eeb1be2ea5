import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportCapture } from '../../src/capture/captureExport';
import { CapturePipeline } from '../../src/capture/capturePipeline';
import { readCapture } from '../../src/capture/readCapture';
import { cookedBytes, LINK_TYPE_LINUX_SLL2 } from '../../src/packet/headers/cookedFrame';
import { unpackColumns } from '../../src/packet/packing';
import { LINK_TYPE_ETHERNET } from '../../src/packet/pcap';
import { frameCorpus } from '../support/frameCorpus';
import { protocolFrames } from '../support/protocolFrames';
import { runTool } from '../support/runTool';

const frames = [...frameCorpus(), ...protocolFrames()];
const cutTo = 96;

/** A capture as exact mode fills it; every fourth packet is cut to the snapshot length. */
function captured(linkTypes: readonly number[]): CapturePipeline {
  const pipeline = new CapturePipeline();
  for (const [index, frame] of frames.entries()) {
    const linkType = linkTypes[index % linkTypes.length] as number;
    const whole =
      linkType === LINK_TYPE_LINUX_SLL2 ? cookedBytes(frame, { interfaceIndex: 1, direction: 'in' }) : frame;
    const bytes = index % 4 === 0 ? whole.subarray(0, cutTo) : whole;
    pipeline.addFrame({ linkType, timeMicros: 1.7e15 + index * 999_983, bytes, originalBytes: whole.length });
  }
  return pipeline;
}

const facts = (pipeline: CapturePipeline) =>
  [...pipeline.frames.frames()].map(({ timeMicros, bytes, originalBytes }) => [
    `${Math.floor(timeMicros / 1_000_000)}.${String(timeMicros % 1_000_000).padStart(6, '0')}000`,
    String(bytes.length),
    String(originalBytes),
    Buffer.from(bytes).toString('hex'),
  ]);

describe('saved captures before tshark', () => {
  let folder = '';
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'capture-export-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  function judged(bytes: Uint8Array, name: string) {
    const file = join(folder, name);
    writeFileSync(file, bytes);
    const fields = ['frame.time_epoch', 'frame.cap_len', 'frame.len'].flatMap(field => ['-e', field]);
    const listing = runTool('tshark', ['-n', '-r', file, '-T', 'fields', ...fields]);
    assert.deepEqual([listing.status, complaints(listing.stderr)], [0, []], name);
    // tshark writes what it has read as a classic file of one link type only; JSON has the bytes of any.
    const raw = runTool('tshark', ['-n', '-r', file, '-T', 'jsonraw', '-J', 'frame']);
    const hex = [...raw.stdout.matchAll(/"frame_raw":\s*\[\s*"([0-9a-f]*)"/g)].map(match => match[1] as string);
    return listing.stdout
      .trimEnd()
      .split('\n')
      .map((line, index) => [...line.split('\t'), hex[index]]);
  }

  for (const form of ['pcap', 'pcapng'] as const) {
    for (const [name, linkType] of [
      ['Ethernet', LINK_TYPE_ETHERNET],
      ['any interface', LINK_TYPE_LINUX_SLL2],
    ] as const) {
      it(`open as ${form} of ${name} without a complaint and hold the same packets`, () => {
        const pipeline = captured([linkType]);
        assert.deepEqual(judged(exportCapture(pipeline, form), `${linkType}.${form}`), facts(pipeline));
      }).timeout(60_000);
    }
  }

  it('open as pcapng of two links at once', () => {
    const pipeline = captured([LINK_TYPE_ETHERNET, LINK_TYPE_LINUX_SLL2]);
    assert.deepEqual(judged(exportCapture(pipeline, 'pcapng'), 'both.pcapng'), facts(pipeline));
  }).timeout(60_000);

  it('open here with the same rows when tshark has written them anew', () => {
    const pipeline = captured([LINK_TYPE_ETHERNET]);
    const [ours, theirs] = [join(folder, 'ours.pcapng'), join(folder, 'theirs.pcap')];
    writeFileSync(ours, exportCapture(pipeline, 'pcapng'));
    runTool('tshark', ['-r', ours, '-F', 'pcap', '-w', theirs]);
    const reading = readCapture(readFileSync(theirs));
    assert.ok(reading.kind === 'packets');
    assert.deepEqual(unpackColumns(reading.pipeline.snapshot().columns), unpackColumns(pipeline.snapshot().columns));
  }).timeout(60_000);
});

/** tshark warns whoever runs it as root, which is no complaint about a file. */
const complaints = (stderr: string) =>
  stderr.split('\n').filter(line => line !== '' && !line.startsWith('Running as user'));
