import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Chance } from '../../../src/simulator/chance';

describe('Chance', () => {
  it('repeats itself for the same seed', () => {
    fc.assert(
      fc.property(fc.string(), seed => {
        assert.deepEqual(new Chance(seed).bytes(16), new Chance(seed).bytes(16));
      }),
    );
  });

  it('forks without regard to what was drawn before', () => {
    const used = new Chance('seed');
    used.bytes(100);
    assert.equal(used.fork('a').hex(17), new Chance('seed').fork('a').hex(17));
    assert.notEqual(used.fork('a').hex(17), used.fork('b').hex(17));
  });

  it('stays within both ends and reaches them', () => {
    const chance = new Chance(1);
    const seen = new Set(Array.from({ length: 400 }, () => chance.between(3, 6)));
    assert.deepEqual([...seen].sort(), [3, 4, 5, 6]);
  });

  it('makes version 4 UUIDs and hex of the length asked for', () => {
    const chance = new Chance('ids');
    assert.match(chance.uuid(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.match(chance.hex(17), /^[0-9a-f]{17}$/);
  });
});
