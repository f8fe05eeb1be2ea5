import type { Locator, Page } from 'playwright-core';
import { waitUntil } from './waitUntil';

/** The terminal in front. */
export class TerminalDriver {
  readonly #terminal: Locator;

  constructor(private readonly page: Page) {
    this.#terminal = page.locator('.terminal-wrapper.active .xterm');
  }

  /** Types a line and presses Enter. */
  async run(line: string): Promise<void> {
    await this.type(line);
    await this.page.keyboard.press('Enter');
  }

  async type(text: string): Promise<void> {
    await this.#terminal.waitFor();
    await this.#terminal.click();
    await this.page.keyboard.type(text);
  }

  async waitForFocus(): Promise<void> {
    await this.#terminal.and(this.page.locator(':focus-within')).waitFor();
  }

  /** From now on notes what takes the focus from it; the answer tells what has. */
  async watchFocus(): Promise<() => Promise<readonly string[]>> {
    await this.waitForFocus();
    await this.page.evaluate(`{
      const terminal = document.activeElement.closest('.xterm');
      window.takenFocus = [];
      terminal.addEventListener('focusout', ({ relatedTarget }) => {
        if (!terminal.contains(relatedTarget)) window.takenFocus.push(relatedTarget?.className ?? 'nothing');
      });
    }`);
    return () => this.page.evaluate<string[]>('window.takenFocus');
  }

  /** The lines on its screen, without trailing blanks. */
  async text(): Promise<string> {
    const lines = await this.#terminal.locator('.xterm-rows > div').allTextContents();
    return lines
      .map(line => line.replaceAll('\u00a0', ' ').trimEnd())
      .join('\n')
      .trimEnd();
  }

  /** Waits until its screen shows this and returns what it shows then. */
  async waitFor(pattern: RegExp, timeoutMs = 60_000): Promise<string> {
    let text = '';
    const isShown = async () => {
      text = await this.text();
      return pattern.test(text);
    };
    await waitUntil(isShown, () => `the terminal to show ${pattern}; it shows:\n${text}`, timeoutMs);
    return text;
  }
}
