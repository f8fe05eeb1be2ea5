import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ByteQueue } from '../../../../../src/simulator/network/tcp/byteQueue';

describe('a byte queue', () => {
  it('behaves as one long array does', () => {
    const step = fc.oneof(
      fc.record({ push: fc.uint8Array({ maxLength: 20 }) }),
      fc.record({ drop: fc.nat(30) }),
      fc.record({ copy: fc.tuple(fc.nat(30), fc.nat(30)) }),
    );
    fc.assert(
      fc.property(fc.array(step), steps => {
        const queue = new ByteQueue();
        let model: number[] = [];
        for (const one of steps) {
          if ('push' in one) {
            queue.push(one.push);
            model.push(...one.push);
          } else if ('drop' in one) {
            queue.drop(one.drop);
            model = model.slice(one.drop);
          } else {
            const [offset, length] = one.copy;
            assert.deepEqual([...queue.copy(offset, length)], model.slice(offset, offset + length));
          }
          assert.equal(queue.length, model.length);
        }
      }),
    );
  });
});
