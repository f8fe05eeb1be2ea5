import assert from 'node:assert/strict';
import { remember } from '../../../src/base/remember';

describe('a function that remembers', () => {
  it('makes each result once, also one that is undefined', () => {
    const asked: string[] = [];
    const lengths = remember(10, text => {
      asked.push(text);
      return text === '' ? undefined : text.length;
    });
    assert.deepEqual([lengths('ab'), lengths('ab'), lengths(''), lengths('')], [2, 2, undefined, undefined]);
    assert.deepEqual(asked, ['ab', '']);
  });

  it('holds no more than it may', () => {
    let made = 0;
    const count = remember(2, () => ++made);
    assert.deepEqual([count('a'), count('b'), count('c'), count('a'), count('c')], [1, 2, 3, 4, 3]);
  });
});
