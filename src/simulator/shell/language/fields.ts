import type { PatternPiece } from './pattern';

/** Gathers expanded pieces into fields and splits unquoted results at IFS (POSIX, Shell Command Language 2.6.5). */
export class Fields {
  readonly #fields: PatternPiece[][] = [];
  #current: PatternPiece[] = [];
  #hasContent = false;
  readonly #blanks: string;
  readonly #others: string;

  constructor(separators: string) {
    this.#blanks = [...separators].filter(character => ' \t\n'.includes(character)).join('');
    this.#others = [...separators].filter(character => !' \t\n'.includes(character)).join('');
  }

  add(text: string, isQuoted: boolean): void {
    if (isQuoted || text !== '') this.#hasContent = true;
    if (text !== '') this.#current.push({ text, isQuoted });
  }

  /** Quotes make an empty field a field; a quoted list without elements does not. */
  markQuoted(isEmptyList: boolean): void {
    if (!isEmptyList) this.#hasContent = true;
  }

  addSplit(text: string): void {
    let run = '';
    for (let index = 0; index < text.length; index++) {
      const character = text[index] as string;
      if (!this.#blanks.includes(character) && !this.#others.includes(character)) {
        run += character;
        continue;
      }
      this.add(run, false);
      run = '';
      index = this.#separateAt(text, index);
    }
    this.add(run, false);
  }

  /** One separator: blanks around at most one other character. Gives the index of its last character. */
  #separateAt(text: string, start: number): number {
    let index = start;
    while (this.#blanks.includes(text[index] ?? '\0')) index++;
    const isHard = this.#others.includes(text[index] ?? '\0');
    if (isHard) {
      index++;
      while (this.#blanks.includes(text[index] ?? '\0')) index++;
      this.#hasContent = true;
    }
    this.breakField();
    return index - 1;
  }

  breakField(): void {
    if (this.#hasContent) this.#fields.push(this.#current);
    this.#current = [];
    this.#hasContent = false;
  }

  finish(): readonly (readonly PatternPiece[])[] {
    this.breakField();
    return this.#fields;
  }
}
