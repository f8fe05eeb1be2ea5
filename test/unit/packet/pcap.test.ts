import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readPcap, writePcap } from '../../../src/packet/pcap';
import { anyPayload } from '../../support/packets';

const anyRecords = fc.array(
  fc.record({ timeMicros: fc.integer({ min: 0, max: 4e15 }), bytes: anyPayload, more: fc.nat(100) }),
  { maxLength: 8 },
);

const written = (records: readonly { timeMicros: number; bytes: Uint8Array; more: number }[]) =>
  records.map(({ timeMicros, bytes, more }) => ({ timeMicros, bytes, originalBytes: bytes.length + more }));

describe('pcap files', () => {
  it('read back as written', () => {
    fc.assert(
      fc.property(anyRecords, fc.nat(300), (records, linkType) => {
        const file = readPcap(writePcap(written(records), { linkType, snapLength: 96 }))!;
        assert.deepEqual(file, { linkType, snapLength: 96, records: written(records), isCut: false });
      }),
    );
  });

  it('give the whole records before a cut', () => {
    const records = written(
      [1, 2, 3].map(number => ({ timeMicros: number, bytes: new Uint8Array(10).fill(number), more: 0 })),
    );
    const bytes = writePcap(records);
    for (let length = 0; length < bytes.length; length++) {
      const file = readPcap(bytes.subarray(0, length));
      assert.equal(file?.records.length, length < 24 ? undefined : Math.floor((length - 24) / 26));
      if (file) assert.equal(file.isCut, (length - 24) % 26 !== 0);
    }
  });

  it('are read in the other byte order and with nanoseconds', () => {
    const bytes = new Uint8Array(24 + 16 + 2);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, 0xa1b23c4d);
    view.setUint32(20, 113);
    view.setUint32(24, 5);
    view.setUint32(28, 123_456_789);
    view.setUint32(32, 2);
    view.setUint32(36, 60);
    const file = readPcap(bytes)!;
    assert.deepEqual(
      [file.linkType, file.records[0]?.timeMicros, file.records[0]?.originalBytes],
      [113, 5_123_456, 60],
    );
  });

  it('are told from other files', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), bytes => assert.equal(readPcap(bytes), undefined)));
  });
});
