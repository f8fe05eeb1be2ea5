const BLANK = /[ \t\r\n]/;

/** A command line that cannot be split; the message is the agent's. */
export class SplitFailure extends Error {}

/**
 * Splits a command line as the agent does for non-interactive commands: quotes, backslashes and comments as in a shell, but no expansion
 * (aws/amazon-ssm-agent:agent/session/shell with google/shlex). Throws a {@link SplitFailure} for an open quote or a backslash at the end.
 */
export function splitCommand(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  const characters = [...line];
  for (let index = 0; index < characters.length; index++) {
    const character = characters[index] as string;
    if (character === '\\' && quote !== "'") {
      if (++index >= characters.length) throw new SplitFailure('EOF found after escape character');
      word = (word ?? '') + characters[index];
    } else if (quote !== '') {
      if (character === quote) quote = '';
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      word ??= '';
    } else if (BLANK.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === '#' && word === undefined) {
      while (index + 1 < characters.length && characters[index + 1] !== '\n') index++;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote !== '') throw new SplitFailure('EOF found when expecting closing quote');
  if (word !== undefined) words.push(word);
  return words;
}
