import type { SignalName } from '../kernel/signals';
import { InputQueue } from './inputQueue';
import { saneTermios, type Termios } from './termios';

const newline = 0x0a;
const carriageReturn = 0x0d;
const tab = 0x09;
const deleteKey = 0x7f;

export interface LineDisciplineHost {
  /** Echo on its way to the screen, before output processing. */
  echo(bytes: readonly number[]): void;
  /** A key that means a signal to the foreground group. */
  signal(signal: SignalName): void;
}

/**
 * Turns keys into what a program reads (termios(3), Linux N_TTY): canonical lines with erase, word erase, kill and end of file; echo;
 * signals. Output is {@link processOutput}.
 */
export class LineDiscipline {
  termios: Termios = saneTermios();
  readonly input = new InputQueue();
  #line: number[] = [];
  #takesNextLiterally = false;

  constructor(private readonly host: LineDisciplineHost) {}

  receive(bytes: Uint8Array): void {
    for (const byte of bytes) this.#receiveByte(byte);
  }

  /** Changes the settings. What was typed so far is handed over when lines are no longer assembled, and cut into lines when they are again. */
  set(termios: Termios): void {
    const wasCanonical = this.termios.flags.icanon;
    this.termios = termios;
    if (termios.flags.icanon === wasCanonical) return;
    if (wasCanonical) {
      this.input.pushRaw(Uint8Array.from(this.#line));
      this.#line = [];
      return;
    }
    for (const byte of this.input.withdrawRaw()) {
      this.#line.push(byte);
      if (byte === newline) this.#finishLine();
    }
  }

  #receiveByte(typed: number): void {
    const { flags } = this.termios;
    if (this.#takesNextLiterally) {
      this.#takesNextLiterally = false;
      this.#accept(typed);
      return;
    }
    const byte = this.#translate(typed);
    if (byte === undefined) return;
    if (flags.isig && this.#raisesSignal(byte)) return;
    if (flags.icanon) this.#edit(byte);
    else {
      this.input.pushRaw(Uint8Array.of(byte));
      if (flags.echo) this.#echoByte(byte);
    }
  }

  #translate(byte: number): number | undefined {
    const { flags } = this.termios;
    if (byte === carriageReturn) {
      if (flags.igncr) return undefined;
      return flags.icrnl ? newline : byte;
    }
    return byte === newline && flags.inlcr ? carriageReturn : byte;
  }

  #raisesSignal(byte: number): boolean {
    const { characters, flags } = this.termios;
    const signals: [number, SignalName][] = [
      [characters.intr, 'SIGINT'],
      [characters.quit, 'SIGQUIT'],
      [characters.susp, 'SIGTSTP'],
    ];
    const signal = signals.find(([character]) => character !== 0 && character === byte)?.[1];
    if (!signal) return false;
    if (!flags.noflsh) {
      this.input.clear();
      this.#line = [];
    }
    if (flags.echo) this.#echoByte(byte);
    this.host.signal(signal);
    return true;
  }

  #edit(byte: number): void {
    const { characters, flags } = this.termios;
    if (byte === newline || (byte !== 0 && (byte === characters.eol || byte === characters.eol2))) {
      this.#line.push(byte);
      if (flags.echo || (flags.echonl && byte === newline)) this.#echoByte(byte);
      this.#finishLine();
      return;
    }
    if (byte !== 0 && this.#isEditing(byte)) return;
    this.#accept(byte);
  }

  /** Keys that change the line instead of joining it. */
  #isEditing(byte: number): boolean {
    const { characters, flags } = this.termios;
    if (byte === characters.eof) this.#finishLine();
    else if (byte === characters.erase) this.#eraseLast();
    else if (byte === characters.kill) this.#eraseWhile(() => true);
    else if (flags.iexten && byte === characters.werase) this.#eraseWord();
    else if (flags.iexten && byte === characters.lnext) this.#takesNextLiterally = true;
    else return false;
    return true;
  }

  #accept(byte: number): void {
    if (!this.termios.flags.icanon) this.input.pushRaw(Uint8Array.of(byte));
    else if (this.#line.length < 4_095) this.#line.push(byte);
    if (this.termios.flags.echo) this.#echoByte(byte);
  }

  #finishLine(): void {
    this.input.pushLine(Uint8Array.from(this.#line));
    this.#line = [];
  }

  #eraseWord(): void {
    this.#eraseWhile(byte => byte === 0x20 || byte === tab);
    this.#eraseWhile(byte => byte !== 0x20 && byte !== tab);
  }

  #eraseWhile(matches: (byte: number) => boolean): void {
    while (this.#line.length > 0 && matches(this.#line[this.#line.length - 1] as number)) this.#eraseLast();
  }

  #eraseLast(): void {
    let byte = this.#line.pop();
    if (byte === undefined) return;
    while (this.termios.flags.iutf8 && byte !== undefined && (byte & 0xc0) === 0x80) byte = this.#line.pop();
    if (!this.termios.flags.echo || !this.termios.flags.echoe) return;
    const columns = byte !== undefined && isControl(byte) && this.termios.flags.echoctl ? 2 : 1;
    for (let column = 0; column < columns; column++) this.host.echo([8, 0x20, 8]);
  }

  #echoByte(byte: number): void {
    if (this.termios.flags.echoctl && isControl(byte)) this.host.echo([0x5e, byte ^ 0x40]);
    else this.host.echo([byte]);
  }
}

function isControl(byte: number): boolean {
  return (byte < 0x20 && byte !== newline && byte !== tab) || byte === deleteKey;
}

/** What the screen gets for what a program wrote. */
export function processOutput(bytes: ArrayLike<number>, termios: Termios): Uint8Array {
  if (!termios.flags.opost || !termios.flags.onlcr) return Uint8Array.from(bytes);
  const result = new Uint8Array(2 * bytes.length);
  let length = 0;
  for (let index = 0; index < bytes.length; index++) {
    const byte = bytes[index] as number;
    if (byte === newline) result[length++] = carriageReturn;
    result[length++] = byte;
  }
  return result.slice(0, length);
}
