import * as vscode from 'vscode';
import { DisposableStore } from '../base/disposable';
import type { ScreenSize } from '../core/ports/secureShell';
import { errorLine } from '../words/errors';
import { t } from '../words/translation';
import type { TerminalShell } from './terminalShell';

/** How a terminal comes by its shell. */
export interface ShellWay {
  /** Said until there is a shell. */
  readonly greeting: string;
  open(size: ScreenSize, signal: AbortSignal): Promise<TerminalShell>;
}

const encoder = new TextEncoder();
/** Until VS Code has laid the terminal out. */
const usualSize: ScreenSize = { columns: 80, rows: 24 };

/** A terminal over one shell. Closing the tab ends the shell. */
export class ShellTerminal implements vscode.Pseudoterminal {
  readonly #write = new vscode.EventEmitter<string>();
  readonly #close = new vscode.EventEmitter<number | undefined>();
  readonly #input = new vscode.EventEmitter<void>();
  readonly onDidWrite = this.#write.event;
  readonly onDidClose = this.#close.event;
  /** Somebody types: the terminal has the focus. */
  readonly onDidInput = this.#input.event;
  readonly #owned = new DisposableStore();
  readonly #abort = new AbortController();
  readonly #decoder = new TextDecoder();
  #shell: TerminalShell | undefined;
  #size = usualSize;
  #isOver = false;

  constructor(private readonly way: ShellWay) {}

  open(size: vscode.TerminalDimensions | undefined): void {
    this.#size = size ?? usualSize;
    this.#say(this.way.greeting);
    this.way.open(this.#size, this.#abort.signal).then(
      shell => this.#begin(shell),
      error => this.#fail(error),
    );
  }

  close(): void {
    this.#isOver = true;
    this.#abort.abort();
    this.#owned.dispose();
    this.#shell?.dispose();
  }

  /** Keys; once the shell is over, any key closes the terminal. */
  handleInput(text: string): void {
    this.#input.fire();
    if (this.#isOver) this.#close.fire(undefined);
    else this.#shell?.write(encoder.encode(text));
  }

  setDimensions(size: vscode.TerminalDimensions): void {
    this.#size = size;
    this.#shell?.resize(size);
  }

  #begin(shell: TerminalShell): void {
    if (this.#abort.signal.aborted) {
      shell.dispose();
      return;
    }
    this.#shell = shell;
    shell.resize(this.#size);
    this.#owned.add(shell.onOutput(bytes => this.#write.fire(this.#decoder.decode(bytes, { stream: true }))));
    this.#owned.add(shell.onNotice(sentence => this.#say(sentence)));
    this.#owned.add(shell.onEnd(sentence => this.#end(sentence)));
  }

  #fail(error: unknown): void {
    if (this.#abort.signal.aborted) return;
    this.#end(errorLine(error));
  }

  #end(sentence: string): void {
    this.#isOver = true;
    this.#say(`${sentence} ${t('Press any key to close.')}`);
  }

  #say(sentence: string): void {
    this.#write.fire(`\r\n\x1b[2m${sentence}\x1b[0m\r\n`);
  }
}
