import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileWildcards, matchesWildcards } from '../../../../src/simulator/world/wildcards';

const alphabet = fc.constantFrom('a', 'b', '.', '😀', '\n', '\\');

/** The same rule as a regular expression: right, and slow where stars abound. */
function oracle(pattern: string): RegExp {
  const source = [...pattern].map(mark =>
    mark === '*' ? '.*' : mark === '?' ? '.' : mark.replace(/[.\\]/, match => `\\${match}`),
  );
  return new RegExp(`^${source.join('')}$`, 'su');
}

describe('wildcards', () => {
  it('take everything but stars and question marks literally', () => {
    assert.ok(matchesWildcards('a.b*?', 'a.bcd'));
    assert.ok(!matchesWildcards('a.b', 'aXb'));
    assert.ok(matchesWildcards('(a)[b]', '(a)[b]'));
  });

  it('agree with the regular expression that they stand for', () => {
    const text = fc.string({ unit: alphabet, maxLength: 8 });
    const pattern = fc.string({ unit: fc.oneof(alphabet, fc.constantFrom('*', '?')), maxLength: 8 });
    fc.assert(
      fc.property(pattern, text, (like, value) => matchesWildcards(like, value) === oracle(like).test(value)),
      { numRuns: 2000 },
    );
  });

  it('lose their meaning behind a backslash where escapes are allowed', () => {
    assert.ok(compileWildcards('a\\*', true)('a*'));
    assert.ok(!compileWildcards('a\\*', true)('ab'));
    assert.ok(compileWildcards('\\\\?', true)('\\x'));
    assert.ok(compileWildcards('\\x', true)('\\x'));
    assert.ok(compileWildcards('a\\*')('a\\bc'));
  });

  it('answer at once where many stars find nothing', () => {
    const isLike = compileWildcards(`${'*a'.repeat(60)}*b`);
    assert.ok(!isLike('a'.repeat(255)));
  });
});
