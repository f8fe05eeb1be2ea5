import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { type CaptureFileForm, exportCapture, exportForms } from '../../../src/capture/captureExport';
import { CapturePipeline } from '../../../src/capture/capturePipeline';
import { readCapture } from '../../../src/capture/readCapture';
import { cookedBytes, LINK_TYPE_LINUX_SLL2 } from '../../../src/packet/headers/cookedFrame';
import { unpackColumns } from '../../../src/packet/packing';
import { LINK_TYPE_ETHERNET, writePcap } from '../../../src/packet/pcap';
import { timestamp } from '../../../src/packet/printer/timestamp';
import { frameCorpus } from '../../support/frameCorpus';
import { protocolFrames } from '../../support/protocolFrames';
import { utf8 } from '../../support/readPackets';

const corpus = [...frameCorpus(), ...protocolFrames()];
const LINK_TYPE_RAW = 101;

function filled(
  frames: readonly { readonly linkType: number; readonly bytes: Uint8Array; readonly more?: number }[],
): CapturePipeline {
  const pipeline = new CapturePipeline();
  for (const [index, { linkType, bytes, more = 0 }] of frames.entries())
    assert.ok(pipeline.addFrame({ linkType, bytes, timeMicros: 1.7e15 + index, originalBytes: bytes.length + more }));
  return pipeline;
}

function opened(bytes: Uint8Array): CapturePipeline {
  const reading = readCapture(bytes);
  assert.equal(reading.kind, 'packets');
  return (reading as Extract<typeof reading, { kind: 'packets' }>).pipeline;
}

const rowsOf = (pipeline: CapturePipeline) => unpackColumns(pipeline.snapshot().columns);
const framesOf = (pipeline: CapturePipeline) =>
  [...pipeline.frames.frames()].map(frame => ({ ...frame, bytes: Buffer.from(frame.bytes).toString('hex') }));

const anyFrame = fc
  .tuple(
    fc.constantFrom(...corpus),
    fc.constantFrom(LINK_TYPE_ETHERNET, LINK_TYPE_LINUX_SLL2, LINK_TYPE_RAW),
    fc.nat(200),
    fc.nat(100),
  )
  .map(([frame, linkType, length, more]) => {
    const whole =
      linkType === LINK_TYPE_ETHERNET
        ? frame
        : linkType === LINK_TYPE_RAW
          ? frame.subarray(14)
          : cookedBytes(frame, { direction: 'out' });
    return { linkType, bytes: whole.subarray(0, length), more: whole.length - Math.min(whole.length, length) + more };
  });

describe('saved captures', () => {
  it('open with the same rows and the same packets', () => {
    fc.assert(
      fc.property(fc.array(anyFrame, { minLength: 1, maxLength: 12 }), frames => {
        const pipeline = filled(frames);
        for (const form of exportForms(pipeline)) {
          const again = opened(exportCapture(pipeline, form));
          assert.deepEqual(rowsOf(again), rowsOf(pipeline), form);
          if (form !== 'text') assert.deepEqual(framesOf(again), framesOf(pipeline), form);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('offer the forms that can hold them', () => {
    const [frame] = corpus as [Uint8Array];
    const forms = (...linkTypes: number[]) =>
      exportForms(filled(linkTypes.map(linkType => ({ linkType, bytes: frame }))));
    assert.deepEqual(forms(LINK_TYPE_ETHERNET, LINK_TYPE_ETHERNET), ['pcapng', 'pcap', 'text']);
    assert.deepEqual(forms(LINK_TYPE_ETHERNET, LINK_TYPE_RAW), ['pcapng', 'text']);
    const lines = new CapturePipeline();
    lines.write(utf8('12:00:00.000001 IP 10.0.0.1.1 > 10.0.0.2.2: UDP, length 3\n'));
    assert.deepEqual(exportForms(lines), ['text']);
    assert.throws(() => exportCapture(lines, 'pcap' satisfies CaptureFileForm), RangeError);
  });

  it('keep the lines of a text as they are', () => {
    for (const name of ['lines', 'compact', 'link', 'any']) {
      const text = readFileSync(`test/golden/decode/${name}.txt`);
      const first = opened(text);
      const again = opened(first.text());
      assert.deepEqual(rowsOf(again), rowsOf(first), name);
      assert.equal(again.unparsedLines, 0);
    }
  });

  it('hold the packets that are still there when the oldest were dropped', () => {
    const pipeline = new CapturePipeline({ limits: { rows: 40 } });
    const frames = corpus.slice(0, 100);
    for (const [index, bytes] of frames.entries())
      pipeline.addFrame({ linkType: LINK_TYPE_ETHERNET, bytes, timeMicros: index, originalBytes: bytes.length });
    const again = opened(exportCapture(pipeline, 'pcap'));
    assert.equal(again.packets, pipeline.packets - pipeline.droppedRows);
    assert.ok(pipeline.droppedRows > 0);
  });
});

describe('opening a file', () => {
  const records = corpus.slice(0, 5).map((bytes, index) => ({ timeMicros: index, bytes }));

  it('says that it is cut, and shows what is whole', () => {
    const bytes = writePcap(records);
    const reading = readCapture(bytes.subarray(0, -3));
    assert.ok(reading.kind === 'packets' && reading.isCut && reading.pipeline.packets === 4);
  });

  it('says what it cannot read: other links, other files', () => {
    assert.deepEqual(readCapture(writePcap(records, { linkType: 105 })), { kind: 'unknownLink', linkType: 105 });
    for (const bytes of [new Uint8Array(0), utf8('hello\nworld\n'), new Uint8Array(5000).fill(7)])
      assert.deepEqual(readCapture(bytes), { kind: 'noCapture' });
  });

  it('says as tcpdump does that no calendar has a time', () => {
    assert.equal(timestamp('dateTime', 1e25, 0, 0), '[Error converting time] ');
  });

  it('never throws, whatever is in it', () => {
    fc.assert(
      fc.property(fc.nat(2000), fc.uint8Array({ maxLength: 20 }), fc.boolean(), (at, junk, isNg) => {
        const pipeline = filled(corpus.slice(0, 8).map(bytes => ({ linkType: LINK_TYPE_ETHERNET, bytes })));
        const bytes = exportCapture(pipeline, isNg ? 'pcapng' : 'pcap');
        bytes.set(junk, Math.min(at, bytes.length - junk.length));
        const reading = readCapture(bytes);
        if (reading.kind === 'packets') assert.equal(rowsOf(reading.pipeline).count, reading.pipeline.packets);
      }),
      { numRuns: 300 },
    );
  });
});
