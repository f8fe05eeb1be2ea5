/** Shell patterns (POSIX, Shell Command Language 2.13) as regular expressions. */

export interface PatternPiece {
  readonly text: string;
  /** Quoted characters stand for themselves. */
  readonly isQuoted: boolean;
}

const classes: Readonly<Record<string, string>> = {
  alpha: 'a-zA-Z',
  digit: '0-9',
  alnum: 'a-zA-Z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9a-fA-F',
  print: ' -~',
  graph: '!-~',
  cntrl: '\\x00-\\x1f\\x7f',
};

export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** The source of a regular expression for a pattern; `*` and `?` do not match a slash when `isPath`. */
export function patternSource(
  pieces: readonly PatternPiece[],
  options: { isPath?: boolean; isLazy?: boolean } = {},
): string {
  const any = options.isPath ? '[^/]' : '[^]';
  const many = `${any}*${options.isLazy ? '?' : ''}`;
  return pieces.map(piece => (piece.isQuoted ? escapeRegExp(piece.text) : translate(piece.text, any, many))).join('');
}

function translate(pattern: string, any: string, many: string): string {
  let source = '';
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index] as string;
    if (character === '*') source += many;
    else if (character === '?') source += any;
    else if (character === '[') {
      const set = bracketAt(pattern, index);
      source += set?.source ?? '\\[';
      index += set ? set.length - 1 : 0;
    } else if (character === '\\' && index + 1 < pattern.length) source += escapeRegExp(pattern[++index] as string);
    else source += escapeRegExp(character);
  }
  return source;
}

function bracketAt(pattern: string, start: number): { readonly source: string; readonly length: number } | undefined {
  const match = /^\[([!^]?)(\]?(?:\[:[a-z]+:\]|[^\]])*)\]/.exec(pattern.slice(start));
  if (!match || match[2] === '') return undefined;
  const body = (match[2] as string).replace(
    /\[:([a-z]+):\]|(.)-(.)|[\\\][^]/gsu,
    (text, name?: string, first?: string, last?: string) => {
      if (name) return classes[name] ?? '';
      return first && last ? range(first, last) : `\\${text}`;
    },
  );
  return { source: `[${match[1] ? '^' : ''}${body}]`, length: match[0].length };
}

/** One that runs backwards holds nothing; the rest of its set still counts (bash: lib/glob/sm_loop.c, BRACKMATCH). */
function range(first: string, last: string): string {
  return first > last ? '' : `${escapeRegExp(first)}-${escapeRegExp(last)}`;
}

export function matchesPattern(text: string, pieces: readonly PatternPiece[]): boolean {
  return new RegExp(`^(?:${patternSource(pieces)})$`, 'u').test(text);
}

export function hasPatternCharacters(pieces: readonly PatternPiece[]): boolean {
  return pieces.some(piece => !piece.isQuoted && /[*?[]/.test(piece.text));
}
