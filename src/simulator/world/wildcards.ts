import { remember } from '../../base/remember';

/** Without a character it is any one of them. */
interface Part {
  readonly isStar: boolean;
  readonly character: string | undefined;
}

/**
 * A test for texts that are like a pattern: `*` stands for any text, `?` for one character, everything else for itself; where escapes are
 * allowed, a backslash before `*`, `?` or another backslash takes their meaning away. Time grows with pattern times text at most.
 */
export function compileWildcards(pattern: string, hasEscapes = false): (text: string) => boolean {
  const parts = partsOf(pattern, hasEscapes);
  return text => isLike(parts, [...text]);
}

/** Policies and faults ask for the same few patterns at every call. */
const compiled = remember(1_000, pattern => compileWildcards(pattern));

export function matchesWildcards(pattern: string, text: string): boolean {
  return compiled(pattern)(text);
}

function partsOf(pattern: string, hasEscapes: boolean): readonly Part[] {
  const form = hasEscapes ? /\\[*?\\]|./gsu : /./gsu;
  return [...pattern.matchAll(form)].map(([found]): Part => {
    if (found === '*' || found === '?') return { isStar: found === '*', character: undefined };
    return { isStar: false, character: found.length > 1 && found.startsWith('\\') ? found.slice(1) : found };
  });
}

/** Takes each `*` for as little as possible; only the last one ever needs to give more. */
function isLike(parts: readonly Part[], characters: readonly string[]): boolean {
  let part = 0;
  let at = 0;
  let afterStar = -1;
  let starAt = 0;
  while (at < characters.length) {
    const wanted = parts[part];
    if (wanted?.isStar) {
      afterStar = ++part;
      starAt = at;
    } else if (wanted && (wanted.character ?? characters[at]) === characters[at]) {
      part++;
      at++;
    } else if (afterStar >= 0) {
      part = afterStar;
      at = ++starAt;
    } else return false;
  }
  return parts.slice(part).every(({ isStar }) => isStar);
}
