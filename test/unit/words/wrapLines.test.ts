import assert from 'node:assert/strict';
import fc from 'fast-check';
import { wrapLines } from '../../../src/words/wrapLines';

describe('a text in lines', () => {
  it('is broken between words', () => {
    assert.deepEqual(wrapLines('one two three four', 9), ['one two', 'three', 'four']);
    assert.deepEqual(wrapLines('one two', 7), ['one two']);
    assert.deepEqual(wrapLines('', 7), ['']);
  });

  it('loses nothing, and is no wider than asked but for words that are', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,12}$/)), fc.integer({ min: 1, max: 20 }), (words, width) => {
        const lines = wrapLines(words.join(' '), width);
        assert.equal(lines.join(' '), words.join(' '));
        for (const line of lines) assert.ok(line.length <= width || !line.includes(' '), line);
      }),
    );
  });
});
