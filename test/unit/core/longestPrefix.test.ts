import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Cidr, cidrAround, contains } from '../../../src/core/ipv4';
import { longestPrefixTable } from '../../../src/core/longestPrefix';

const anyAddress = fc.integer({ min: 0, max: 2 ** 32 - 1 });
/** Few distinct bits, so that ranges nest and meet. */
const crowdedAddress = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 255 }))
  .map(([a, b]) => a * 2 ** 30 + b * 2 ** 14 + b);
const anyRange = fc
  .tuple(fc.oneof(anyAddress, crowdedAddress), fc.integer({ min: 0, max: 32 }))
  .map(([a, n]) => cidrAround(a, n));

function naive(ranges: readonly Cidr[], address: number): number | undefined {
  let best: number | undefined;
  ranges.forEach((range, i) => {
    if (contains(range, address) && (best === undefined || range.prefixLength > ranges[best]!.prefixLength)) best = i;
  });
  return best;
}

function agree(ranges: readonly Cidr[], addresses: readonly number[]): void {
  const table = longestPrefixTable(ranges.map((range, value) => ({ range, value })));
  for (const address of addresses) assert.equal(table.lookup(address), naive(ranges, address));
}

describe('longest-prefix match', () => {
  it('agrees with looking at every range, at random addresses and at every border', () => {
    fc.assert(
      fc.property(fc.array(anyRange, { maxLength: 80 }), fc.array(anyAddress, { maxLength: 20 }), (ranges, extra) => {
        const borders = ranges.flatMap(({ first, last }) => [
          first,
          last,
          Math.max(0, first - 1),
          Math.min(2 ** 32 - 1, last + 1),
        ]);
        agree(ranges, [...extra, ...borders]);
      }),
      { numRuns: 300 },
    );
  });

  it('gives the first of two equal ranges', () => {
    agree([cidrAround(0, 8), cidrAround(0, 8)], [1]);
  });

  it('knows nothing without ranges', () => {
    agree([], [0, 2 ** 32 - 1]);
  });

  it('covers the whole space with 0.0.0.0/0', () => {
    agree([cidrAround(0, 0), cidrAround(2 ** 32 - 1, 32)], [0, 2 ** 31, 2 ** 32 - 1]);
  });
});
