/** The stream's text as it came, bounded: what is not fetched in time, and old text, make room. */
export class RawText {
  readonly #maxCharacters: number;
  readonly #decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  #kept: string[] = [];
  #keptCharacters = 0;
  #news: string[] = [];
  #newCharacters = 0;

  constructor(maxCharacters = 4 * 1024 * 1024) {
    this.#maxCharacters = maxCharacters;
  }

  append(chunk: Uint8Array): void {
    const text = this.#decoder.decode(chunk, { stream: true });
    if (text === '') return;
    this.#kept.push(text);
    this.#keptCharacters = trim(this.#kept, this.#keptCharacters + text.length, this.#maxCharacters);
    this.#news.push(text);
    this.#newCharacters = trim(this.#news, this.#newCharacters + text.length, this.#maxCharacters);
  }

  /** Text since the last call. */
  take(): string {
    const text = this.#news.join('');
    this.#news = [];
    this.#newCharacters = 0;
    return text;
  }

  /** Everything that is still held. */
  all(): string {
    return this.#kept.join('');
  }

  clear(): void {
    this.#kept = [];
    this.#keptCharacters = 0;
    this.take();
  }
}

/** Drops parts from the front until the limit holds (the last part stays) and says how many characters are left. */
function trim(parts: string[], characters: number, limit: number): number {
  let left = characters;
  let dropped = 0;
  while (left > limit && dropped < parts.length - 1) left -= (parts[dropped++] as string).length;
  if (dropped > 0) parts.splice(0, dropped);
  return left;
}
