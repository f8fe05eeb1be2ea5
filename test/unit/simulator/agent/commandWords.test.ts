import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SplitFailure, splitCommand } from '../../../../src/simulator/agent/commandWords';

describe('splitting a command line as the agent does', () => {
  const lines: readonly [string, readonly string[]][] = [
    ['', []],
    ['  ls \t -l\n', ['ls', '-l']],
    [`a 'b  c' "d \\" e" f\\ g`, ['a', 'b  c', 'd " e', 'f g']],
    [`one"two"'three'`, ['onetwothree']],
    [`'' ""`, ['', '']],
    [`'a\\b' "a\\\\b" "a\\nb"`, ['a\\b', 'a\\b', 'anb']],
    ['a # comment\nb#c', ['a', 'b#c']],
    ['$x *.txt |; && > é', ['$x', '*.txt', '|;', '&&', '>', 'é']],
  ];
  for (const [line, words] of lines) {
    it(`takes ${JSON.stringify(line)} apart`, () => {
      assert.deepEqual(splitCommand(line), words);
    });
  }

  for (const line of [`'open`, `"open`, `a "b\\"`, 'end\\']) {
    it(`refuses ${JSON.stringify(line)}`, () => {
      assert.throws(() => splitCommand(line), SplitFailure);
    });
  }

  it('gives back whatever was quoted', () => {
    const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;
    fc.assert(
      fc.property(fc.array(fc.string()), words => {
        assert.deepEqual(splitCommand(words.map(quoted).join(' ')), words);
      }),
    );
  });
});
