/** One word of a display filter: `-key:value`, of which the value may stand in quotes. */
export interface FilterWord {
  readonly isNot: boolean;
  /** Letters in front of a colon, in lower case; empty without. */
  readonly key: string;
  /** What stands behind the key and its colon, without quotes. */
  readonly value: string;
  readonly isQuoted: boolean;
  /** Places of the whole word in the filter, the end excluded. */
  readonly start: number;
  readonly end: number;
}

const wordForm = /(-?)(?:([a-z]\w*):)?(?:"([^"]*)("|$)|(\S*))/giy;

/** The words of a filter; undefined where a quote is not closed, with the place where it opens. */
export function splitWords(text: string): readonly FilterWord[] | { readonly unclosedAt: number } {
  const words: FilterWord[] = [];
  let at = 0;
  while (at < text.length) {
    if (/\s/.test(text[at] as string)) {
      at++;
      continue;
    }
    wordForm.lastIndex = at;
    const match = wordForm.exec(text);
    if (!match) break;
    const [whole, minus, key = '', quoted, close, bare = ''] = match;
    if (close === '') return { unclosedAt: text.indexOf('"', at) };
    const end = at + whole.length;
    words.push({
      isNot: minus === '-',
      key: key.toLowerCase(),
      value: quoted ?? bare,
      isQuoted: quoted !== undefined,
      start: at,
      end,
    });
    at = end;
  }
  return words;
}
