import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readCaptureFile } from '../../../src/packet/captureFile';
import { writePcap } from '../../../src/packet/pcap';
import { type PcapngFile, readPcapng, writePcapng } from '../../../src/packet/pcapng';

const anyText = fc.option(fc.string({ unit: 'grapheme', maxLength: 12 }), { nil: undefined });

const anyFile: fc.Arbitrary<PcapngFile> = fc
  .array(fc.record({ linkType: fc.constantFrom(1, 276), snapLength: fc.nat(262_144), name: anyText }), {
    minLength: 1,
    maxLength: 3,
  })
  .chain(interfaces =>
    fc
      .array(
        fc.record({
          timeMicros: fc.nat(2 ** 31).map(seconds => seconds * 1_000_000 + 654_321),
          nanos: fc.constantFrom(0, 7, 999),
          bytes: fc.uint8Array({ maxLength: 40 }),
          originalBytes: fc.nat(70_000),
          interfaceIndex: fc.nat(interfaces.length - 1),
          direction: fc.constantFrom('in' as const, 'out' as const, undefined),
          comment: anyText,
        }),
        { maxLength: 5 },
      )
      .map(records => ({ interfaces, records, problem: undefined })),
  );

/** The same file with every number the other way round: blocks of words, as the writer makes them, without packets. */
function swapped(bytes: Uint8Array): Uint8Array {
  const swap = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) swap[at] = bytes[(at & ~3) + 3 - (at & 3)]!;
  return swap;
}

describe('pcapng files', () => {
  it('read back as written, with names, directions, comments and nanoseconds', () => {
    fc.assert(
      fc.property(anyFile, file => {
        const read = readPcapng(writePcapng(file))!;
        assert.equal(read.problem, undefined);
        assert.deepEqual(JSON.parse(JSON.stringify(read)), JSON.parse(JSON.stringify(file)));
      }),
    );
  });

  it('are read in the other byte order', () => {
    const bytes = swapped(writePcapng({ interfaces: [{}], records: [] }));
    // Link type and version are two numbers of 16 bits each in a word: swapping words exchanges them.
    bytes.set([0, 1, 0, 0], 12);
    bytes.set([0, 1, 0, 0], 36);
    assert.deepEqual(readPcapng(bytes), {
      interfaces: [{ linkType: 1, snapLength: 262_144, name: undefined }],
      records: [],
      problem: undefined,
    });
  });

  it('keep what stands before the place where they are cut, and say where that is', () => {
    const record = { timeMicros: 1, bytes: Uint8Array.of(1, 2, 3) };
    const whole = writePcapng({ interfaces: [{ name: 'enX0' }], records: [record, record] });
    for (let length = 28; length < whole.length; length++) {
      const read = readPcapng(whole.subarray(0, length))!;
      assert.ok(read.records.length < 2);
      const isBetweenBlocks = length === 28 || read.problem === undefined;
      assert.ok(isBetweenBlocks || /^the file ends in a block at byte \d+$/.test(read.problem ?? ''), String(length));
    }
    assert.equal(readPcapng(whole.subarray(0, 27)), undefined);
  });

  it('are refused block by block when lengths contradict each other', () => {
    const bytes = writePcapng({ interfaces: [{}], records: [{ timeMicros: 1, bytes: new Uint8Array(4) }] });
    bytes[bytes.length - 4] = 4;
    assert.equal(readPcapng(bytes)!.problem, 'a block with two lengths at byte 48');
    bytes[32] = 7;
    assert.equal(readPcapng(bytes)!.problem, 'a block of 7 bytes at byte 28');
  });

  it('never throw, whatever their bytes are', () => {
    const whole = writePcapng({
      interfaces: [{ name: 'enX0' }],
      records: [{ timeMicros: 5, nanos: 1, bytes: new Uint8Array(9), comment: 'here', direction: 'in' }],
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }), changes => {
        const bytes = whole.slice();
        for (const [at, octet] of changes) bytes[at] = octet;
        readPcapng(bytes);
      }),
      { numRuns: 1000 },
    );
  });

  it('are told from classic ones', () => {
    const records = [{ timeMicros: 3, bytes: Uint8Array.of(9) }];
    assert.equal(readCaptureFile(writePcapng({ interfaces: [{ linkType: 276 }], records }))!.linkType, 276);
    assert.deepEqual(readCaptureFile(writePcap(records))!.records[0]!.bytes, Uint8Array.of(9));
    assert.equal(readCaptureFile(new Uint8Array(100)), undefined);
  });
});
