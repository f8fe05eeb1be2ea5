import { ShellError } from './flow';
import type { PartOf, WordNode, WordPart } from './syntax';

/** Longer ranges are refused, so that a slip of the finger does not fill memory. */
const maxAlternatives = 100_000;

/** `a{1,2}b` as `a1b a2b`; a word without braces as itself. */
export function expandBraces(word: WordNode): readonly WordNode[] {
  const at = word.parts.findIndex(part => part.type === 'BraceExpansion');
  if (at < 0) return [word];
  const before = word.parts.slice(0, at);
  const rest = expandBraces({ type: 'Word', parts: word.parts.slice(at + 1) });
  return alternativesOf(word.parts[at] as PartOf<'BraceExpansion'>).flatMap(middle =>
    rest.map(end => ({ type: 'Word' as const, parts: [...before, ...middle, ...end.parts] })),
  );
}

function alternativesOf(part: PartOf<'BraceExpansion'>): readonly (readonly WordPart[])[] {
  return part.items.flatMap((item): readonly (readonly WordPart[])[] => {
    if (item.type === 'Word') return expandBraces(item.word).map(word => word.parts);
    return rangeTexts(item).map(value => [{ type: 'Literal' as const, value }]);
  });
}

function rangeTexts(range: Extract<PartOf<'BraceExpansion'>['items'][number], { type: 'Range' }>): string[] {
  const isLetters = typeof range.start === 'string';
  const first = isLetters ? String(range.start).charCodeAt(0) : Number(range.start);
  const last = isLetters ? String(range.end).charCodeAt(0) : Number(range.end);
  const step = Math.max(1, Math.abs(range.step ?? 1));
  const count = Math.floor(Math.abs(last - first) / step) + 1;
  if (count > maxAlternatives) throw new ShellError('brace expansion: failed to allocate memory');
  const width = [range.startStr, range.endStr].some(text => /^-?0\d/.test(text ?? ''))
    ? Math.max(range.startStr?.length ?? 0, range.endStr?.length ?? 0)
    : 0;
  return Array.from({ length: count }, (_, index) => {
    const value = first + (last >= first ? index : -index) * step;
    return isLetters ? String.fromCharCode(value) : padded(value, width);
  });
}

function padded(value: number, width: number): string {
  return value < 0 ? `-${String(-value).padStart(width - 1, '0')}` : String(value).padStart(width, '0');
}
