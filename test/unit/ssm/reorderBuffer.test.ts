import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ReorderBuffer } from '../../../src/ssm/reorderBuffer';

function drain(buffer: ReorderBuffer<number>, into: number[]): void {
  for (let next = buffer.takeNext(); next !== undefined; next = buffer.takeNext()) into.push(next);
}

describe('reorder buffer', () => {
  it('delivers every number once and in order, whatever order and however often they come', () => {
    const arrivals = fc
      .integer({ min: 1, max: 60 })
      .chain(count => fc.tuple(fc.constant(count), fc.array(fc.nat(count - 1), { maxLength: 200 })))
      .chain(([count, extra]) =>
        fc.shuffledSubarray([...Array(count).keys(), ...extra], { minLength: count + extra.length }),
      );
    fc.assert(
      fc.property(arrivals, numbers => {
        const buffer = new ReorderBuffer<number>(1_000);
        const delivered: number[] = [];
        for (const number of numbers) {
          buffer.accept(number, number);
          drain(buffer, delivered);
        }
        assert.deepEqual(
          delivered,
          [...new Set(numbers)].sort((left, right) => left - right),
        );
      }),
    );
  });

  it('refuses early values when it is full, but never the expected one', () => {
    const buffer = new ReorderBuffer<string>(2);
    assert.equal(buffer.accept(5, 'f'), 'early');
    assert.equal(buffer.accept(3, 'd'), 'early');
    assert.equal(buffer.accept(4, 'e'), 'full');
    assert.equal(buffer.accept(5, 'f'), 'duplicate');
    assert.equal(buffer.accept(0, 'a'), 'expected');
  });

  it('skips a hole up to the earliest value and says how much is missing', () => {
    const buffer = new ReorderBuffer<string>(10);
    assert.equal(buffer.skipHole(), 0);
    buffer.accept(7, 'h');
    buffer.accept(4, 'e');
    assert.equal(buffer.skipHole(), 4);
    assert.equal(buffer.takeNext(), 'e');
    assert.equal(buffer.takeNext(), undefined);
    assert.equal(buffer.skipHole(), 2);
    assert.equal(buffer.takeNext(), 'h');
    assert.equal(buffer.hasHole, false);
  });
});
