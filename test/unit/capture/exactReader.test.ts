import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeBase64 } from '../../../src/base/base64';
import { CapturePipeline } from '../../../src/capture/capturePipeline';
import { ExactReader } from '../../../src/capture/exactReader';
import type { StoredFrame } from '../../../src/capture/frameStore';
import { lineAt, unpackColumns } from '../../../src/packet/packing';
import { writePcap } from '../../../src/packet/pcap';
import { TcpdumpPrinter } from '../../../src/packet/tcpdumpPrinter';
import { base64Lines } from '../../support/exactStream';
import { conversation, frameCorpus } from '../../support/frameCorpus';
import { utf8 } from '../../support/readPackets';

const recordsOf = (frames: readonly Uint8Array[]) =>
  frames.map((bytes, index) => ({ timeMicros: 1.7e15 + index, bytes, originalBytes: bytes.length }));
const listening = 'tcpdump: listening on enX0, link-type EN10MB (Ethernet), snapshot length 262144 bytes';

interface Read {
  readonly frames: StoredFrame[];
  readonly texts: string[];
  readonly statuses: string[];
  readonly isCut: boolean;
}

function read(text: string, pieceBytes = text.length + 1): Read {
  const frames: StoredFrame[] = [];
  const texts: string[] = [];
  const statuses: string[] = [];
  const reader = new ExactReader({
    onFrame: frame => frames.push(frame),
    onStatus: ({ kind }) => statuses.push(kind),
    onText: (bytes, start, end) => texts.push(new TextDecoder().decode(bytes.subarray(start, end))),
  });
  const bytes = utf8(text);
  for (let start = 0; start < bytes.length; start += pieceBytes)
    reader.write(bytes.subarray(start, start + pieceBytes));
  reader.end();
  return { frames, texts, statuses, isCut: reader.isCut };
}

const anyRecords = fc.array(fc.uint8Array({ maxLength: 90 }), { maxLength: 12 }).map(recordsOf);
/** Words that a shell may say between the lines, some of them base64 to the letter. */
const noise = fc.constantFrom(
  '',
  '^C',
  'done',
  'exit',
  'Done=',
  'sh-5.2$ ',
  'Terminated',
  '12 packets captured',
  'AAAA',
  `${'x'.repeat(75)}!`,
);

describe('reading a capture as base64', () => {
  it('gives the packets, byte for byte, wherever the stream is cut and whatever is said in between', () => {
    fc.assert(
      fc.property(
        anyRecords,
        fc.array(fc.tuple(fc.nat(30), noise), { maxLength: 6 }),
        fc.integer({ min: 1, max: 200 }),
        (records, words, piece) => {
          const lines = base64Lines(writePcap(records));
          const last = lines.length - 1;
          const missing = decodeBase64(lines[last] ?? '')?.length;
          // A word that fits where the last line is missing could be that line.
          const before = words
            .filter(([at, word]) => at > 0 && decodeBase64(word)?.length !== missing)
            .sort((one, other) => other[0] - one[0]);
          const said = [listening, ...lines];
          // Not before the first line of the file: a word there is a word.
          for (const [at, word] of before) said.splice(2 + (at % Math.max(1, last)), 0, word);
          const { frames, isCut } = read(`${said.join('\r\n')}\n3 packets captured\n`, piece);
          assert.deepEqual(
            frames.map(({ linkType, ...record }) => record),
            records,
          );
          assert.equal(isCut, false);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('tells what its programs say, and counts what is neither', () => {
    const lines = base64Lines(writePcap(recordsOf(conversation())));
    const { statuses, texts } = read(
      ['hello', 'AAAA', listening, ...lines, 'done', '9 packets captured', 'vpc-labs-1:0'].join('\n'),
    );
    assert.deepEqual(statuses, ['listening', 'count']);
    assert.deepEqual(texts, ['hello', 'AAAA', 'vpc-labs-1:0', 'done']);
  });

  it('gives the whole packets of a stream that ends in the middle, and says that it does', () => {
    const records = recordsOf(conversation());
    const text = `${listening}\n${base64Lines(writePcap(records)).join('\n')}\n`;
    for (let end = 0; end < text.length; end += 7) {
      const { frames } = read(text.slice(0, end));
      const bare = frames.map(({ linkType, ...record }) => record);
      assert.deepEqual(bare, records.slice(0, frames.length));
    }
    assert.deepEqual(
      [read(text.slice(0, -9)).isCut, read(text.slice(0, -9)).frames.length],
      [true, records.length - 1],
    );
    assert.equal(read(text).isCut, false);
  });

  it('makes up no packet when a part is lost', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(75), (line, at) => {
        const records = recordsOf(frameCorpus().slice(0, 30));
        const lines = base64Lines(writePcap(records));
        const hurt = 1 + (line % (lines.length - 2));
        const damaged = lines.with(hurt, `${lines[hurt]!.slice(0, at)} oom-kill ${lines[hurt]!.slice(at)}`);
        const { frames, isCut, texts } = read(`${damaged.join('\n')}\n`);
        assert.ok(isCut);
        assert.ok(texts.length > 0);
        // The bytes around the gap may look like a packet once; what follows does not.
        const known = new Set(records.map(({ bytes }) => Buffer.from(bytes).toString('hex')));
        const unknown = frames.filter(({ bytes }) => !known.has(Buffer.from(bytes).toString('hex')));
        assert.ok(unknown.length <= 1, `${unknown.length} packets that there were not`);
      }),
      { numRuns: 40 },
    );
  });

  it('fills the same rows as the text of tcpdump', () => {
    const frames = frameCorpus();
    const printer = new TcpdumpPrinter({ numeric: true, time: 'dateTime' });
    const exact = new CapturePipeline({ isExact: true, mark: 'vpc-labs-1' });
    exact.write(utf8(`${listening}\n${base64Lines(writePcap(recordsOf(frames))).join('\n')}\nvpc-labs-1:0\n`));
    exact.end();
    const text = new CapturePipeline();
    text.write(
      utf8(
        recordsOf(frames)
          .map(record => `${printer.print(record).split('\n')[0]}\n`)
          .join(''),
      ),
    );
    text.end();
    assert.deepEqual(unpackColumns(exact.snapshot().columns), unpackColumns(text.snapshot().columns));
    assert.deepEqual(
      [exact.packets, exact.unparsedLines, exact.exitStatus, exact.frames.endFrame],
      [frames.length, 0, 0, frames.length],
    );
    assert.equal(
      lineAt(unpackColumns(exact.snapshot().columns), 0).startsWith(
        '2023-11-14 22:13:20.000000 IP 172.31.37.141.38482',
      ),
      true,
    );
  });
});
