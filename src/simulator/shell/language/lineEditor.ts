/** Editing a command line as readline does with its emacs keys; without a screen of its own, only keys in and text out. */

export type EditorEvent = { readonly kind: 'line'; readonly text: string } | { readonly kind: 'endOfInput' };

export interface KeyResult {
  /** What the screen gets. */
  readonly output: string;
  readonly event?: EditorEvent;
}

/** Lines given before, oldest first. */
export class CommandHistory {
  readonly lines: string[] = [];

  add(line: string): void {
    if (line.trim() === '' || line === this.lines.at(-1)) return;
    this.lines.push(line);
    if (this.lines.length > 500) this.lines.shift();
  }
}

const control = (letter: string) => String.fromCharCode(letter.charCodeAt(0) & 0x1f);
const escapeKey = '\x1b';
const backspaces = new Set(['\x7f', '\b']);

/** Sequences of keys that have no character (xterm). */
const sequences: Readonly<Record<string, string>> = {
  A: control('P'),
  B: control('N'),
  C: control('F'),
  D: control('B'),
  H: control('A'),
  F: control('E'),
  '1~': control('A'),
  '4~': control('E'),
  '3~': 'delete',
};

export class LineEditor {
  #characters: string[] = [];
  #cursor = 0;
  #historyAt: number;
  #draft = '';
  #cut = '';
  /** What has come after the escape key. */
  #sequence = '';
  #isEscaped = false;
  #utf8: number[] = [];

  constructor(
    private readonly prompt: string,
    private readonly history: CommandHistory,
    /** 0: unknown; the line then counts as never wrapping. */
    private readonly columns: number,
    /** False when the terminal's echo is off. */
    private readonly echoes: boolean,
  ) {
    this.#historyAt = history.lines.length;
  }

  get isEmpty(): boolean {
    return this.#characters.length === 0;
  }

  /** One byte from the keyboard. */
  key(byte: number): KeyResult {
    const character = this.#decode(byte);
    if (character === undefined) return { output: '' };
    const result = this.#press(character);
    return this.echoes ? result : { ...result, output: result.event ? result.output : '' };
  }

  /** Characters come in one to four bytes (RFC 3629). */
  #decode(byte: number): string | undefined {
    if (byte < 0x80) return String.fromCharCode(byte);
    this.#utf8.push(byte);
    const first = this.#utf8[0] as number;
    const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (this.#utf8.length < length) return undefined;
    const character = new TextDecoder().decode(Uint8Array.from(this.#utf8));
    this.#utf8 = [];
    return character;
  }

  #press(character: string): KeyResult {
    if (this.#isEscaped || character === escapeKey) return this.#continueSequence(character);
    if (character === '\n' || character === '\r') return this.#finish();
    if (character === control('D') && this.isEmpty) return { output: '', event: { kind: 'endOfInput' } };
    if (backspaces.has(character)) return this.#delete(this.#cursor - 1, this.#cursor);
    return character < ' ' ? this.#perform(character) : this.#insert(character);
  }

  #continueSequence(character: string): KeyResult {
    this.#sequence += character === escapeKey ? '' : character;
    this.#isEscaped = /^(?:[[O][0-9;]*)?$/.test(this.#sequence);
    if (this.#isEscaped) return { output: '' };
    const name = this.#sequence.replace(/^[[O](?:1;\d)?/, '');
    this.#sequence = '';
    const command = sequences[name];
    return command ? this.#perform(command) : { output: '' };
  }

  #perform(command: string): KeyResult {
    const end = this.#characters.length;
    switch (command) {
      case control('A'):
        return this.#move(0);
      case control('E'):
        return this.#move(end);
      case control('B'):
        return this.#move(Math.max(0, this.#cursor - 1));
      case control('F'):
        return this.#move(Math.min(end, this.#cursor + 1));
      case control('P'):
        return this.#recall(this.#historyAt - 1);
      case control('N'):
        return this.#recall(this.#historyAt + 1);
      case control('D'):
      case 'delete':
        return this.#delete(this.#cursor, this.#cursor + 1);
      case control('K'):
        return this.#delete(this.#cursor, end, true);
      case control('U'):
        return this.#delete(0, this.#cursor, true);
      case control('W'):
        return this.#delete(this.#wordStart(), this.#cursor, true);
      case control('Y'):
        return this.#insert(this.#cut);
      case control('L'):
        return { output: `\x1b[H\x1b[2J${this.#redrawn(0)}` };
      default:
        return { output: '' };
    }
  }

  #wordStart(): number {
    let at = this.#cursor;
    while (at > 0 && this.#characters[at - 1] === ' ') at--;
    while (at > 0 && this.#characters[at - 1] !== ' ') at--;
    return at;
  }

  #insert(text: string): KeyResult {
    const before = this.#cursor;
    const isAtEnd = before === this.#characters.length;
    this.#characters.splice(before, 0, ...text);
    this.#cursor += [...text].length;
    return { output: isAtEnd ? text : this.#redrawn(before) };
  }

  #delete(from: number, to: number, keeps = false): KeyResult {
    const start = Math.max(0, from);
    const end = Math.min(this.#characters.length, to);
    if (start >= end) return { output: '' };
    const before = this.#cursor;
    const wasLastCharacter =
      end === this.#characters.length && before === end && this.#rowOf(end) === this.#rowOf(start);
    const removed = this.#characters.splice(start, end - start);
    if (keeps) this.#cut = removed.join('');
    if (this.#cursor > start) this.#cursor = Math.max(start, this.#cursor - removed.length);
    return { output: wasLastCharacter ? '\b \b'.repeat(removed.length) : this.#redrawn(before) };
  }

  #move(to: number): KeyResult {
    const before = this.#cursor;
    this.#cursor = to;
    if (before === to) return { output: '' };
    if (this.#rowOf(before) !== this.#rowOf(to)) return { output: this.#redrawn(before) };
    const distance = Math.abs(to - before);
    return { output: to < before ? '\b'.repeat(distance) : this.#characters.slice(before, to).join('') };
  }

  #recall(index: number): KeyResult {
    const { lines } = this.history;
    if (index < 0 || index > lines.length || index === this.#historyAt) return { output: '' };
    if (this.#historyAt === lines.length) this.#draft = this.#characters.join('');
    const before = this.#cursor;
    this.#historyAt = index;
    this.#characters = [...(lines[index] ?? this.#draft)];
    this.#cursor = this.#characters.length;
    return { output: this.#redrawn(before) };
  }

  #finish(): KeyResult {
    const text = this.#characters.join('');
    const tail = this.#characters.slice(this.#cursor).join('');
    return { output: `${this.echoes ? tail : ''}\n`, event: { kind: 'line', text } };
  }

  /** Screen row, counted from the prompt's, of a place in the line. */
  #rowOf(at: number): number {
    return this.columns > 0 ? Math.floor((this.#promptWidth() + at) / this.columns) : 0;
  }

  #promptWidth(): number {
    return [...this.prompt.slice(this.prompt.lastIndexOf('\n') + 1)].length;
  }

  /** Writes the line anew from its first row; `before` is where the cursor stands now. */
  #redrawn(before: number): string {
    const lastRowOfPrompt = this.prompt.slice(this.prompt.lastIndexOf('\n') + 1);
    const rows = this.#rowOf(before);
    const up = rows > 0 ? `\x1b[${rows}A` : '';
    const end = this.#characters.length;
    return `${up}\r\x1b[J${lastRowOfPrompt}${this.#characters.join('')}${this.#backTo(end)}`;
  }

  #backTo(end: number): string {
    const rows = this.#rowOf(end) - this.#rowOf(this.#cursor);
    if (rows === 0) return '\b'.repeat(end - this.#cursor);
    const column = (this.#promptWidth() + this.#cursor) % this.columns;
    return `\x1b[${rows}A\r${column > 0 ? `\x1b[${column}C` : ''}`;
  }
}
