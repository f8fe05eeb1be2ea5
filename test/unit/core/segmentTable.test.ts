import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SegmentTable } from '../../../src/core/segmentTable';

const LAST = 2 ** 32 - 1;
const anyAddress = fc.integer({ min: 0, max: LAST });
/** Few distinct bits, so that segments crowd into some stretches and leave others empty. */
const crowdedAddress = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 255 }))
  .map(([a, b]) => a * 2 ** 30 + b * 2 ** 14 + b);

function agree(borders: readonly number[], addresses: readonly number[]): void {
  const starts = [...new Set([0, ...borders])].sort((a, b) => a - b);
  const table = new SegmentTable(Uint32Array.from(starts), starts);
  for (const address of addresses) {
    assert.equal(
      table.lookup(address),
      starts.findLast(start => start <= address),
    );
  }
}

describe('values by segment of the address space', () => {
  it('agree with looking at every segment, at random addresses and at every border', () => {
    const anyBorders = fc.array(fc.oneof(anyAddress, crowdedAddress), { maxLength: 80 });
    fc.assert(
      fc.property(anyBorders, fc.array(anyAddress, { maxLength: 20 }), (borders, extra) => {
        const around = borders.flatMap(border => [border, Math.max(0, border - 1), Math.min(LAST, border + 1)]);
        agree(borders, [0, LAST, ...extra, ...around]);
      }),
      { numRuns: 300 },
    );
  });

  it('are refused when they do not cover the space from 0', () => {
    assert.throws(() => new SegmentTable(Uint32Array.of(1), ['a']), RangeError);
    assert.throws(() => new SegmentTable(Uint32Array.of(0, 1), ['a']), RangeError);
  });
});
