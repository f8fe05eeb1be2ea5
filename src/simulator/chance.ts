const encoder = new TextEncoder();

/** FNV-1a over the text, with a final mix so that near seeds start far apart. */
function seedFrom(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of encoder.encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Chance that repeats itself: the same seed gives the same numbers. Nothing here is fit for secrets. */
export class Chance {
  readonly #seed: string;
  #state: number;

  constructor(seed: number | string) {
    this.#seed = String(seed);
    this.#state = seedFrom(this.#seed);
  }

  /** A source of its own, given by seed and label only: independent of what was drawn before. */
  fork(label: string): Chance {
    return new Chance(`${this.#seed}/${label}`);
  }

  /** splitmix32. */
  nextUint32(): number {
    this.#state = (this.#state + 0x9e3779b9) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.nextUint32() >>> 24);
  }

  /** `digits` lower-case hex digits. */
  hex(digits: number): string {
    return this.text('0123456789abcdef', digits);
  }

  /** `length` characters, each from the alphabet. */
  text(alphabet: string, length: number): string {
    let text = '';
    for (let index = 0; index < length; index++) text += alphabet[this.between(0, alphabet.length - 1)];
    return text;
  }

  /** Version 4 form (RFC 9562). */
  uuid(): string {
    const variant = '89ab'[this.between(0, 3)];
    return `${this.hex(8)}-${this.hex(4)}-4${this.hex(3)}-${variant}${this.hex(3)}-${this.hex(12)}`;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor((this.nextUint32() / 2 ** 32) * (most - least + 1));
  }
}
