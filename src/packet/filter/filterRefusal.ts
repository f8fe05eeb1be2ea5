import { MAX_FILTER_LENGTH } from '../../core/captureFilter';
import type { FilterPlace } from './filterError';

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** What makes an expression one that must not reach a shell, whatever it means: control characters, a dash in front, which would make it an option, and too many characters. */
export function filterRefusal(text: string): FilterPlace | undefined {
  const dash = /^\s*-/.exec(text);
  if (dash) return { start: dash[0].length - 1, end: dash[0].length };
  const control = CONTROL.exec(text);
  if (control) return { start: control.index, end: control.index + 1 };
  return text.length > MAX_FILTER_LENGTH ? { start: MAX_FILTER_LENGTH, end: text.length } : undefined;
}

/** The first parenthesis that closes none, or the last that is not closed: it could undo what is put behind the expression. */
export function unpairedParenthesis(text: string): FilterPlace | undefined {
  const open: number[] = [];
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '(') open.push(at);
    else if (text[at] === ')' && open.pop() === undefined) return { start: at, end: at + 1 };
  }
  const last = open.at(-1);
  return last === undefined ? undefined : { start: last, end: last + 1 };
}
