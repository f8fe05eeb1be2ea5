/** less(1) and more(1): text by pages at a terminal; anywhere else they pass it on. */
import { describeFileError } from '../files/fileError';
import { openPath } from '../files/openPath';
import type { OpenFile } from '../kernel/openFile';
import type { TerminalDevice } from '../kernel/terminalDevice';
import { decodeText } from '../kernel/text';
import type { Program, Run } from '../system';
import { complain, print, readAll, readArguments } from './console';
import { hasOption } from './options';

const reverse = (text: string) => `\x1b[7m${text}\x1b[27m`;
const clearLine = '\r\x1b[K';

export const less: Program = run => page(run, false);
export const more: Program = run => page(run, true);

async function page(run: Run, isMore: boolean): Promise<number> {
  const parsed = readArguments(run.args, {
    short: 'FXRSNiInmqerdfsgGKMQ',
    long: { 'quit-if-one-screen': false, 'no-init': false, 'RAW-CONTROL-CHARS': false, 'LINE-NUMBERS': false },
  });
  const names = parsed.operands.filter(operand => !operand.startsWith('+'));
  const terminal = run.process.files.get(1)?.terminal;
  if (names.length === 0 && run.process.files.get(0)?.terminal)
    return complain(run, isMore ? 'bad usage' : 'Missing filename ("less --help" for help)');
  const text = await readInputs(run, names);
  if (text === undefined) return 1;
  if (!terminal) {
    await print(run, text);
    return 0;
  }
  const keys = await openPath(run.process, run.system.disk, '/dev/tty', 'read');
  const pager = new Pager(run, terminal, keys, text, {
    isMore,
    title: names[0],
    numbersLines: hasOption(parsed, 'N', 'LINE-NUMBERS'),
    quitsIfItFits: hasOption(parsed, 'F', 'quit-if-one-screen'),
    usesAltScreen: !isMore && !hasOption(parsed, 'X', 'no-init'),
  });
  return pager.run();
}

async function readInputs(run: Run, names: readonly string[]): Promise<string | undefined> {
  if (names.length === 0) return decodeText(await readAll(run.process, 0));
  const files = run.system.disk.as(run.process.user);
  const parts: string[] = [];
  for (const name of names) {
    try {
      parts.push(await files.readFile(files.resolvePath(run.process.workingDirectory, name)));
    } catch (error) {
      await run.process.write(2, `${name}: ${describeFileError(error)}\n`);
      return undefined;
    }
  }
  return parts.join('');
}

interface PagerStyle {
  readonly isMore: boolean;
  readonly title: string | undefined;
  readonly numbersLines: boolean;
  readonly quitsIfItFits: boolean;
  readonly usesAltScreen: boolean;
}

class Pager {
  readonly #rows: readonly string[];
  #top = 0;
  #pattern: RegExp | undefined;
  #isNew = true;

  constructor(
    private readonly owner: Run,
    private readonly terminal: TerminalDevice,
    private readonly keys: OpenFile,
    text: string,
    private readonly style: PagerStyle,
  ) {
    this.#rows = wrap(text, terminal.columns || 80, style.numbersLines);
  }

  async run(): Promise<number> {
    const { owner, style, terminal } = this;
    if (this.#rows.length <= this.#height && (style.quitsIfItFits || style.isMore)) {
      await print(owner, this.#rows.map(row => `${row}\n`).join(''));
      return 0;
    }
    const before = terminal.termios;
    terminal.setTermios({ ...before, flags: { ...before.flags, icanon: false, echo: false } });
    const restore = { dispose: () => terminal.setTermios(before) };
    owner.process.resources.add(restore);
    if (!style.isMore) owner.process.handle('SIGINT', () => undefined);
    if (style.usesAltScreen) await print(owner, '\x1b[?1049h\x1b[?1h\x1b=\r');
    try {
      await this.#converse();
    } finally {
      terminal.setTermios(before);
    }
    await print(owner, style.usesAltScreen ? `${clearLine}\x1b[?1l\x1b>\x1b[?1049l` : clearLine);
    return 0;
  }

  /** Lines of text on a screen, the last row being the prompt's. */
  get #height(): number {
    return Math.max(1, (this.terminal.rows || 24) - 1);
  }

  get #lastTop(): number {
    return Math.max(0, this.#rows.length - this.#height);
  }

  async #converse(): Promise<void> {
    await this.#show();
    for (;;) {
      const key = await this.#readKey();
      if (key === undefined || key === 'q' || key === 'Q' || (this.style.isMore && key === '\x03')) return;
      const before = this.#top;
      const isAtEnd = this.#top >= this.#lastTop;
      if (this.style.isMore && isAtEnd && (key === ' ' || key === '\r' || key === '\n')) return;
      const target = await this.#targetOf(key);
      if (target === undefined) continue;
      this.#top = Math.max(0, Math.min(this.#lastTop, target));
      if (this.#top !== before || key === '/' || key === '?') await this.#show();
      if (this.style.isMore && this.#top >= this.#lastTop) return;
    }
  }

  async #targetOf(key: string): Promise<number | undefined> {
    const steps: Readonly<Record<string, number>> = {
      ' ': this.#height,
      f: this.#height,
      '\x1b[6~': this.#height,
      b: -this.#height,
      '\x1b[5~': -this.#height,
      d: Math.ceil(this.#height / 2),
      u: -Math.ceil(this.#height / 2),
      j: 1,
      e: 1,
      '\r': 1,
      '\n': 1,
      '\x1b[B': 1,
      '\x1bOB': 1,
      k: -1,
      y: -1,
      '\x1b[A': -1,
      '\x1bOA': -1,
    };
    const step = steps[key];
    if (step !== undefined) return this.#top + step;
    if (key === 'g' || key === '<') return 0;
    if (key === 'G' || key === '>') return this.#lastTop;
    if (key === '/' || key === '?') return this.#search(key);
    if (key === 'n') return this.#find(this.#top + 1, 1);
    if (key === 'N') return this.#find(this.#top - 1, -1);
    return undefined;
  }

  async #search(mark: string): Promise<number | undefined> {
    let text = '';
    await print(this.owner, `${clearLine}${mark}`);
    for (;;) {
      const key = await this.#readKey();
      if (key === undefined || key === '\x03' || key === '\x1b') return this.#top;
      if (key === '\r' || key === '\n') break;
      text = key === '\x7f' ? text.slice(0, -1) : text + key;
      await print(this.owner, `${clearLine}${mark}${text}`);
    }
    if (text !== '') {
      try {
        this.#pattern = new RegExp(text);
      } catch {
        this.#pattern = undefined;
      }
    }
    return mark === '/' ? this.#find(this.#top + (this.#isNew ? 0 : 1), 1) : this.#find(this.#top - 1, -1);
  }

  async #find(start: number, step: 1 | -1): Promise<number | undefined> {
    for (let index = start; this.#pattern && index >= 0 && index < this.#rows.length; index += step) {
      if (this.#pattern.test(this.#rows[index] as string)) return index;
    }
    await print(this.owner, `${clearLine}${reverse('Pattern not found  (press RETURN)')}`);
    return undefined;
  }

  async #show(): Promise<void> {
    const shown = this.#rows.slice(this.#top, this.#top + this.#height);
    const marked = this.#pattern
      ? shown.map(row => row.replace(new RegExp(this.#pattern as RegExp, 'g'), found => (found ? reverse(found) : '')))
      : shown;
    const start = this.style.isMore ? clearLine : '\x1b[H\x1b[2J';
    const fill = this.style.isMore ? [] : Array.from({ length: this.#height - shown.length }, () => '~');
    await print(this.owner, `${start}${[...marked, ...fill].map(row => `${row}\n`).join('')}${this.#prompt}`);
    this.#isNew = false;
  }

  get #prompt(): string {
    const isAtEnd = this.#top >= this.#lastTop;
    if (this.style.isMore)
      return reverse(
        `--More--(${Math.floor((Math.min(this.#rows.length, this.#top + this.#height) * 100) / this.#rows.length)}%)`,
      );
    if (isAtEnd) return reverse('(END)');
    return this.#isNew && this.style.title !== undefined ? reverse(this.style.title) : ':';
  }

  /** One key, with the sequence that it may send; undefined at the end of input. */
  async #readKey(): Promise<string | undefined> {
    const first = await this.#readByte();
    if (first !== '\x1b') return first;
    let sequence = first;
    for (let next = this.keys.tryRead(1); next && next.length > 0; next = this.keys.tryRead(1)) {
      sequence += decodeText(next);
      if (/^[[O]\d*[A-Za-z~]$/.test(sequence.slice(1))) break;
    }
    return sequence;
  }

  async #readByte(): Promise<string | undefined> {
    for (;;) {
      await this.owner.process.checkpoint();
      const bytes = this.keys.tryRead(1);
      if (bytes) return bytes.length > 0 ? decodeText(bytes) : undefined;
      await this.owner.process.waitOn(this.keys.changed);
    }
  }
}

function wrap(text: string, columns: number, numbersLines: boolean): readonly string[] {
  const lines = text.replace(/\n$/, '').split('\n');
  return lines.flatMap((line, index) => {
    const plain = `${numbersLines ? `${String(index + 1).padStart(7)} ` : ''}${line.replaceAll('\t', '        ')}`;
    return plain.length <= columns ? [plain] : (plain.match(new RegExp(`.{1,${columns}}`, 'gu')) ?? []);
  });
}
