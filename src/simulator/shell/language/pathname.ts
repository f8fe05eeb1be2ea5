import type { IFileSystem } from 'just-bash/browser';
import { hasPatternCharacters, type PatternPiece, patternSource } from './pattern';

/** The files that a pattern names, sorted; none when nothing matches (POSIX, Shell Command Language 2.13.3). */
export async function expandPathname(
  files: IFileSystem,
  workingDirectory: string,
  pattern: readonly PatternPiece[],
): Promise<readonly string[]> {
  const segments = splitAtSlashes(pattern);
  const isAbsolute = segments.length > 1 && textOf(segments[0] ?? []) === '';
  let found = [isAbsolute ? '/' : ''];
  for (const [index, segment] of segments.entries()) {
    if (index === 0 && isAbsolute) continue;
    const isLast = index === segments.length - 1;
    const next = await Promise.all(found.map(prefix => matchSegment(files, workingDirectory, prefix, segment, isLast)));
    found = next.flat();
  }
  return found.sort();
}

function splitAtSlashes(pattern: readonly PatternPiece[]): PatternPiece[][] {
  const segments: PatternPiece[][] = [[]];
  for (const piece of pattern) {
    piece.text.split('/').forEach((text, index) => {
      if (index > 0) segments.push([]);
      if (text !== '') segments.at(-1)?.push({ text, isQuoted: piece.isQuoted });
    });
  }
  return segments;
}

async function matchSegment(
  files: IFileSystem,
  workingDirectory: string,
  prefix: string,
  segment: readonly PatternPiece[],
  isLast: boolean,
): Promise<string[]> {
  const end = isLast ? '' : '/';
  const directory = files.resolvePath(workingDirectory, prefix === '' ? '.' : prefix);
  if (!hasPatternCharacters(segment)) {
    const path = prefix + textOf(segment);
    return (await files.exists(files.resolvePath(workingDirectory, path || '.'))) ? [path + end] : [];
  }
  const expression = new RegExp(`^${patternSource(segment, { isPath: true })}$`, 'u');
  const wantsHidden = textOf(segment).startsWith('.');
  const names = await files.readdir(directory).catch(() => []);
  const matching = names.filter(name => (wantsHidden || !name.startsWith('.')) && expression.test(name));
  return matching.map(name => prefix + name + end);
}

function textOf(pieces: readonly PatternPiece[]): string {
  return pieces.map(piece => piece.text).join('');
}
