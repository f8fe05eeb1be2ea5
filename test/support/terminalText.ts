import type * as vscode from 'vscode';
import { waitUntil } from './waitUntil';

/** What a terminal of an extension prints. */
export class TerminalText {
  #text = '';

  constructor(readonly terminal: vscode.Terminal) {
    const { pty } = terminal.creationOptions as vscode.ExtensionTerminalOptions;
    pty.onDidWrite(text => {
      this.#text += text;
    });
  }

  async waitFor(form: RegExp): Promise<void> {
    await waitUntil(
      () => form.test(this.#text),
      () => `the terminal to show ${form}; it shows ${this.#text}`,
    );
  }
}
