/** Gives unstable words of one kind a number each, in the order in which they appear: the same word keeps its number. */
export function numbered(text: string, form: RegExp, label: (word: string) => string): string {
  const seen = new Map<string, string>();
  return text.replace(form, word => {
    const mask = seen.get(word) ?? `${label(word)}${seen.size + 1}`;
    seen.set(word, mask);
    return mask;
  });
}
