import * as vscode from 'vscode';
import type { ShellSession } from '../app/operations/openShell';
import { DisposableStore } from '../base/disposable';
import { errorLine } from '../words/errors';
import { sessionEndWords, sessionStatusWords } from '../words/sessions';
import { t } from '../words/translation';

const encoder = new TextEncoder();

/** A terminal over one Session Manager session. Closing the tab ends the session. */
export class ShellTerminal implements vscode.Pseudoterminal {
  readonly #write = new vscode.EventEmitter<string>();
  readonly #close = new vscode.EventEmitter<number | undefined>();
  readonly onDidWrite = this.#write.event;
  readonly onDidClose = this.#close.event;
  readonly #owned = new DisposableStore();
  readonly #abort = new AbortController();
  readonly #decoder = new TextDecoder();
  #session: ShellSession | undefined;
  #size: vscode.TerminalDimensions | undefined;
  #isOver = false;

  constructor(private readonly openSession: (signal: AbortSignal) => Promise<ShellSession>) {}

  open(size: vscode.TerminalDimensions | undefined): void {
    this.#size = size;
    this.#say(t('Connecting through Session Manager…'));
    this.openSession(this.#abort.signal).then(
      session => this.#begin(session),
      error => this.#fail(error),
    );
  }

  close(): void {
    this.#isOver = true;
    this.#abort.abort();
    this.#owned.dispose();
    this.#session?.dispose();
  }

  /** Keys; once the session is over, any key closes the terminal. */
  handleInput(text: string): void {
    if (this.#isOver) this.#close.fire(undefined);
    else this.#session?.write(encoder.encode(text));
  }

  setDimensions(size: vscode.TerminalDimensions): void {
    this.#size = size;
    this.#session?.resize(size.columns, size.rows);
  }

  #begin(session: ShellSession): void {
    if (this.#abort.signal.aborted) {
      session.dispose();
      return;
    }
    this.#session = session;
    if (this.#size) session.resize(this.#size.columns, this.#size.rows);
    this.#owned.add(session.onOutput(({ bytes }) => this.#write.fire(this.#decoder.decode(bytes, { stream: true }))));
    this.#owned.add(
      session.onStatus(status => {
        const words = sessionStatusWords(status);
        if (words) this.#say(words);
      }),
    );
    this.#owned.add(session.onClose(end => this.#end(sessionEndWords(end))));
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
