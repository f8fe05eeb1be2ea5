import { part } from './elements';

/** Characters kept in the page; the host keeps more. */
const KEPT_CHARACTERS = 400_000;
/** So long a piece is laid out anew when text is added; the rest stays as it is. */
const BLOCK_CHARACTERS = 16_384;

/** A long text that grows at its end and is cut at its beginning: blocks of whole lines, of which only the last is ever changed. */
export class RawText {
  readonly #blocks: Text[] = [];
  #length = 0;
  #cutCharacters = 0;

  constructor(private readonly element: HTMLElement) {}

  /** The pieces in their order; a line never lies in two of them, unless it is longer than a piece. */
  get blocks(): readonly Text[] {
    return this.#blocks;
  }

  /** Characters that have made room, since the last `clear`. */
  get cutCharacters(): number {
    return this.#cutCharacters;
  }

  clear(): void {
    this.#blocks.length = 0;
    this.#length = 0;
    this.#cutCharacters = 0;
    this.element.replaceChildren();
  }

  add(text: string): void {
    let rest = text.slice(-KEPT_CHARACTERS);
    this.#length += rest.length;
    this.#cutCharacters += text.length - rest.length;
    while (rest !== '') {
      const block = this.#openBlock();
      const room = BLOCK_CHARACTERS - block.length;
      const lineEnd = rest.indexOf('\n', room - 1) + 1;
      const taken = lineEnd > 0 && rest.length > room ? lineEnd : rest.length;
      block.appendData(rest.slice(0, taken));
      rest = rest.slice(taken);
    }
    this.#trim();
  }

  /** The last block, or a new one behind it when it is full and its line has ended. */
  #openBlock(): Text {
    const last = this.#blocks.at(-1);
    if (last && !(last.length >= BLOCK_CHARACTERS && last.data.endsWith('\n'))) return last;
    const text = document.createTextNode('');
    const block = part('div', 'raw-block');
    block.append(text);
    this.element.append(block);
    this.#blocks.push(text);
    return text;
  }

  #trim(): void {
    while (this.#blocks.length > 1 && this.#length - (this.#blocks[0] as Text).length >= KEPT_CHARACTERS) {
      const first = this.#blocks.shift() as Text;
      this.#length -= first.length;
      this.#cutCharacters += first.length;
      first.parentElement?.remove();
    }
  }
}
