/** Splits a line for `read`: the last name gets the rest with its separators (POSIX read). */
export function interpretLine(
  text: string,
  options: { readonly isRaw: boolean; readonly names: readonly string[] },
  separators: string,
): { readonly fields: readonly string[] } {
  const characters = options.isRaw ? plain(text) : withoutEscapes(text);
  const isBlank = (at: number) => {
    const item = characters[at];
    return item !== undefined && !item.isQuoted && separators.includes(item.value) && /\s/.test(item.value);
  };
  const isSeparator = (at: number) => {
    const item = characters[at];
    return item !== undefined && !item.isQuoted && separators.includes(item.value);
  };
  const textBetween = (from: number, to: number) =>
    characters
      .slice(from, to)
      .map(item => item.value)
      .join('');
  if (options.names.length === 0) return { fields: [textBetween(0, characters.length)] };
  const fields: string[] = [];
  let at = 0;
  while (isBlank(at)) at++;
  while (fields.length < options.names.length - 1 && at < characters.length) {
    const start = at;
    while (at < characters.length && !isSeparator(at)) at++;
    fields.push(textBetween(start, at));
    while (isBlank(at)) at++;
    if (isSeparator(at) && !isBlank(at)) at++;
    while (isBlank(at)) at++;
  }
  let end = characters.length;
  while (end > at && isBlank(end - 1)) end--;
  fields.push(textBetween(at, end));
  return { fields };
}

interface Character {
  readonly value: string;
  readonly isQuoted: boolean;
}

function plain(text: string): Character[] {
  return [...text].map(value => ({ value, isQuoted: false }));
}

function withoutEscapes(text: string): Character[] {
  const result: Character[] = [];
  const all = [...text];
  for (let index = 0; index < all.length; index++) {
    const isEscape = all[index] === '\\' && index + 1 < all.length;
    result.push({ value: all[isEscape ? ++index : index] as string, isQuoted: isEscape });
  }
  return result;
}
