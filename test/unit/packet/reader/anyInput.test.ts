import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { CapturePipeline } from '../../../../src/capture/capturePipeline';
import { TcpdumpReader } from '../../../../src/packet/tcpdumpReader';
import { decodeSets } from '../../../support/decodeSets';
import { utf8 } from '../../../support/readPackets';

/** What tcpdump printed of many protocols, with each set of options. */
const texts = decodeSets.map(({ name }) => readFileSync(`test/golden/decode/${name}.txt`, 'utf8'));
const printedLines = texts.flatMap(text => text.split('\n')).filter(line => line !== '');
const noise = [
  '',
  '^C',
  'sh-5.2$ ',
  '\u001b[0m\u001b[27mroot@ip-10-0-0-5:~# \u001b[K',
  'tcpdump: listening on enX0, link-type EN10MB (Ethernet), snapshot length 262144 bytes',
  '12 packets captured',
  'IP address: 10.0.0.1',
  '    10.0.0.1.1 > 10.0.0.2.2: UDP, length 3',
  '2023-11-14 22:13:20.000000',
  '2023-11-14 22:13:20.000000 ',
  '2023-11-14 22:13:20.000000 IP',
  '12:00:00.000001 IP (tos 0x0, ttl 64, id 7, offset 0, flags [DF], proto UDP (17), length 31)',
];
const packet = '2026-11-30 12:00:00.000001 IP 10.0.0.1.1 > 10.0.0.2.2: UDP, length 3';

const MAX_LINE_BYTES = 600;

/** A line as the wire or a terminal may bring it: whole, cut, two in one, with other bytes in it, or none of ours. */
const line: fc.Arbitrary<Uint8Array> = fc
  .oneof(
    fc.constantFrom(...printedLines).map(utf8),
    fc.constantFrom(...noise).map(utf8),
    fc.tuple(fc.constantFrom(...printedLines), fc.nat(120)).map(([text, end]) => utf8(text.slice(0, end))),
    fc.tuple(fc.constantFrom(...printedLines), fc.nat(120)).map(([text, start]) => utf8(text.slice(start))),
    fc
      .tuple(fc.constantFrom(...printedLines), fc.constantFrom(...printedLines), fc.nat(120))
      .map(([one, other, cut]) => utf8(one.slice(0, cut) + other)),
    fc
      .tuple(fc.constantFrom(...printedLines), fc.nat(80), fc.uint8Array({ maxLength: 5 }))
      .map(([text, at, bytes]) => Uint8Array.of(...utf8(text.slice(0, at)), ...bytes, ...utf8(text.slice(at + 3)))),
    fc.uint8Array({ maxLength: 80 }),
    fc.nat(2 * MAX_LINE_BYTES).map(length => utf8(`${packet}${'x'.repeat(length)}`)),
  )
  .map(bytes => bytes.filter(byte => byte !== 10));

const lineEnd = fc.constantFrom('\n', '\r\n').map(utf8);
const stream = fc.array(fc.tuple(line, lineEnd), { maxLength: 30 });
const cuts = fc.array(fc.nat(400), { maxLength: 12 });

function joined(lines: readonly (readonly [Uint8Array, Uint8Array])[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(lines.flat()));
}

/** The bytes in pieces of the sizes given, again and again; all at once without sizes. */
function* pieces(bytes: Uint8Array, sizes: readonly number[]): Generator<Uint8Array> {
  let start = 0;
  for (let index = 0; start < bytes.length; index++) {
    const size = sizes.length === 0 ? bytes.length : (sizes[index % sizes.length] as number) + 1;
    yield bytes.subarray(start, start + size);
    start += size;
  }
}

/** What of a line reaches us: not its CR, and no more than the limit. */
function shownLine(bytes: Uint8Array): string {
  const end = bytes.at(-1) === 13 ? bytes.length - 1 : bytes.length;
  return Buffer.from(bytes.subarray(0, Math.min(end, MAX_LINE_BYTES))).toString('latin1');
}

interface Told {
  readonly line: number;
  readonly kind: 'packet' | 'status' | 'text';
  readonly text: string;
}

function told(bytes: Uint8Array, sizes: readonly number[]): Told[] {
  const all: Told[] = [];
  const tell = (kind: Told['kind']) => (of: Uint8Array, start: number, end: number, lineNumber: number) =>
    all.push({ line: lineNumber, kind, text: Buffer.from(of.subarray(start, end)).toString('latin1') });
  const reader = new TcpdumpReader(
    {
      onPacket: (_fields, ...rest) => tell('packet')(...rest),
      onStatus: (_event, ...rest) => tell('status')(...rest),
      onText: tell('text'),
    },
    MAX_LINE_BYTES,
  );
  for (const piece of pieces(bytes, sizes)) reader.write(piece);
  reader.end();
  return all;
}

describe('any input to the reader', () => {
  it('is told whole and once, line by line and in order, wherever it is cut', () => {
    fc.assert(
      fc.property(stream, cuts, (lines, sizes) => {
        const bytes = joined(lines);
        const parts = told(bytes, sizes);
        const expected = lines.map(([content, end]) => shownLine(Uint8Array.of(...content, ...end.slice(0, -1))));
        let next = 1;
        for (const { line: number, kind, text } of parts) {
          assert.equal(number, next, JSON.stringify(text));
          const first = expected[next - 1] as string;
          const isPair = text !== first;
          if (isPair) {
            assert.equal(kind, 'packet');
            assert.equal(text, `${first} ${(expected[next] as string).slice(4)}`.slice(0, MAX_LINE_BYTES));
          }
          next += isPair ? 2 : 1;
        }
        assert.equal(next, lines.length + 1);
        assert.deepEqual(parts, told(bytes, []));
      }),
      { numRuns: 150 },
    );
  });

  it('never hides the packet behind it', () => {
    fc.assert(
      fc.property(stream, cuts, (lines, sizes) => {
        const last = told(joined([...lines, [utf8(packet), utf8('\n')]]), sizes).at(-1);
        assert.deepEqual(last, { line: lines.length + 1, kind: 'packet', text: packet });
      }),
      { numRuns: 100 },
    );
  });

  it('is a row, a word of tcpdump, or counted', () => {
    fc.assert(
      fc.property(stream, cuts, (lines, sizes) => {
        let statuses = 0;
        const pipeline = new CapturePipeline({ onStatus: () => statuses++ });
        const bytes = joined(lines);
        for (const piece of pieces(bytes, sizes)) pipeline.write(piece);
        pipeline.end();
        const rows = told(bytes, []);
        const empty = rows.filter(({ kind, text }) => kind === 'text' && text === '').length;
        assert.equal(pipeline.packets + statuses + pipeline.unparsedLines + empty, rows.length);
      }),
      { numRuns: 60 },
    );
  });

  it('takes no more memory for a line without an end', () => {
    const pipeline = new CapturePipeline({ rawBytes: 1024 * 1024 });
    const before = process.memoryUsage().arrayBuffers;
    const chunk = new Uint8Array(64 * 1024).fill(0x41);
    for (let index = 0; index < 1_000; index++) pipeline.write(chunk);
    pipeline.write(utf8(`\n${packet}\n`));
    const grownBytes = process.memoryUsage().arrayBuffers - before;
    assert.deepEqual([pipeline.packets, pipeline.unparsedLines], [1, 1]);
    assert.ok(grownBytes < 24 * 1024 * 1024, `${grownBytes} bytes more`);
  });
});
